use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[output(provider::aws::arn_prase(Alerts.arn))]
    pub struct Result;
}

fn main() {}
