//! Topics.
//!
//! Source: Amazon SNS API Reference, `CreateTopic` and `Subscribe`.

use super::{Kind, Limit, Name, PLAIN, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new("aws_sns_topic", "name", Kind::Name(TOPIC_NAME)),
        Limit::new(
            "aws_sns_topic",
            "tracing_config",
            Kind::Values(&["Active", "PassThrough"]),
        ),
        Limit::new(
            "aws_sns_topic",
            "fifo_throughput_scope",
            Kind::Values(&["MessageGroup", "Topic"]),
        ),
        Limit::new(SUBSCRIPTION, "protocol", Kind::Values(PROTOCOLS)),
        Limit::new(
            SUBSCRIPTION,
            "filter_policy_scope",
            Kind::Values(&["MessageAttributes", "MessageBody"]),
        )
        .key("filter_scope"),
    ],
};

const SUBSCRIPTION: &str = "aws_sns_topic_subscription";

const PROTOCOLS: &[&str] = &[
    "application",
    "email",
    "email-json",
    "firehose",
    "http",
    "https",
    "lambda",
    "sms",
    "sqs",
];

const TOPIC_NAME: Name = Name {
    suffix: ".fifo",
    ..Name::of(1, 256, PLAIN, is_plain)
};
