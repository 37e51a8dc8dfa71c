//! Status is called by an API, and by no queue.

use webhook_infra::lambda::{Batching, Error, Serve as _};
use webhook_processor::stack::webhook::Status;

async fn serve() -> Result<(), Error> {
    Status::serve_messages(Batching::default(), |message, _| async move {
        message.read()?;
        Ok::<(), Error>(())
    })
    .await
}

fn main() {}
