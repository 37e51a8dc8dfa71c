use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_ssm_parameter, name = "/orders/a", type = "String", value = self.name)]
    pub struct Marker;
}

fn main() {}
