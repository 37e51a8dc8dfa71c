//! State machines.
//!
//! Source: AWS Step Functions API Reference, `CreateStateMachine`.

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(
            MACHINE,
            "name",
            Kind::Name(Name::of(1, 80, super::PLAIN, is_plain)),
        ),
        // Terraform adds 26 characters to a prefix.
        Limit::new(
            MACHINE,
            "name_prefix",
            Kind::Name(Name::of(0, 54, super::PLAIN, is_plain)),
        ),
        Limit::new(MACHINE, "type", Kind::Values(&["EXPRESS", "STANDARD"])),
        Limit::new(
            MACHINE,
            "logging_configuration.level",
            Kind::Values(&["ALL", "ERROR", "FATAL", "OFF"]),
        ),
        Limit::new(
            MACHINE,
            "encryption_configuration.type",
            Kind::Values(&["AWS_OWNED_KEY", "CUSTOMER_MANAGED_KMS_KEY"]),
        ),
        Limit::new(
            MACHINE,
            "encryption_configuration.kms_data_key_reuse_period_seconds",
            Kind::Range(60.0, 900.0, "s"),
        ),
    ],
};

const MACHINE: &str = "aws_sfn_state_machine";
