use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_ssm_parameter, count = 2, name = "/${count.index}", type = "String", value = "${count.index}")]
    pub struct Parameter;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
