use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(ephemeral)]
    pub struct Token;

    #[resource(aws_ssm_parameter, name = "/orders/token", type = "SecureString", value = Token)]
    pub struct Stored;
}

fn main() {}
