//! A queue takes messages of the type that the stack says.

use webhook_processor::stack::webhook::Ingestion;

async fn send(ingestion: &Ingestion) {
    let _ = ingestion.events.send("{}").await;
}

fn main() {}
