use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(sensitive)]
    pub struct Token;

    #[resource(aws_ssm_parameter, name = "/orders/token", type = "SecureString", value_wo = var.token)]
    pub struct Stored;
}

fn main() {}
