use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_ssm_parameter, name = "/orders/token", type = "SecureString", value_wo = "a")]
    pub struct Stored;
}

fn main() {}
