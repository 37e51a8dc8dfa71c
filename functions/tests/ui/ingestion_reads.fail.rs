//! Ingestion archives what is too large for a message; it never reads the archive.

use webhook_processor::stack::webhook::Ingestion;

async fn peek(ingestion: &Ingestion) {
    let _ = ingestion.payloads.get("raw/a").await;
}

fn main() {}
