//! What answers to Lambda, in the types that the stack says: a function that a queue or a stream triggers gets
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

mod batch;
mod changes;
mod invocation;
mod messages;
mod notifications;
#[cfg(test)]
mod numbers;
mod objects;
mod records;
mod requests;
mod serve;

pub use changes::{Change, ChangeKind};
pub use invocation::Invocation;
pub use lambda_runtime::Error;
pub use messages::{Batching, Message};
pub use notifications::Notification;
pub use objects::ObjectEvent;
pub use records::Record;
pub use requests::{Request, Response};
pub use serve::{
    HandlesChanges, HandlesEvents, HandlesMessages, HandlesNotifications, HandlesObjects,
    HandlesRecords, HandlesRequests, Serve, Serving,
};

/// What a call of a service failed with is what the function failed with: `SendMessage: …`, of the type of its kind.
impl From<crate::client::Error> for lambda_runtime::Diagnostic {
    fn from(error: crate::client::Error) -> Self {
        Self {
            error_type: format!("{:?}", error.kind()),
            error_message: error.to_string(),
        }
    }
}
