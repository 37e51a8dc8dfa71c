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
        reserved_concurrent_executions = 50,
        logging_config(log_format = "JSON", log_group = Logs.name)
    )]
    pub struct Ingestion;

    #[resource(aws_cloudwatch_log_group, name = "/aws/lambda/orders-ingestion", retention_in_days = 7)]
    pub struct Logs;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
