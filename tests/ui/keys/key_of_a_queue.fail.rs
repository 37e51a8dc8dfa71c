use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct News;

    #[sns(key = News)]
    pub struct Alerts;
}

fn main() {}
