use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_dlq_missing_alarm, sqs_missing_backlog_alarm, reason = "this is about units")]
pub mod orders {
    #[variable(default = 300)]
    pub struct Delay;

    #[sqs(delay = Delay, dlq(max_receives = 5))]
    pub struct Events;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
