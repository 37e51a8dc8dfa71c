//! CloudFront, Route 53 and ACM: a site in a bucket that nobody else can read.

use webhook_infra::prelude::*;

/// A static site with a domain of its own.
#[stack(name = "site", region = "eu-central-1", tags(service = "site"))]
pub mod static_site {
    use super::*;

    /// The zone of the domain, which exists already: `example.com`.
    #[variable]
    pub struct Zone;

    /// The name of the site: `www.example.com`.
    #[variable]
    pub struct Domain;

    /// CloudFront takes certificates from here, wherever the site is.
    #[provider(aws, alias = "virginia", region = "us-east-1")]
    pub struct Virginia;

    #[data(aws_route53_zone, name = var.zone)]
    pub struct HostedZone;

    #[resource(
        aws_acm_certificate,
        provider = Virginia,
        domain_name = var.domain,
        validation_method = "DNS",
        lifecycle(create_before_destroy)
    )]
    pub struct Certificate;

    /// Shows ACM that the domain is ours.
    #[resource(
        aws_route53_record,
        zone_id = HostedZone.zone_id,
        name = one(Certificate.domain_validation_options).resource_record_name,
        type = one(Certificate.domain_validation_options).resource_record_type,
        records = [one(Certificate.domain_validation_options).resource_record_value],
        ttl = 300,
        allow_overwrite
    )]
    pub struct Proof;

    #[resource(
        aws_acm_certificate_validation, provider = Virginia,
        certificate_arn = Certificate.arn, validation_record_fqdns = [Proof.fqdn]
    )]
    pub struct Validation;

    /// The pages.
    #[s3(versioned, encrypted = "AES256", expire_versions(after = "30d"))]
    pub struct Pages;

    /// The site, close to whoever reads it.
    #[cloudfront(
        origin = Pages,
        domain = var.domain,
        certificate = Validation.certificate_arn,
        default_root = "index.html",
        price_class = "100"
    )]
    pub struct Site;

    /// Both generations of the internet protocol.
    #[resource(
        aws_route53_record,
        for_each = toset(["A", "AAAA"]),
        zone_id = HostedZone.zone_id,
        name = var.domain,
        type = each.key,
        alias(name = Site.domain_name, zone_id = Site.hosted_zone_id, evaluate_target_health = false)
    )]
    pub struct Address;

    /// Where to upload the pages to.
    #[output(Pages.bucket)]
    pub struct UploadTo;
}
