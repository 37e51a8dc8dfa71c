#[stack(name = "site", region = "eu-central-1")]
pub mod site {
    /// The hosted zone of example.com, which is there already.
    #[data(aws_route53_zone, name = "example.com")]
    pub struct Zone;

    /// CloudFront takes certificates of this region only.
    #[resource(
        aws_acm_certificate,
        domain_name = "www.example.com",
        validation_method = "DNS",
        region = "us-east-1",
        lifecycle(create_before_destroy)
    )]
    pub struct Certificate;

    /// Proves to ACM that the domain is ours.
    #[resource(
        aws_route53_record,
        zone_id = Zone.zone_id,
        name = tolist(Certificate.domain_validation_options)[0].resource_record_name,
        type = tolist(Certificate.domain_validation_options)[0].resource_record_type,
        records = [tolist(Certificate.domain_validation_options)[0].resource_record_value],
        ttl = 300,
        allow_overwrite = true
    )]
    pub struct Proof;

    /// Waits until ACM has seen the proof.
    #[resource(
        aws_acm_certificate_validation,
        certificate_arn = Certificate.arn,
        validation_record_fqdns = [Proof.fqdn],
        region = "us-east-1"
    )]
    pub struct Validated;

    #[s3(versioned, encrypted)]
    pub struct Pages;

    #[s3(versioned, encrypted, expire(after = "90d"))]
    pub struct Logs;

    #[cloudfront(
        origin = Pages,
        domain = "www.example.com",
        certificate = Validated.certificate_arn,
        spa,
        log(Logs)
    )]
    pub struct Cdn;

    #[resource(
        aws_route53_record,
        zone_id = Zone.zone_id,
        name = "www.example.com",
        type = "A",
        alias(name = Cdn.domain_name, zone_id = Cdn.hosted_zone_id, evaluate_target_health = false)
    )]
    pub struct Address;

    #[resource(
        aws_route53_record,
        zone_id = Zone.zone_id,
        name = "www.example.com",
        type = "AAAA",
        alias(name = Cdn.domain_name, zone_id = Cdn.hosted_zone_id, evaluate_target_health = false)
    )]
    pub struct AddressV6;
}
