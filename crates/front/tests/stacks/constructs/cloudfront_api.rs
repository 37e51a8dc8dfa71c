#[stack(name = "shop", region = "eu-central-1")]
pub mod shop {
    #[sns(encrypted)]
    pub struct Alerts;

    #[s3(versioned, encrypted)]
    pub struct Site;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Orders;

    #[alarm(Orders.errors >= 1, notify = Alerts)]
    pub struct OrdersErrors;

    #[http_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[get("/api/orders", auth = "aws_iam")]
        pub orders: Orders,
    }

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Old {
        #[get("/old/orders", auth = "aws_iam")]
        pub orders: Orders,
    }

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", url(auth = "aws_iam"))]
    pub struct Search;

    #[alarm(Search.errors >= 1, notify = Alerts)]
    pub struct SearchErrors;

    #[cloudfront(
        origin = Site,
        origin(Api, path = "/api/*"),
        origin(Old, path = "/old/*", headers = "none"),
        origin(Search, path = "/search/*"),
        default_root = "index.html",
    )]
    pub struct Cdn;

    #[s3(versioned, encrypted)]
    pub struct Regional;

    /// One distribution for each country.
    #[cloudfront(for_each = toset(["de", "fr"]), origin = Regional, default_root = "index.html")]
    pub struct Country;
}
