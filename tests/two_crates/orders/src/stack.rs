use platform::{network, shared};
use webhook_infra::prelude::*;

#[stack(name = "orders", region = "eu-central-1")]
pub mod orders {
    use super::*;

    #[input(network::VpcId)]
    pub struct VpcId(pub String);

    #[resource(aws_security_group, name = "orders", description = "Orders.", vpc_id = VpcId)]
    pub struct Group;

    #[lambda(arch = "arm64", timeout = "30s", reserved = 20, log_retention = "30d",
             trigger(shared::Events, max_concurrency = 10))]
    pub struct Booking(SendMessage<shared::Events>);

    #[alarm(Booking.errors >= 1, notify = shared::Alerts)]
    pub struct BookingErrors;
}
