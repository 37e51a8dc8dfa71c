// What was one is one of several now, and the other way round; everything that belongs to it goes along.

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    /// There was one table.
    #[dynamodb(
        name = if each.key == "a" { "orders" } else { "orders-${each.key}" },
        for_each = toset(["a", "b"]), billing = "on_demand", pitr, encrypted, deletion_protection
    )]
    #[moved(from = aws_dynamodb_table.orders, to = Orders["a"])]
    pub struct Orders {
        #[hash_key]
        pub id: String,
    }

    /// The queue that was alone, with its dead-letter queue and policies.
    #[sqs(for_each = toset(["a", "b"]), dlq(max_receives = 5))]
    #[moved(from = work, to = Work["a"])]
    pub struct Work;

    /// It had another name, too.
    #[sqs(count = 2, dlq(max_receives = 5))]
    #[moved(from = Tasks, to = Jobs[0])]
    pub struct Jobs;

    /// One of them is left.
    #[sqs(dlq(max_receives = 5))]
    #[moved(from = mail["first"])]
    pub struct Mail;

    #[sns(encrypted)]
    #[moved(from = aws_sns_topic.alerts["first.of"])]
    pub struct Alerts;
}
