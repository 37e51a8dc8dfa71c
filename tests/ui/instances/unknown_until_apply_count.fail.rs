use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Network;

    #[resource(aws_ssm_parameter, count = length(Network.id), name = "/vpc/${count.index}", type = "String", value = "x")]
    pub struct Networks;
}

fn main() {}
