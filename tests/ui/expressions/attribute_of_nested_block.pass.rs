use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[data(aws_lambda_function, function_name = "x")]
    pub struct Function;

    #[output(Function.vpc_config[0].subnet_ids)]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
