//! Secrets.
//!
//! Source: AWS Secrets Manager API Reference, `CreateSecret`, `DeleteSecret` and `RotateSecret`.

use super::{Kind, Limit, Name, Service};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(SECRET, "name", Kind::Name(NAME)),
        Limit::new(
            SECRET,
            "description",
            Kind::Name(Name::of(0, 2_048, "any characters", |_| true)),
        ),
        // 0 is Terraform's way to say that nothing is kept, which is another rule's.
        Limit::new(
            SECRET,
            "recovery_window_in_days",
            Kind::Numbers(WINDOWS, "days"),
        )
        .key("recovery"),
        Limit::new(
            "aws_secretsmanager_secret_rotation",
            "rotation_rules.automatically_after_days",
            Kind::Range(1.0, 1_000.0, "days"),
        )
        .key("every"),
    ],
};

const SECRET: &str = "aws_secretsmanager_secret";

const NAME: Name = Name::of(1, 512, "letters, digits and `/_+=.@-`", |character| {
    character.is_ascii_alphanumeric() || "/_+=.@-".contains(character)
});

const WINDOWS: &[f64] = &[
    0.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0, 13.0, 14.0, 15.0, 16.0, 17.0, 18.0, 19.0, 20.0, 21.0,
    22.0, 23.0, 24.0, 25.0, 26.0, 27.0, 28.0, 29.0, 30.0,
];
