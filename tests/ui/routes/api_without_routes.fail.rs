use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api;
}

fn main() {}
