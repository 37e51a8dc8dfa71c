use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[output(provider::aws::arn_parse(Alerts.arn))]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
