use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[ephemeral(aws_secretsmanager_random_password)]
    pub struct Password;

    #[output(Password.random_password)]
    pub struct ThePassword;
}

fn main() {}
