//! The role of `status` reads the table, and does not write it.

use webhook_infra::client::Error;
use webhook_processor::stack::webhook::{Status, Transactions};

async fn forge(status: &Status, item: &Transactions) -> Result<(), Error> {
    status.transactions.put(item).await
}

fn main() {}
