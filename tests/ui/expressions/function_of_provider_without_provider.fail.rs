use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[output(arn_parse(Alerts.arn))]
    pub struct Result;
}

fn main() {}
