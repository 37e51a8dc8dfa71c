// A construct with `for_each`: every block of it is repeated, and each refers to its own.

#[stack(name = "orders")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this is about")]
pub mod orders {
    /// One queue a country.
    #[sqs(for_each = toset(["de", "fr"]), visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Countries;

    /// A switch: there is one, or there is none, and its name is the plain one.
    #[sqs(count = if var.has_archive { 1 } else { 0 }, dlq(max_receives = 5))]
    pub struct Archive;

    #[sqs(count = 3, dlq(max_receives = 5))]
    pub struct Shards;

    #[variable(default = false)]
    pub struct HasArchive;

    #[output({ "de" = Countries["de"].url, "shards" = Shards[*].arn, "first" = Shards[0].url })]
    pub struct Queues;
}
