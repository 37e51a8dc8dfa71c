use webhook_infra::prelude::*;

#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    #[s3(versioned, encrypted)]
    pub struct Pages;

    #[s3(versioned, encrypted)]
    pub struct Logs;

    #[cloudfront(origin = Pages, default_root = "index.html", headers = "none", log(Logs))]
    pub struct Cdn;
}

fn main() {
    let rendered = webhook_infra::build::<site::Stack>().render().unwrap();
    let [warning] = rendered.warnings.as_slice() else {
        panic!("one warning was expected: {:#?}", rendered.warnings);
    };
    assert!(warning.contains("cloudfront_missing_security_headers"), "{warning}");
    assert!(warning.contains("adds no security headers"), "{warning}");
}
