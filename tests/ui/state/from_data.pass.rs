use std::collections::BTreeMap;

use webhook_infra::prelude::*;
use webhook_infra::{DataSource, Nested, Output, Resource, expression, reference, template};

#[stack(name = "shop", region = "eu-central-1")]
pub mod shop {
    #[variable(default = "dev")]
    pub struct Stage;

    #[sns(encrypted)]
    pub struct Alerts;
}

fn main() {
    let people = BTreeMap::from([("billing", "billing@example.com"), ("support", "${not.evaluated}@example.com")]);
    let subscriptions = people.iter().map(|(name, endpoint)| {
        Resource::new("aws_sns_topic_subscription", *name)
            .set("topic_arn", reference("aws_sns_topic.alerts.arn"))
            .set("protocol", "email")
            .set("endpoint", *endpoint)
            .set("depends_on", ["aws_sns_topic.alerts"])
    });
    let json = webhook_infra::build::<shop::Stack>()
        .extend(subscriptions)
        .add(
            Resource::new("aws_sqs_queue", "jobs")
                .moved_from("tasks")
                .set("name", template("${var.stage}-jobs"))
                .set("sqs_managed_sse_enabled", true)
                .set("message_retention_seconds", 3_600_u32)
                .set("max_message_size", None::<u32>)
                .set("tags", BTreeMap::from([("team", "shop")]))
                .block("timeouts", Nested::new().set("create", "5m"))
                .expect("sqs_missing_dlq", "jobs are made anew every hour")
                .expect("sqs_missing_backlog_alarm", "jobs are made anew every hour")
                .expect("sqs_missing_tls_policy", "another test's matter"),
        )
        .add(DataSource::new("aws_region", "current"))
        .add(Output::new("many", expression("length(aws_sqs_queue.jobs.name) > 80")).set("sensitive", true))
        .render()
        .unwrap()
        .json;
    assert_eq!(json, include_str!("from_data.tf.json"));

    let failure = webhook_infra::build::<shop::Stack>()
        .add(
            Resource::new("aws_sqs_queue", "two words")
                .set("name", reference("aws_sns_topic."))
                .set("delay_seconds", f64::NAN)
                .set("nmae", "jobs")
                .set("nmae", "jobs")
                .set("policy", reference("aws_sns_topic.alrets.arn"))
                .set("redrive_policy", template("${"))
                .expect("sqs_mising_dlq", "")
                .expect("sqs_missing_encryption", "")
                .expect("missing_argument", "no"),
        )
        .render()
        .unwrap_err();
    let message = failure.to_string().replace(file!(), "build.rs") + "\n";
    assert_eq!(message, include_str!("from_data.stderr"));
}
