//! The function `processing`: archives the payload of a webhook and stores its event.

use std::time::Duration;

use webhook_functions::processing::Store;
use webhook_infra::lambda::{Batching, Error, Serve as _};
use webhook_processor::stack::webhook::Processing;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let store = Store::new(Processing::connect().await?);
    let store = &store;
    // The handler itself looks at the time, and says so in the log.
    let batching = Batching {
        least_time: Duration::ZERO,
        ..Batching::default()
    };
    Processing::serve_messages(batching, |message, invocation| async move {
        store.handle(message, invocation).await.map(|_| ())
    })
    .await
}
