use webhook_infra::prelude::*;

#[stack(name = "network", backend(s3, bucket = "states", key = "network", region = "eu-central-1"))]
pub mod network {
    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Vpc;

    #[output(Vpc.id)]
    pub struct VpcId(pub String);
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[input(network::VpcId, workspace = terraform.workspace)]
    pub struct VpcId(pub String);

    #[resource(aws_security_group, name = "orders", description = "Orders.", vpc_id = VpcId)]
    pub struct Group;
}

fn main() {
    webhook_infra::build::<network::Stack>().render().unwrap();
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
