//! What answers to Lambda, in the types that the stack says: a function that a queue triggers gets
//! messages one by one and cannot forget which of them failed, one behind a REST API gets requests and
//! cannot forget to answer.
//!
//! ```ignore
//! #[tokio::main(flavor = "current_thread")]
//! async fn main() -> Result<(), webhook_infra::lambda::Error> {
//!     let processing = Processing::connect().await?;
//!     Processing::serve_messages(Batching::default(), |message, _| store(&processing, message)).await
//! }
//! ```

mod events;
mod invocation;
mod messages;
mod requests;

pub use events::HandlesEvents;
pub use invocation::Invocation;
pub use lambda_runtime::Error;
pub use messages::{Batching, HandlesMessages, Message};
pub use requests::{HandlesRequests, Request, Response};
