//! Parameters.
//!
//! Source: AWS Systems Manager API Reference, `PutParameter`; AWS Systems Manager User Guide,
//! "Requirements and constraints for parameter names".

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(PARAMETER, "name", Kind::Name(NAME)),
        Limit::new(
            PARAMETER,
            "description",
            Kind::Name(Name::of(0, 1_024, "any characters", |_| true)),
        ),
        Limit::new(
            PARAMETER,
            "type",
            Kind::Values(&["SecureString", "String", "StringList"]),
        ),
        Limit::new(
            PARAMETER,
            "tier",
            Kind::Values(&["Advanced", "Intelligent-Tiering", "Standard"]),
        ),
        // The other tiers take 8 KB.
        Limit::new(PARAMETER, "value", Kind::Name(VALUE)).unless("tier"),
    ],
};

const PARAMETER: &str = "aws_ssm_parameter";

/// 2,048 characters with the rest of its ARN.
const NAME: Name = Name {
    flaw: |name| {
        let start = name.trim_start_matches('/').to_ascii_lowercase();
        if start.starts_with("aws") || start.starts_with("ssm") {
            Some("begins with a prefix that AWS keeps for itself (`aws`, `ssm`)")
        } else if name.contains('/') && !name.starts_with('/') {
            Some("has levels but does not begin with `/`")
        } else if name.ends_with('/') {
            Some("ends with `/`")
        } else if name.matches('/').count() > 15 {
            Some("has more than 15 levels")
        } else {
            None
        }
    },
    ..Name::of(1, 1_011, "letters, digits and `/_.-`", |character| {
        is_plain(character) || matches!(character, '/' | '.')
    })
};

const VALUE: Name = Name::of(1, 4_096, "any characters", |_| true);
