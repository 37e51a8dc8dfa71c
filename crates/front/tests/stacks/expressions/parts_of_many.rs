//! An index stands behind the struct, also where a helper of it is meant.
use webhook_infra::prelude::*;

#[stack(name = "parts")]
pub mod parts {
    use super::*;

    #[sqs(visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Events;

    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, period = "1m", notify = "arn:aws:sns:eu-central-1:123456789012:alerts")]
    pub struct Dead;

    #[alarm(Events.approximate_age_of_oldest_message >= 600, period = "1m", notify = "arn:aws:sns:eu-central-1:123456789012:alerts")]
    pub struct Old;

    #[output(Events[*].dlq.arn)]
    pub struct Failed;

    #[output(Events[*].url)]
    pub struct Urls;
}
