use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[state_machine(
        definition = {
            "StartAt" = "Tell",
            "States" = {
                "Tell" = {
                    "Type" = "Task",
                    "Resource" = "arn:aws:states:::sns:publish",
                    "Parameters" = { "TopicArn" = Alerts.arn, "Message.$" = "$" },
                    "End" = true,
                },
            },
        },
        log(retention = "7d")
    )]
    pub struct Checkout {
        pub alerts: (Alerts, u32),
    }
}

fn main() {}
