//! The function `ingestion`: takes a webhook in, checks who sent it, and queues it.

use webhook_functions::ingestion::Receiver;
use webhook_infra::lambda::{Error, Serve as _};
use webhook_processor::stack::webhook::Ingestion;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let receiver = Receiver::new(Ingestion::connect().await?);
    receiver.warm().await;
    Ingestion::serve_requests(|request, invocation| receiver.handle(request, invocation)).await
}
