// whole document: a second configuration of the AWS provider, named by its struct and by its address.

#[stack(name = "global", region = "eu-central-1")]
pub mod global {
    /// CloudFront takes its certificates from here.
    #[provider(aws, alias = "virginia", region = "us-east-1", default_tags(tags = { "team" = "web" }))]
    pub struct Virginia;

    #[resource(aws_acm_certificate, provider = Virginia, domain_name = "example.com", validation_method = "DNS")]
    pub struct Certificate;

    #[data(aws_region, provider = aws.virginia)]
    pub struct There;

    #[output(There.region)]
    pub struct CertificateRegion;
}
