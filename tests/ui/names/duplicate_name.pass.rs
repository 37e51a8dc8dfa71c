use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(name = "orders-alerts", encrypted)]
    pub struct Alerts;

    #[sns(name = "orders-pages", encrypted)]
    pub struct Pages;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
