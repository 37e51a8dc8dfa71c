//! Topics.
//!
//! Source: Amazon SNS API Reference, `CreateTopic`.

use super::{Kind, Limit, Name, PLAIN, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new("aws_sns_topic", "name", Kind::Name(TOPIC_NAME)),
        Limit::new(
            "aws_sns_topic",
            "tracing_config",
            Kind::Values(&["Active", "PassThrough"]),
        ),
    ],
};

const TOPIC_NAME: Name = Name {
    suffix: ".fifo",
    ..Name::of(1, 256, PLAIN, is_plain)
};
