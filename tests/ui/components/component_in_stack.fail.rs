use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[component]
    pub mod events {
        #[sns(encrypted)]
        pub struct Topic;
    }

    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {}
