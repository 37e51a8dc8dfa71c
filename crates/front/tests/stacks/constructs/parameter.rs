// Parameters: plain, lists, and secure ones.

#[stack(name = "orders", required_version = ">= 1.11")]
#[webhook_infra::allow(lambda_missing_error_alarm, reason = "not what this is about")]
pub mod orders {
    #[variable(sensitive, ephemeral)]
    pub struct Token(String);

    #[kms_key]
    pub struct Data;

    /// How many orders a customer may have open.
    #[parameter(value = 10)]
    pub struct Limit;

    #[parameter(name = "/orders/countries", value = ["AT", "CH", "DE"], tier = "intelligent")]
    pub struct Countries;

    #[s3(versioned, encrypted)]
    pub struct Uploads;

    #[parameter(value = [Uploads.bucket, "other"])]
    pub struct Buckets;

    /// What opens the partner's API.
    #[parameter(secure, key = Data, value = Token, value_version = 3)]
    pub struct PartnerToken;

    #[parameter(secure, value = var.token)]
    pub struct OtherToken;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Ingestion {
        pub limit: GetParameter<Limit>,
        pub token: GetParameter<PartnerToken>,
        pub write: PutParameter<PartnerToken>,
    }
}
