// `key = …` takes a key from wherever it comes: a raw resource, an alias, a variable, an ARN.

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm, sqs_missing_dlq, kms_service_not_allowed, lambda_missing_error_alarm,
    reason = "not what this is about"
)]
pub mod orders {
    #[variable(default = "arn:aws:kms:eu-central-1:111122223333:key/0987dcba-09fe-87dc-65ba-ab0987654321")]
    pub struct KeyArn;

    #[resource(aws_kms_key, enable_key_rotation)]
    pub struct Vault;

    #[data(aws_kms_alias, name = "alias/shared")]
    pub struct Shared;

    #[sqs(visibility_timeout = "1m", key = Vault)]
    pub struct Jobs;

    #[sqs(visibility_timeout = "1m", key = Shared)]
    pub struct Mails;

    #[sqs(visibility_timeout = "1m", key = KeyArn)]
    pub struct Prints;

    #[s3(versioned, key = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab")]
    pub struct Uploads;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Work {
        pub jobs: SendMessage<Jobs>,
        pub mails: SendMessage<Mails>,
        pub prints: ReceiveMessage<Prints>,
    }
}
