use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", lifecycle(postcondition(condition = self.id != "")))]
    pub struct Machine;
}

fn main() {}
