use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[resource(aws_ssm_parameter, name = "/x", type = "String", value = var.names)]
    pub struct Parameter;
}

fn main() {}
