use webhook_infra::prelude::*;

#[component]
pub mod events {
    #[sns(encrypted)]
    pub struct Topic;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[component(events, named_as = "my mail")]
    pub struct Post;
}

fn main() {}
