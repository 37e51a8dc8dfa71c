use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this test is about")]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Listing;

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("/orders", auth = "aws_iam")]
        pub all: Listing,
    }

    #[resource(
        aws_api_gateway_method,
        rest_api_id = Api.id,
        resource_id = Api.root_resource_id,
        http_method = "GET",
        authorization = "AWS_IAM"
    )]
    pub struct Health;

    #[resource(
        aws_api_gateway_integration,
        rest_api_id = Api.id,
        resource_id = Api.root_resource_id,
        http_method = Health.http_method,
        type = "MOCK"
    )]
    pub struct HealthAnswer;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
