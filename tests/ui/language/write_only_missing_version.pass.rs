use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(sensitive)]
    pub struct Token;

    #[resource(aws_ssm_parameter, name = "/orders/token", type = "SecureString", value_wo = var.token, value_wo_version = 1)]
    pub struct Stored;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
