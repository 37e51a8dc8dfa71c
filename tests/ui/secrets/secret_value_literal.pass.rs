use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[variable(sensitive, ephemeral)]
    pub struct StripeSigningSecret;

    #[secret(value = StripeSigningSecret)]
    pub struct StripeKey;

    /// Somebody puts it in by hand, and Terraform leaves it alone.
    #[secret]
    pub struct Partner;

    #[resource(
        aws_secretsmanager_secret_version,
        secret_id = Partner.id,
        secret_string = "put it in by hand",
        lifecycle(ignore_changes = [secret_string])
    )]
    pub struct PartnerValue;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
