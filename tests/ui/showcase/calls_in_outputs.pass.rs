use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[output(jsonencode({ "alerts" = Alerts.arn }))]
    pub struct Text;

    #[output(merge({ "a" = 1 }, { "b" = 2 })["a"])]
    pub struct Number;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
