// An HTTP API with every kind of authorization, CORS, limits and an alarm.

#[stack(name = "shop-${var.stage}", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this is about"
)]
pub mod shop {
    #[variable(default = "live")]
    pub struct Stage;

    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Reader;

    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Writer;

    #[lambda(arch = "arm64", timeout = "3s", log_retention = "7d")]
    pub struct Checker;

    /// What the shop's pages call.
    #[http_api(
        cors(
            origins = ["https://shop.example"],
            methods = ["GET", "POST"],
            headers = ["authorization", "content-type"],
            expose = ["x-request-id"],
            max_age = "1h",
            credentials
        ),
        throttle(rate = 1000, burst = 2000),
        access_log(retention = "7d"),
        metrics,
        authorizer(jwt, issuer = "https://login.example/", audience = ["shop"]),
        authorizer(lambda, function = Checker, ttl = "5m")
    )]
    pub struct Api {
        #[get("/items/{id}", auth = "jwt", scopes = ["items/read"])]
        #[get("/items", auth = "none")]
        pub read: Reader,
        #[post("/items", auth = "lambda")]
        pub write: Writer,
        #[any("/admin/{proxy+}", auth = "aws_iam")]
        pub admin: Writer,
        #[default_route(auth = "none")]
        pub rest: Reader,
    }

    #[alarm(Api.server_errors >= 1, period = "1m", notify = Alerts)]
    pub struct ApiErrors;

    #[alarm(Api.latency > 2000, period = "5m", notify = Alerts)]
    pub struct ApiSlow;

    #[output(Api.url)]
    pub struct Url;
}
