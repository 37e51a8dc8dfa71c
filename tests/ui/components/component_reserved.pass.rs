use webhook_infra::prelude::*;

#[component(shown)]
pub mod events {
    #[sns(encrypted, display_name = param.shown)]
    pub struct Topic;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[component(events, shown = "Mail", named_as = "mail")]
    pub struct Post;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    assert!(json.contains("orders-mail-topic"), "{json}");
}
