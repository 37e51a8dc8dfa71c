// Customer keys: what a role, a key's policy and a queue's policy need of them.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm, sqs_dlq_missing_alarm, sqs_missing_backlog_alarm,
    reason = "not what this test is about"
)]
pub mod shop {
    #[data(aws_caller_identity)]
    pub struct Caller;

    #[data(
        aws_iam_policy_document,
        statement(
            actions = ["kms:*"], resources = ["*"],
            principals(type = "AWS", identifiers = ["arn:aws:iam::${Caller.account_id}:root"]),
        ),
        statement(
            actions = ["kms:Decrypt", "kms:GenerateDataKey"], resources = ["*"],
            principals(type = "Service", identifiers = ["sns.amazonaws.com", "s3.amazonaws.com"]),
            condition(test = "StringEquals", variable = "aws:SourceAccount", values = [Caller.account_id]),
        ),
    )]
    pub struct KeyPolicy;

    #[resource(aws_kms_key, description = "Encrypts the shop's data.", enable_key_rotation = true, policy = KeyPolicy.json)]
    pub struct ShopKey;

    #[sns(encrypted)]
    pub struct Orders;

    #[s3(versioned, kms_key = ShopKey.arn, notify(Bookings, prefix = "scans/"))]
    pub struct Scans;

    #[sqs(
        kms_master_key_id = ShopKey.id, visibility_timeout = "1m", dlq(max_receives = 5),
        subscribe(Orders, dlq = Bookings.dlq),
    )]
    pub struct Bookings;

    #[dynamodb(
        billing = "on_demand", pitr, kms_key_arn = ShopKey.arn, deletion_protection, stream = "keys_only"
    )]
    pub struct Ledger {
        #[hash_key]
        pub id: String,
    }

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d",
        trigger(Bookings), trigger(Ledger, retries = 2, on_failure = Bookings.dlq),
    )]
    pub struct Book;

    #[alarm(Book.iterator_age >= 60000, period = "1m", notify = Orders)]
    pub struct BookLags;
}
