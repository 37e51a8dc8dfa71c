use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[import(id = "/one")]
    #[import(id = "/two")]
    #[resource(aws_ssm_parameter, name = "/one", type = "String", value = "x")]
    pub struct Parameter;
}

fn main() {}
