use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "5m")]
    pub struct Delay;

    #[sqs(delay = Delay, dlq(max_receives = 5))]
    pub struct Events;
}

fn main() {}
