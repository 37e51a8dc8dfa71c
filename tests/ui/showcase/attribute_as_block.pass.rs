use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(
        aws_security_group,
        name = "orders",
        ingress(from_port = 6379, to_port = 6379, protocol = "tcp", cidr_blocks = ["10.0.0.0/8"])
    )]
    pub struct Cache;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
