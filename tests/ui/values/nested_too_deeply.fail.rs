use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(
        encrypted,
        display_name = ((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((((1))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))))
    )]
    pub struct Alerts;
}

fn main() {}
