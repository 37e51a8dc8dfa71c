use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Network;

    #[resource(aws_ssm_parameter, name = "/vpc", type = "String", value = "x", depends_on = [Network.id])]
    pub struct Parameter;
}

fn main() {}
