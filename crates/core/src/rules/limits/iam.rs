//! Roles and policies.
//!
//! Source: AWS Identity and Access Management API Reference, `CreateRole`, `PutRolePolicy` and
//! `CreatePolicy`.

use super::{Kind, Limit, Name, Service};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new("aws_iam_role", "name", Kind::Name(name(64))),
        // Terraform adds 26 characters to a prefix.
        Limit::new("aws_iam_role", "name_prefix", Kind::Name(name(38))),
        Limit::new("aws_iam_role", "inline_policy.name", Kind::Name(name(128))),
        Limit::new(
            "aws_iam_role",
            "max_session_duration",
            Kind::Range(3_600.0, 43_200.0, "s"),
        ),
        Limit::new("aws_iam_role_policy", "name", Kind::Name(name(128))),
        Limit::new("aws_iam_policy", "name", Kind::Name(name(128))),
        Limit::new("aws_iam_user_policy", "name", Kind::Name(name(128))),
        Limit::new("aws_iam_group_policy", "name", Kind::Name(name(128))),
    ],
};

const fn name(most: usize) -> Name {
    Name::of(1, most, "letters, digits and `_+=,.@-`", |character| {
        character.is_ascii_alphanumeric() || "_+=,.@-".contains(character)
    })
}
