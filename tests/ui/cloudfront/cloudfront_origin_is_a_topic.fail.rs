use webhook_infra::prelude::*;

#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    #[sns(encrypted)]
    pub struct Alerts;

    #[s3(versioned, encrypted)]
    pub struct Pages;

    #[s3(versioned, encrypted)]
    pub struct Logs;

    #[cloudfront(origin = Alerts, default_root = "index.html", log(Logs))]
    pub struct Cdn;
}

fn main() {}
