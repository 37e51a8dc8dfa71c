use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = "a,b")]
    pub struct Text;

    #[resource(aws_ssm_parameter, name = "/x", type = "String", value = split(",", var.text))]
    pub struct Parameter;
}

fn main() {}
