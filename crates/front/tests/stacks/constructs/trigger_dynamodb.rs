// A function that follows the changes of a table.

#[stack(name = "shop", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod shop {
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection, stream = "NEW_AND_OLD_IMAGES")]
    pub struct Orders {
        #[hash_key]
        pub id: String,
    }

    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d",
        trigger(
            Orders,
            batch_size = 50, batching_window = "5s", bisect, retries = 5, max_age = "1h",
            parallelization = 2, on_failure = Failed, tumbling_window_in_seconds = 30,
            filter = [{ "eventName" = ["INSERT"] }, { "eventName" = ["MODIFY"] }],
        )
    )]
    pub struct Project;

    #[lambda(
        arch = "arm64", timeout = "10s", reserved = 10, log_retention = "7d",
        trigger(Orders, retries = 10, on_failure = Alerts, starting_position = "LATEST", filter = { "eventName" = ["REMOVE"] })
    )]
    pub struct Audit;

    #[alarm(Project.iterator_age >= 60000, period = "1m", notify = Alerts)]
    pub struct ProjectLags;

    #[alarm(Audit.iterator_age >= 60000, period = "1m", notify = Alerts)]
    pub struct AuditLags;
}
