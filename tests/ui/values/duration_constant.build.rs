use webhook_infra::prelude::*;

pub const VISIBILITY: &str = "5 minutes";

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_dlq_missing_alarm, sqs_missing_backlog_alarm, reason = "this is about units")]
pub mod orders {
    #[sqs(visibility_timeout = crate::VISIBILITY, dlq(max_receives = 5))]
    pub struct Events;
}

fn main() {
    let failure = webhook_infra::build::<orders::Stack>().render().unwrap_err();
    let message = failure.to_string().replace(file!(), "src/stack.rs") + "\n";
    assert_eq!(message, include_str!("duration_constant.build.stderr"));
}
