use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    #[local("14d")]
    pub struct Long;

    #[sqs(retention = if Stage == "live" { Long } else { "1d" }, dlq(max_receives = 5))]
    pub struct Events;
}

fn main() {}
