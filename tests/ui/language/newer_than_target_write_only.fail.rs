use webhook_infra::prelude::*;

#[stack(name = "orders", target(terraform = ">= 1.10"))]
pub mod orders {
    #[variable(sensitive)]
    pub struct Token;

    #[resource(aws_ssm_parameter, name = "/orders/a", type = "SecureString", value_wo = var.token, value_wo_version = 1)]
    pub struct Marker;
}

fn main() {}
