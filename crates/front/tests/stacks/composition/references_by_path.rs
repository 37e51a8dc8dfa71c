// What other modules' structs stand for is filled in by rustc; here it is left open.
// json only: with what is open it is no JSON yet
use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "another test's matter")]
pub mod orders {
    use super::*;

    #[lambda(arch = "arm64", timeout = "30s", reserved = 20, log_retention = "30d",
             trigger(shared::Events, max_concurrency = 10))]
    pub struct Booking {
        pub ledger: Query<shared::Ledger>,
        pub archive: PutObject<shared::Archive>,
    }

    #[alarm(shared::Events.dlq.approximate_number_of_messages_visible >= 1, notify = [shared::Alerts, crate::OTHER_TOPIC])]
    pub struct Dead;

    #[resource(aws_ssm_parameter, name = "/orders/${shared::Stage}", type = "String",
               value = "${shared::Events.arn} and ${shared::Zones[0]}", depends_on = [shared::Events, shared::Events.dlq])]
    pub struct Parameter;

    #[output(shared::Limits::MAXIMUM)]
    pub struct Maximum;
}
