//! Tables.
//!
//! Source: Amazon DynamoDB API Reference, `CreateTable`, and Amazon DynamoDB Developer Guide, "Quotas
//! in Amazon DynamoDB.

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(
            TABLE,
            "billing_mode",
            Kind::Values(&["PAY_PER_REQUEST", "PROVISIONED"]),
        ),
        Limit::new(
            TABLE,
            "table_class",
            Kind::Values(&["STANDARD", "STANDARD_INFREQUENT_ACCESS"]),
        ),
        Limit::new(TABLE, "stream_view_type", Kind::Values(VIEWS)),
        Limit::new(TABLE, "attribute.type", Kind::Values(&["B", "N", "S"])),
        Limit::new(
            TABLE,
            "global_secondary_index.projection_type",
            Kind::Values(PROJECTIONS),
        ),
        Limit::new(
            TABLE,
            "local_secondary_index.projection_type",
            Kind::Values(PROJECTIONS),
        ),
        Limit::new(
            TABLE,
            "global_secondary_index",
            Kind::CountQuota(20, "indexes"),
        )
        .key("global_index"),
        Limit::new(TABLE, "local_secondary_index", Kind::Count(5, "indexes")).key("local_index"),
        Limit::new(
            TABLE,
            "point_in_time_recovery.recovery_period_in_days",
            Kind::Range(1.0, 35.0, "days"),
        ),
        Limit::new(TABLE, "name", Kind::Name(TABLE_NAME)),
        Limit::new(TABLE, "global_secondary_index.name", Kind::Name(TABLE_NAME)),
        Limit::new(TABLE, "local_secondary_index.name", Kind::Name(TABLE_NAME)),
    ],
};

const TABLE: &str = "aws_dynamodb_table";

const VIEWS: &[&str] = &["KEYS_ONLY", "NEW_AND_OLD_IMAGES", "NEW_IMAGE", "OLD_IMAGE"];
const PROJECTIONS: &[&str] = &["ALL", "INCLUDE", "KEYS_ONLY"];

const TABLE_NAME: Name = Name::of(3, 255, "letters, digits, `-`, `_` and `.`", |character| {
    is_plain(character) || character == '.'
});
