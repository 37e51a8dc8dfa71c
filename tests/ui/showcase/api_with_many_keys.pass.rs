use webhook_infra::prelude::*;

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    reason = "not what this test is about"
)]
pub mod orders {
    #[lambda(arch = "arm64", timeout = "10s", log_retention = "7d")]
    pub struct Orders;

    /// A line of an order.
    pub struct Line {
        pub article: String,
        pub count: u32,
        pub discounts: Vec<f64>,
    }

    /// What a customer sends.
    #[serde(rename_all = "camelCase")]
    pub struct NewOrder {
        /// Who orders.
        pub customer_id: String,
        pub lines: Vec<Line>,
        pub labels: std::collections::BTreeMap<String, String>,
        #[serde(rename = "voucher-code")]
        pub voucher: Option<String>,
        pub is_gift: bool,
        pub extra: Option<Json>,
    }

    use webhook_infra::Json;

    #[rest_api(
        name = "orders",
        stage = "v1",
        endpoint = "regional",
        throttle(rate = 0.5, burst = 5),
        access_log(retention = "1w", format = { "id" = "$context.requestId", "ip" = "$context.identity.sourceIp" }),
        metrics,
        tracing,
        account_role = false,
        binary_media_types = ["image/png"],
        minimum_compression_size = 1024
    )]
    pub struct Api {
        #[get("/orders", auth = "aws_iam", api_key)]
        pub list: Orders,
        #[post("/orders", auth = "aws_iam", validate(body = NewOrder))]
        pub create: Orders,
        #[get("/orders/{orderId}", auth = "aws_iam", validate(params))]
        #[delete("/orders/{orderId}", auth = "aws_iam", validate(params))]
        pub one: Orders,
        #[put("/orders/{orderId}/lines/{lineId}", auth = "aws_iam", validate(params, body = Line))]
        pub line: Orders,
    }

    #[output(Api.url)]
    pub struct Url;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
