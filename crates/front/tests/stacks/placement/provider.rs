// `provider` on a construct: everything that it makes is made by that provider, for each instance.

#[stack(name = "orders", region = "eu-central-1")]
#[webhook_infra::allow(lambda_missing_error_alarm, sqs_dlq_missing_alarm, sqs_missing_backlog_alarm, reason = "not what this test is about")]
pub mod orders {
    #[provider(aws, alias = "west", region = "us-west-2")]
    pub struct West;

    #[sqs(provider = West, dlq(max_receives = 3), for_each = toset(["eu", "us"]))]
    pub struct Events;

    #[sns(provider = aws.west, encrypted)]
    pub struct Alerts;

    #[sqs(dlq(max_receives = 5))]
    pub struct Home;
}
