//! What a queue triggers says of each message whether it failed.

use webhook_infra::lambda::{Batching, Error, Serve as _};
use webhook_processor::stack::webhook::Processing;

async fn serve() -> Result<(), Error> {
    Processing::serve_messages(Batching::default(), |message, _| async move {
        println!("{message:?}");
    })
    .await
}

fn main() {}
