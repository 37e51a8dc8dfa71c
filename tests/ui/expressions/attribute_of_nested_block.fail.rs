use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[data(aws_lambda_function, function_name = "x")]
    pub struct Function;

    #[output(Function.vpc_config[0].subnt_ids)]
    pub struct Result;
}

fn main() {}
