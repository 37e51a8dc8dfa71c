use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[import(id = "/one")]
    #[resource(aws_ssm_parameter, name = "/one", type = "String", value = "x")]
    pub struct Parameter;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
