use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output(Alerts.arn)]
    pub struct AlertsArn;
}

#[stack(name = "billing", region = "eu-central-1")]
mod billing {
    /// Of the other stack; it is handed over at `terraform apply`.
    #[variable]
    pub struct AlertsArn;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Invoices {
        #[hash_key]
        pub id: String,
    }

    #[alarm(Invoices.system_errors > 0, period = "1m", notify = AlertsArn)]
    pub struct InvoicesErrors;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
    webhook_infra::build::<billing::Stack>().render().unwrap();
}
