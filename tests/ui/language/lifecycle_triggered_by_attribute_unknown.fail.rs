use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", lifecycle(replace_triggered_by = [aws_sns_topic.alerts.ann]))]
    pub struct Machine;
}

fn main() {}
