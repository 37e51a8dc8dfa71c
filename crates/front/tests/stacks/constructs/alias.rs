// A function with an alias, which its trigger, routes, rules, schedule, URL and callers use.

#[stack(name = "shop")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    lambda_missing_reserved_concurrency,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    sqs_missing_dlq,
    reason = "not what this is about"
)]
pub mod shop {
    #[sqs(visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Jobs;

    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(
        arch = "arm64",
        timeout = "10s",
        log_retention = "7d",
        reserved = 20,
        alias(live, provisioned = 5),
        url(auth = "aws_iam"),
        trigger(Jobs, batch_size = 10, max_concurrency = 10),
        async_invoke(retries = 1, on_failure = Failed)
    )]
    pub struct Worker;

    #[lambda(arch = "arm64", timeout = "20s", log_retention = "7d", alias)]
    pub struct Caller {
        pub worker: Invoke<Worker>,
    }

    #[http_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"))]
    pub struct Api {
        #[post("/jobs", auth = "aws_iam")]
        pub work: Worker,
    }

    #[rest_api(throttle(rate = 100, burst = 200), access_log(retention = "7d"), account_role = false)]
    pub struct Old {
        #[get("/jobs", auth = "aws_iam")]
        pub work: Worker,
    }

    #[event_rule(pattern = { "source" = ["aws.s3"] }, target(Worker, dlq = Failed))]
    pub struct Objects;

    #[schedule("rate(1 hour)", target = Worker, dlq = Failed)]
    pub struct Hourly;

    #[output(Worker.alias.arn)]
    pub struct WorkerArn;
}
