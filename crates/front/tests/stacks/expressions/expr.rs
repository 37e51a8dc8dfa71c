//! `expr!`: Terraform's own text. What can be understood becomes a value; the rest is passed on.
use webhook_infra::prelude::*;

#[stack(name = "raw")]
pub mod raw {
    use super::*;

    #[variable(default = true)]
    pub struct Loud;

    #[sqs(visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Events;

    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, period = "1m", notify = "arn:aws:sns:eu-central-1:123456789012:alerts")]
    pub struct Dead;

    #[alarm(Events.approximate_age_of_oldest_message >= 600, period = "1m", notify = "arn:aws:sns:eu-central-1:123456789012:alerts")]
    pub struct Old;

    #[output(expr!("var.loud ? upper(aws_sqs_queue.events.name) : aws_sqs_queue.events.name"))]
    pub struct Understood;

    #[output(expr!("\"%{ if var.loud }LOUD%{ else }quiet%{ endif } ${aws_sqs_queue.events.name}\""))]
    pub struct PassedOn;
}
