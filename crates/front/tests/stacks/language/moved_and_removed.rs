// Renamed structs keep their resources; what is gone is named with what becomes of it.

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this test is about")]
pub mod orders {
    /// It was `Tasks` first and `Work` later; every block of it goes along.
    #[sqs(dlq(max_receives = 5))]
    #[moved(from = Tasks)]
    #[moved(from = work)]
    pub struct Jobs;

    /// It was declared as a resource of its own; the queue alone moves.
    #[sqs(dlq(max_receives = 5))]
    #[moved(from = aws_sqs_queue.mail)]
    #[moved(from = aws_sqs_queue.mail_failed, to = Mails.dlq)]
    pub struct Mails;

    /// It was part of a module.
    #[sns(encrypted)]
    #[moved(from = module.notifications.aws_sns_topic.alerts)]
    pub struct Alerts;

    /// It was the first of several.
    #[resource(aws_ssm_parameter, name = "/orders/marker", type = "String", value = "1")]
    #[moved(from = aws_ssm_parameter.markers[0])]
    pub struct Marker;

    /// Nobody reads the archive any more. Its objects stay.
    #[removed(from = [aws_s3_bucket.archive, aws_s3_bucket_versioning.archive], destroy = false)]
    pub struct OldArchive;

    #[removed(from = module.vpc, destroy)]
    pub struct OldNetwork;
}
