use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[resource(
        aws_lambda_function,
        function_name = "orders-ingestion",
        role = "arn:aws:iam::123456789012:role/ingestion",
        filename = "ingestion.zip",
        runtime = "provided.al2023",
        handler = "bootstrap",
        architectures = ["arm64"],
        timeout = 10,
        reserved_concurrent_executions = 50
    )]
    pub struct Ingestion;
}

fn main() {}
