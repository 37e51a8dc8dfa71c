//! The function `status`: answers what became of a transaction.

use webhook_functions::status::Reader;
use webhook_infra::lambda::{Error, Serve as _};
use webhook_processor::stack::webhook::Status;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let reader = Reader::new(Status::connect().await?);
    Status::serve_requests(|request, invocation| reader.handle(request, invocation)).await
}
