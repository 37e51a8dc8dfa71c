use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_api_gateway_rest_api, name = "orders", body = file("orders.openapi.json"))]
    pub struct Api;

    #[resource(
        aws_api_gateway_deployment,
        rest_api_id = Api.id,
        lifecycle(create_before_destroy)
    )]
    pub struct Deployment;
}

fn main() {}
