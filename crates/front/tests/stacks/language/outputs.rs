// Results of the stack.

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    #[sqs(dlq(max_receives = 5))]
    pub struct Jobs;

    #[resource(aws_iam_access_key, user = "orders-ci")]
    pub struct Key;

    #[resource(aws_sqs_queue_policy, queue_url = "https://sqs.eu-central-1.amazonaws.com/123456789012/other", policy = jsonencode({ "Version" = "2012-10-17", "Statement" = [{ "Effect" = "Allow", "Action" = "sqs:SendMessage", "Resource" = "arn:aws:sqs:eu-central-1:123456789012:other", "Principal" = { "AWS" = "arn:aws:iam::123456789012:role/sender" } }] }))]
    pub struct OtherPolicy;

    /// Where jobs go, once others may send them.
    #[output(
        Jobs.url,
        depends_on = [OtherPolicy],
        precondition(condition = Jobs.fifo_queue == false, error_message = "Senders do not set groups."),
        precondition(condition = startswith(Jobs.url, "https://"), error_message = "${Jobs.url} is no URL.")
    )]
    pub struct JobsUrl;

    #[output(Key.secret, sensitive, description = "For the pipeline.", id = "secret")]
    pub struct KeySecret;

    #[output(value = nonsensitive(length(Key.secret)))]
    pub struct KeyLength;
}
