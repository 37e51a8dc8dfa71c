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
    #[moved(from = aws_sns_topic.mail_topic)]
    pub struct Post;
}

fn main() {}
