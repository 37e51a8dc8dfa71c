//! An index stands behind the struct, also where a helper of it is meant.
use webhook_infra::prelude::*;

#[stack(name = "parts")]
#[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "not what this is about")]
pub mod parts {
    use super::*;

    #[sqs(for_each = toset(["de", "fr"]), visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Countries;

    #[sqs(count = 2, visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Shards;

    #[output(Countries["de"].dlq.arn)]
    pub struct German;

    #[output(Shards[*].dlq.arn)]
    pub struct Failed;

    #[output({ for country, queue in Countries : country => queue.url })]
    pub struct Urls;

    #[resource(aws_ssm_parameter, for_each = Countries, name = "/parts/${each.key}", type = "String", value = Countries[each.key].dlq.url)]
    pub struct Parameters;
}
