//! Processing is called by a queue, and by no API.

use webhook_infra::lambda::{Error, Response, Serve as _};
use webhook_processor::stack::webhook::Processing;

async fn serve() -> Result<(), Error> {
    Processing::serve_requests(|_, _| async { Response::new(200, "text/plain", "") }).await
}

fn main() {}
