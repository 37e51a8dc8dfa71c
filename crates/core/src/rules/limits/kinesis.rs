//! Streams.
//!
//! Source: Amazon Kinesis Data Streams API Reference, `CreateStream` and `IncreaseStreamRetentionPeriod`.

use super::{Kind, Limit, Name, Service};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(STREAM, "name", Kind::Name(NAME)),
        Limit::new(CONSUMER, "name", Kind::Name(NAME)),
        Limit::new(
            STREAM,
            "shard_count",
            Kind::Range(1.0, f64::INFINITY, "shards"),
        )
        .key("shards"),
        Limit::new(STREAM, "retention_period", Kind::Range(24.0, 8_760.0, "h")).key("retention"),
        Limit::new(STREAM, "encryption_type", Kind::Values(&["KMS", "NONE"])),
        Limit::new(
            STREAM,
            "max_record_size_in_kib",
            Kind::Range(1_024.0, 10_240.0, "KiB"),
        ),
        Limit::new(
            STREAM,
            "stream_mode_details.stream_mode",
            Kind::Values(&["ON_DEMAND", "PROVISIONED"]),
        ),
        Limit::new(
            STREAM,
            "shard_level_metrics",
            Kind::Values(&[
                "ALL",
                "IncomingBytes",
                "IncomingRecords",
                "IteratorAgeMilliseconds",
                "OutgoingBytes",
                "OutgoingRecords",
                "ReadProvisionedThroughputExceeded",
                "WriteProvisionedThroughputExceeded",
            ]),
        ),
    ],
};

const STREAM: &str = "aws_kinesis_stream";
const CONSUMER: &str = "aws_kinesis_stream_consumer";

const NAME: Name = Name::of(1, 128, "letters, digits, `-`, `_` and `.`", |character| {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_' | '.')
});
