use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    #[moved(from = Notices)]
    pub struct Alerts;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
