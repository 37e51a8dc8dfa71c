use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_api_gateway_rest_api, name = "orders", body = file("orders.openapi.json"))]
    pub struct Api;

    #[resource(
        aws_api_gateway_deployment,
        rest_api_id = Api.id,
        triggers = { redeployment = sha1(jsonencode([Api.body])) },
        lifecycle(create_before_destroy)
    )]
    pub struct Deployment;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
