use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {

    #[variable(default = ["a"])]
    pub struct Names;

    #[resource(aws_security_group, dynamic(ingress, for_each = Names, content(from_port = 1)))]
    pub struct Inner;
}

fn main() {}
