use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[resource(aws_cognito_user_pool, name = "x", password_policy(minimum_length = 12))]
    pub struct Pool;

    #[output(Pool.password_policy[0].minimum_length)]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
