use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted, colour = "red")]
    pub struct Alerts;

    #[output(Alert.arn)]
    pub struct AlertsArn;
}

#[stack(name = "billing", regoin = "eu-central-1")]
pub mod billing {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        pub id: String,
    }
}

fn main() {}
