use webhook_infra::prelude::*;

#[stack(name = "shop")]
pub mod shop {
    #[resource(aws_vpc, cidr_block = "10.0.0.0/16")]
    pub struct Network;

    #[resource(
        aws_security_group,
        name = "bastion",
        vpc_id = Network.id,
        ingress(
            protocol = "tcp",
            from_port = 22,
            to_port = 22,
            cidr_blocks = ["0.0.0.0/0"],
            description = "SSH"
        )
    )]
    pub struct Bastion;
}

fn main() {}
