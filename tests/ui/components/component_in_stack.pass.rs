use webhook_infra::prelude::*;

#[component]
pub mod events {
    #[sns(encrypted)]
    pub struct Topic;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[component(events)]
    pub struct Placed;

    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
