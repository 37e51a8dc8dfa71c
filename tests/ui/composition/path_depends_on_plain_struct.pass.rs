use webhook_infra::prelude::*;

#[stack(name = "shared")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "another test's matter")]
pub mod shared {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
    pub struct Events;
}

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "another test's matter")]
pub mod orders {
    use super::*;

    #[resource(aws_ssm_parameter, name = "/orders/on", type = "String", value = "yes", depends_on = [shared::Events, shared::Events.dlq])]
    pub struct On;
}

fn main() {
    let rendered = webhook_infra::build::<orders::Stack>().include::<shared::Stack>().render().unwrap();
    assert!(rendered.json.contains("\"aws_sqs_queue.events\","), "{}", rendered.json);
    assert!(rendered.json.contains("\"aws_sqs_queue.events_dlq\""), "{}", rendered.json);
}
