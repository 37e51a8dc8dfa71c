//! Keys.
//!
//! Source: AWS Key Management Service API Reference, `CreateKey`, `ScheduleKeyDeletion` and
//! `CreateAlias`.

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(
            "aws_kms_key",
            "deletion_window_in_days",
            Kind::Range(7.0, 30.0, "days"),
        ),
        Limit::new(
            "aws_kms_key",
            "rotation_period_in_days",
            Kind::Range(90.0, 2_560.0, "days"),
        ),
        Limit::new("aws_kms_key", "key_usage", Kind::Values(USAGES)),
        Limit::new("aws_kms_alias", "name", Kind::Name(ALIAS)),
    ],
};

const USAGES: &[&str] = &[
    "ENCRYPT_DECRYPT",
    "GENERATE_VERIFY_MAC",
    "KEY_AGREEMENT",
    "SIGN_VERIFY",
];

const ALIAS: Name = Name {
    flaw: |name| {
        if name.starts_with("alias/aws/") {
            Some("is reserved for AWS's own keys")
        } else if name.starts_with("alias/") {
            None
        } else {
            Some("does not begin with `alias/`")
        }
    },
    ..Name::of(1, 256, "letters, digits and `:/_-`", |character| {
        is_plain(character) || matches!(character, ':' | '/')
    })
};
