use webhook_infra::prelude::*;

#[component(named_as)]
pub mod events {
    #[sns(encrypted, display_name = param.named_as)]
    pub struct Topic;
}

fn main() {}
