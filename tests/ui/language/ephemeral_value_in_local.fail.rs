use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[ephemeral(aws_secretsmanager_random_password)]
    pub struct Password;

    #[local("orders:${Password.random_password}")]
    pub struct Login;

    #[resource(aws_sqs_queue_policy, queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs", policy = Login)]
    pub struct Policy;
}

fn main() {}
