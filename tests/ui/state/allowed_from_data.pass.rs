//! What the whole stack allows, it allows in what build.rs adds to it, too.

use webhook_infra::Resource;
use webhook_infra::prelude::*;

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(sqs_missing_tls_policy, sqs_missing_dlq, sqs_missing_backlog_alarm, reason = "a test")]
pub mod shop {
    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {
    let queues = ["one", "two"].map(|name| {
        Resource::new("aws_sqs_queue", name)
            .set("name", format!("shop-{name}"))
            .set("sqs_managed_sse_enabled", true)
    });
    webhook_infra::build::<shop::Stack>().extend(queues).render().unwrap();
}
