use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[resource(aws_ssm_parameter, for_each = var.names, name = "/${each.key}", type = "String", value = "x")]
    pub struct Parameter;
}

fn main() {}
