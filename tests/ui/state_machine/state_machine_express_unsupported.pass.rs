use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[state_machine(
        type = "STANDARD",
        definition = {
            "StartAt" = "Tell",
            "States" = {
                "Tell" = {
                    "Type" = "Task",
                    "Resource" = "arn:aws:states:::sns:publish.waitForTaskToken",
                    "Parameters" = { "TopicArn" = Alerts.arn, "Message.$" = "$" },
                    "End" = true,
                },
            },
        },
        log(retention = "7d")
    )]
    pub struct Checkout {
        pub alerts: Publish<Alerts>,
    }
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
