use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[resource(aws_instance, ami = "ami-12345678", instance_type = "t4g.small", provisioner(local_exec, command = "say ${Alerts.arn}", when = destroy))]
    pub struct Machine;
}

fn main() {}
