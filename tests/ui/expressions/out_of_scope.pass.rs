use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_ssm_parameter, for_each = toset(["x"]), name = "/${each.key}", type = "String", value = each.key)]
    pub struct Parameter;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
