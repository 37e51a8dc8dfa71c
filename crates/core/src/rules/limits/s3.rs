//! Buckets.
//!
//! Source: Amazon S3 User Guide, "General purpose bucket naming rules", and Amazon S3 API Reference.

use super::{Kind, Limit, Name, Service};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new("aws_s3_bucket", "bucket", Kind::Name(BUCKET)),
        // Terraform adds 26 characters.
        Limit::new(
            "aws_s3_bucket",
            "bucket_prefix",
            Kind::Name(Name {
                least: 0,
                most: 37,
                flaw: bad_start,
                ..BUCKET
            }),
        ),
        Limit::new(
            LIFECYCLE,
            "rule.transition.storage_class",
            Kind::Values(CLASSES),
        )
        .key("to"),
        Limit::new(
            LIFECYCLE,
            "rule.noncurrent_version_transition.storage_class",
            Kind::Values(CLASSES),
        ),
        Limit::new(
            LIFECYCLE,
            "rule.status",
            Kind::Values(&["Disabled", "Enabled"]),
        ),
        Limit::new(
            "aws_s3_bucket_versioning",
            "versioning_configuration.status",
            Kind::Values(&["Disabled", "Enabled", "Suspended"]),
        ),
        Limit::new(
            "aws_s3_bucket_server_side_encryption_configuration",
            "rule.apply_server_side_encryption_by_default.sse_algorithm",
            Kind::Values(&["AES256", "aws:fsx", "aws:kms", "aws:kms:dsse"]),
        ),
        Limit::new(NOTIFICATION, "lambda_function.events", Kind::Values(EVENTS)),
        Limit::new(NOTIFICATION, "queue.events", Kind::Values(EVENTS)),
        Limit::new(NOTIFICATION, "topic.events", Kind::Values(EVENTS)),
        Limit::new(
            "aws_s3_bucket_ownership_controls",
            "rule.object_ownership",
            Kind::Values(&[
                "BucketOwnerEnforced",
                "BucketOwnerPreferred",
                "ObjectWriter",
            ]),
        ),
    ],
};

const NOTIFICATION: &str = "aws_s3_bucket_notification";

/// Source: Amazon S3 API Reference, `NotificationConfiguration`.
const EVENTS: &[&str] = &[
    "s3:IntelligentTiering",
    "s3:LifecycleExpiration:*",
    "s3:LifecycleExpiration:Delete",
    "s3:LifecycleExpiration:DeleteMarkerCreated",
    "s3:LifecycleTransition",
    "s3:ObjectAcl:Put",
    "s3:ObjectAnnotation:*",
    "s3:ObjectAnnotation:Delete",
    "s3:ObjectAnnotation:Put",
    "s3:ObjectCreated:*",
    "s3:ObjectCreated:CompleteMultipartUpload",
    "s3:ObjectCreated:Copy",
    "s3:ObjectCreated:Post",
    "s3:ObjectCreated:Put",
    "s3:ObjectRemoved:*",
    "s3:ObjectRemoved:Delete",
    "s3:ObjectRemoved:DeleteMarkerCreated",
    "s3:ObjectRestore:*",
    "s3:ObjectRestore:Completed",
    "s3:ObjectRestore:Delete",
    "s3:ObjectRestore:Post",
    "s3:ObjectRetention:Put",
    "s3:ObjectTagging:*",
    "s3:ObjectTagging:Delete",
    "s3:ObjectTagging:Put",
    "s3:ReducedRedundancyLostObject",
    "s3:Replication:*",
    "s3:Replication:OperationFailedReplication",
    "s3:Replication:OperationMissedThreshold",
    "s3:Replication:OperationNotTracked",
    "s3:Replication:OperationReplicatedAfterThreshold",
];

const LIFECYCLE: &str = "aws_s3_bucket_lifecycle_configuration";

const CLASSES: &[&str] = &[
    "DEEP_ARCHIVE",
    "GLACIER",
    "GLACIER_IR",
    "INTELLIGENT_TIERING",
    "ONEZONE_IA",
    "STANDARD_IA",
];

const BUCKET: Name = Name {
    flaw,
    ..Name::of(
        3,
        63,
        "lower-case letters, digits, `-` and `.`",
        |character| {
            character.is_ascii_lowercase()
                || character.is_ascii_digit()
                || matches!(character, '-' | '.')
        },
    )
};

fn flaw(name: &str) -> Option<&'static str> {
    const ENDINGS: [&str; 5] = ["-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3"];
    let mut parts = name.split('.');
    if name.ends_with(['-', '.']) {
        Some("ends with neither a letter nor a digit")
    } else if parts.clone().count() == 4 && parts.all(|part| part.parse::<u8>().is_ok()) {
        Some("has the form of an IP address")
    } else if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
        Some("has an ending that is reserved by AWS")
    } else {
        bad_start(name)
    }
}

fn bad_start(name: &str) -> Option<&'static str> {
    if name.starts_with(['-', '.']) {
        Some("begins with neither a letter nor a digit")
    } else if name.contains("..") {
        Some("has two dots in a row")
    } else if ["xn--", "sthree-", "amzn-s3-demo-"]
        .iter()
        .any(|start| name.starts_with(start))
    {
        Some("has a beginning that is reserved by AWS")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::flaw;

    #[test]
    fn reserved_and_misleading_names_are_known() {
        for name in [
            "a-",
            ".a",
            "a..b",
            "192.168.0.1",
            "xn--a",
            "sthree-a",
            "a-s3alias",
            "a--ol-s3",
        ] {
            assert!(flaw(name).is_some(), "{name}");
        }
        for name in ["a-b", "a.b", "192.168.0", "192.168.0.256", "s3alias"] {
            assert_eq!(flaw(name), None);
        }
    }
}
