use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(aws_api_gateway_rest_api, name = "orders")]
    pub struct Api;

    #[resource(
        aws_api_gateway_resource,
        rest_api_id = Api.id,
        parent_id = Api.root_resource_id,
        path_part = "orders"
    )]
    pub struct Orders;

    #[resource(
        aws_api_gateway_method,
        rest_api_id = Api.id,
        resource_id = Orders.id,
        http_method = "GET",
        authorization = "AWS_IAM"
    )]
    pub struct GetOrders;

    #[resource(
        aws_api_gateway_integration,
        rest_api_id = Api.id,
        resource_id = Orders.id,
        http_method = GetOrders.http_method,
        type = "HTTP_PROXY",
        integration_http_method = "GET",
        uri = "https://orders.example.com/",
        timeout_milliseconds = 60000
    )]
    pub struct ToOrders;
}

fn main() {}
