#[stack(name = "shop", region = "eu-central-1")]
pub mod shop {
    #[s3(versioned, encrypted)]
    pub struct Site;

    #[s3(versioned, encrypted)]
    pub struct Assets;

    #[s3(versioned, encrypted, expire(after = "90d"))]
    pub struct Logs;

    /// The shop's pages.
    #[cloudfront(origin = Site, default_root = "index.html", price_class = "100", log(Logs))]
    pub struct Pages;

    #[variable]
    pub struct CertificateArn;

    /// One page that finds its own way, in front of assets and another team's API.
    #[cloudfront(
        origin = Site,
        origin(Assets, path = "/assets/*", headers = "cors_and_security"),
        origin("api.example.com", path = "/api/*"),
        domain = ["shop.example.com", "www.shop.example.com"],
        certificate = CertificateArn,
        spa,
        waf = var.web_acl,
        tls = "TLSv1.3_2025",
        log(Logs, format = "parquet"),
        lifecycle(prevent_destroy),
        tags = { "team" = "web" },
    )]
    pub struct App;

    #[variable]
    pub struct WebAcl;

    #[output(App.domain_name)]
    pub struct AppDomain;
}
