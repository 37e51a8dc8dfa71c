// Secrets: one that is put in by hand, one handed on from a variable, and one that a function rotates.

#[stack(name = "orders-${var.stage}", required_version = ">= 1.11")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this is about")]
pub mod orders {
    #[variable(default = "test")]
    pub struct Stage;

    /// What Stripe signs its webhooks with.
    #[variable(sensitive, ephemeral, nullable = false)]
    pub struct StripeSigningSecret(String);

    #[kms_key]
    pub struct Data;

    /// Somebody puts it in by hand.
    #[secret]
    pub struct Partner;

    /// Signs the webhooks of Stripe.
    #[secret(name = "stripe/signing-secret", recovery = "7d", key = Data, value = StripeSigningSecret, value_version = 2)]
    pub struct StripeKey;

    /// The user of the database, whose password the function changes.
    #[secret(
        key = Data,
        rotation(function = Rotator, every = "30d", window = "3h", immediately = false),
        replica(region = "eu-west-1"),
    )]
    pub struct Database;

    #[secret(rotation(function = Rotator, schedule = "cron(0 8 1 * ? *)"))]
    pub struct Cache;

    #[secret(value = { "user" = "orders", "password" = StripeSigningSecret })]
    pub struct Pair;

    #[lambda(arch = "arm64", timeout = "30s", reserved = 1, log_retention = "7d")]
    pub struct Rotator {
        pub database: RotateSecret<Database>,
        pub cache: RotateSecret<Cache>,
    }

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Ingestion {
        pub stripe: GetSecretValue<StripeKey>,
        pub partner: GetSecretValue<Partner>,
        pub put: PutSecretValue<StripeKey>,
    }
}
