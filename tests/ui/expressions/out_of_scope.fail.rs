use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_ssm_parameter, name = "/x", type = "String", value = each.key)]
    pub struct Parameter;
}

fn main() {}
