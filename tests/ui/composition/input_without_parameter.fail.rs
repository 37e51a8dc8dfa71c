use webhook_infra::prelude::*;

#[stack(name = "network")]
pub mod network {
    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Vpc;

    #[output(Vpc.id)]
    pub struct VpcId(pub String);
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[input(network::VpcId, via = "parameter")]
    pub struct VpcId(pub String);
}

fn main() {}
