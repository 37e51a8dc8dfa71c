use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", timeouts(create = 30))]
    pub struct Machine;
}

fn main() {}
