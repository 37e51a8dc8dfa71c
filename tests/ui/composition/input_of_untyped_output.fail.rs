use webhook_infra::prelude::*;

#[stack(name = "network", backend(s3, bucket = "states", key = "network", region = "eu-central-1"))]
pub mod network {
    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Vpc;

    #[output(Vpc.id)]
    pub struct VpcId;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[input(network::VpcId)]
    pub struct VpcId(pub String);
}

fn main() {}
