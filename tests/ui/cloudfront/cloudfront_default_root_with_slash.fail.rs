use webhook_infra::prelude::*;

#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    #[s3(versioned, encrypted)]
    pub struct Pages;

    #[s3(versioned, encrypted)]
    pub struct Logs;

    #[cloudfront(origin = Pages, default_root = "/index.html", log(Logs))]
    pub struct Cdn;
}

fn main() {}
