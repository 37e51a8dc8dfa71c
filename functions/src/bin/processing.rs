//! The function `processing`: archives the payload of a webhook and stores its event.

use webhook_functions::processing::Store;
use webhook_infra::lambda::{Batching, Error, HandlesMessages as _};
use webhook_processor::stack::webhook::Processing;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let store = Store::new(Processing::connect().await?);
    let store = &store;
    Processing::serve_messages(Batching::default(), |message, invocation| async move {
        store.handle(message, invocation).await.map(|_| ())
    })
    .await
}
