//! What all services of the company share.

use webhook_infra::prelude::*;

/// The queue and topic that services use. Included in the document of each that does.
#[stack(name = "shared")]
pub mod shared {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
    pub struct Events;

    #[alarm(Events.approximate_age_of_oldest_message >= 300, notify = Alerts)]
    pub struct EventsAge;

    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct EventsDead;
}

/// The network, deployed by itself.
#[stack(
    name = "network",
    region = "eu-central-1",
    backend(s3, bucket = "states", key = "network", region = "eu-central-1")
)]
pub mod network {
    use super::*;

    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Vpc;

    #[output(Vpc.id)]
    pub struct VpcId(pub String);
}
