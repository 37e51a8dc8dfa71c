use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = "a")]
    pub struct Stage;

    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", lifecycle(replace_triggered_by = [Stage]))]
    pub struct Machine;
}

fn main() {}
