use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[ephemeral(aws_secretsmanager_random_pasword)]
    pub struct Password;
}

fn main() {}
