use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[ephemeral(aws_secretsmanager_random_password)]
    pub struct Password;

    #[resource(aws_ssm_parameter, name = "/orders/token", type = "SecureString", value_wo = Password.random_pasword, value_wo_version = 1)]
    pub struct Stored;
}

fn main() {}
