use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[sqs(delay = if Stage == "live" { "5 minutes" } else { "1m" }, dlq(max_receives = 5))]
    pub struct Events;
}

fn main() {}
