//! Processing has no permission on the queue that triggers it.

use webhook_processor::stack::webhook::{Processing, WebhookEvent};

async fn requeue(processing: &Processing, event: &WebhookEvent) {
    let _ = processing.events.send(event).await;
}

fn main() {}
