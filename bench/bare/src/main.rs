//! A function that puts the body of a request into a queue, and nothing else: no provider, no signature, no secret,
//! no archive, no log. What ingestion costs more than this is the cost of what it does.

use webhook_infra::lambda::{Error, Request, Response, Serve as _};
use webhook_infra::prelude::*;

/// The function's stack.
#[stack(name = "bare", region = "us-east-1")]
pub mod stack {
    use super::*;

    /// Who is told when something fails.
    #[sns(encrypted)]
    pub struct Alerts;

    /// The bodies.
    #[sqs(visibility_timeout = "2m", dlq(max_receives = 3))]
    pub struct Events;

    /// The function.
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Bare {
        /// Where the bodies go.
        pub events: SendMessage<Events>,
    }

    /// The function fails.
    #[alarm(Bare.errors >= 1, notify = Alerts)]
    pub struct BareErrors;
    /// Nobody takes the bodies.
    #[alarm(Events.approximate_age_of_oldest_message > 300, notify = Alerts)]
    pub struct OldEvents;
    /// Nobody can take them.
    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct FailedEvents;
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let clients = stack::Bare::connect().await?;
    let clients = &clients;
    stack::Bare::serve_events(|request: Request, _| async move {
        let body = request.body.unwrap_or_default();
        clients.events.send(&body).await?;
        Ok::<_, webhook_infra::client::Error>(Response::new(202, "application/json", "{}"))
    })
    .await
}
