use webhook_infra::prelude::*;

#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50, log_retention = "7d", url(auth = "aws_iam"))]
    pub struct Search;

    #[alarm(Search.errors >= 1, notify = Alerts)]
    pub struct SearchErrors;

    #[s3(versioned, encrypted)]
    pub struct Pages;

    #[s3(versioned, encrypted)]
    pub struct Logs;

    #[cloudfront(origin = Pages, origin(Search, path = "/search"), default_root = "index.html", log(Logs))]
    pub struct Cdn;
}

fn main() {
    webhook_infra::build::<site::Stack>().render().unwrap();
}
