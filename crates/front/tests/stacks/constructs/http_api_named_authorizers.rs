// Several authorizers of a kind, and a stage with a name.

#[stack(name = "shop")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this is about"
)]
pub mod shop {
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Orders;

    #[resource(aws_cognito_user_pool, name = "staff")]
    pub struct StaffPool;

    #[resource(aws_cognito_user_pool_client, name = "desk", user_pool_id = StaffPool.id)]
    pub struct Desk;

    #[http_api(
        stage = "v1",
        disable_execute_api_endpoint,
        throttle(rate = 100, burst = 200),
        access_log(retention = "30d", format = { "id" = "$context.requestId", "status" = "$context.status" }),
        authorizer(jwt, name = "customers", issuer = "https://login.example/", audience = ["shop"]),
        authorizer(jwt, name = "staff", issuer = "https://${StaffPool.endpoint}", audience = [Desk.id])
    )]
    pub struct Api {
        #[get("/orders", auth = "customers")]
        #[delete("/orders/{id}", auth = "staff")]
        pub orders: Orders,
    }
}
