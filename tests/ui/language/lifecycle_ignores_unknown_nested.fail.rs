use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", root_block_device(encrypted = true), lifecycle(ignore_changes = [root_block_device[0].size]))]
    pub struct Machine;
}

fn main() {}
