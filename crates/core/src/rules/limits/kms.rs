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
        )
        .key("deletion_window"),
        Limit::new(
            "aws_kms_key",
            "rotation_period_in_days",
            Kind::Range(90.0, 2_560.0, "days"),
        )
        .key("rotation"),
        Limit::new("aws_kms_key", "key_usage", Kind::Values(USAGES)),
        Limit::new(
            "aws_kms_key",
            "customer_master_key_spec",
            Kind::Values(SPECS),
        )
        .key("spec"),
        Limit::new(
            "aws_kms_key",
            "description",
            Kind::Name(Name::of(0, 8_192, "any characters", |_| true)),
        ),
        Limit::new("aws_kms_alias", "name", Kind::Name(ALIAS)),
    ],
};

const USAGES: &[&str] = &[
    "ENCRYPT_DECRYPT",
    "GENERATE_VERIFY_MAC",
    "KEY_AGREEMENT",
    "SIGN_VERIFY",
];

const SPECS: &[&str] = &[
    "ECC_NIST_EDWARDS25519",
    "ECC_NIST_P256",
    "ECC_NIST_P384",
    "ECC_NIST_P521",
    "ECC_SECG_P256K1",
    "HMAC_224",
    "HMAC_256",
    "HMAC_384",
    "HMAC_512",
    "ML_DSA_44",
    "ML_DSA_65",
    "ML_DSA_87",
    "RSA_2048",
    "RSA_3072",
    "RSA_4096",
    "SM2",
    "SYMMETRIC_DEFAULT",
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
