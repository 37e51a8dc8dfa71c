use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = true)]
    pub struct Keep;

    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", lifecycle(prevent_destroy = Keep))]
    pub struct Machine;
}

fn main() {}
