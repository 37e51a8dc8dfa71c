// Customer keys: what a role, a key's policy and a queue's policy need of them.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(
    lambda_missing_error_alarm, sqs_dlq_missing_alarm, sqs_missing_backlog_alarm,
    reason = "not what this test is about"
)]
pub mod shop {
    /// Encrypts the shop's data.
    #[kms_key]
    pub struct ShopKey;

    #[sns(key = ShopKey)]
    pub struct Orders;

    #[s3(versioned, key = ShopKey, notify(Bookings, prefix = "scans/"))]
    pub struct Scans;

    #[sqs(
        key = ShopKey, visibility_timeout = "1m", dlq(max_receives = 5),
        subscribe(Orders, dlq = Bookings.dlq),
    )]
    pub struct Bookings;

    #[dynamodb(
        billing = "on_demand", pitr, key = ShopKey, deletion_protection, stream = "keys_only"
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
