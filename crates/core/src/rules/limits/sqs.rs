//! Queues.
//!
//! Source: Amazon SQS API Reference, `CreateQueue`.

use super::{Kind, Limit, Name, PLAIN, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(
            QUEUE,
            "visibility_timeout_seconds",
            Kind::Range(0.0, 43_200.0, "s"),
        )
        .key("visibility_timeout"),
        Limit::new(QUEUE, "delay_seconds", Kind::Range(0.0, 900.0, "s")).key("delay"),
        Limit::new(
            QUEUE,
            "receive_wait_time_seconds",
            Kind::Range(0.0, 20.0, "s"),
        )
        .key("receive_wait"),
        Limit::new(
            QUEUE,
            "message_retention_seconds",
            Kind::Range(60.0, 1_209_600.0, "s"),
        )
        .key("retention"),
        Limit::new(
            QUEUE,
            "max_message_size",
            Kind::Range(1_024.0, 1_048_576.0, "bytes"),
        ),
        Limit::new(
            QUEUE,
            "kms_data_key_reuse_period_seconds",
            Kind::Range(60.0, 86_400.0, "s"),
        ),
        Limit::new(
            QUEUE,
            "redrive_policy.maxReceiveCount",
            Kind::Range(1.0, 1_000.0, "receives"),
        )
        .key("max_receives"),
        Limit::new(
            REDRIVE,
            "redrive_policy.maxReceiveCount",
            Kind::Range(1.0, 1_000.0, "receives"),
        )
        .key("max_receives"),
        Limit::new(
            QUEUE,
            "redrive_allow_policy.redrivePermission",
            Kind::Values(PERMISSIONS),
        ),
        Limit::new(
            ALLOW,
            "redrive_allow_policy.redrivePermission",
            Kind::Values(PERMISSIONS),
        ),
        Limit::new(
            QUEUE,
            "redrive_allow_policy.sourceQueueArns",
            Kind::Count(10, "queues"),
        ),
        Limit::new(
            ALLOW,
            "redrive_allow_policy.sourceQueueArns",
            Kind::Count(10, "queues"),
        ),
        Limit::new(
            QUEUE,
            "deduplication_scope",
            Kind::Values(&["messageGroup", "queue"]),
        ),
        Limit::new(
            QUEUE,
            "fifo_throughput_limit",
            Kind::Values(&["perMessageGroupId", "perQueue"]),
        ),
        Limit::new(QUEUE, "name", Kind::Name(QUEUE_NAME)),
    ],
};

const QUEUE: &str = "aws_sqs_queue";
const REDRIVE: &str = "aws_sqs_queue_redrive_policy";
const ALLOW: &str = "aws_sqs_queue_redrive_allow_policy";

const PERMISSIONS: &[&str] = &["allowAll", "byQueue", "denyAll"];

const QUEUE_NAME: Name = Name {
    suffix: ".fifo",
    ..Name::of(1, 80, PLAIN, is_plain)
};
