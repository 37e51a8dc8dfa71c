//! A capability of a service whose feature is not turned on has no client.

use webhook_infra::prelude::*;

#[stack(name = "news", region = "eu-central-1")]
pub mod news {
    use super::*;

    /// Who wants to know.
    #[sns(encrypted)]
    pub struct News;

    /// Tells them.
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Tell {
        pub news: Publish<News>,
    }

    #[alarm(Tell.errors >= 1, notify = News)]
    pub struct TellErrors;
}

fn main() {
    let _ = news::Tell::connect();
}
