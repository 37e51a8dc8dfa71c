//! Event buses, their rules and targets, and schedules.
//!
//! Source: Amazon EventBridge API Reference, `CreateEventBus`, `PutRule` and `PutTargets`; EventBridge
//! Scheduler API Reference, `CreateSchedule` and `CreateScheduleGroup`.

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(BUS, "name", Kind::Name(BUS_NAME)),
        Limit::new(BUS, "description", Kind::Name(DESCRIPTION)),
        Limit::new(
            BUS,
            "log_config.level",
            Kind::Values(&["ERROR", "INFO", "OFF", "TRACE"]),
        ),
        Limit::new(RULE, "name", Kind::Name(NAME)),
        Limit::new(RULE, "description", Kind::Name(DESCRIPTION)),
        Limit::new(RULE, "state", Kind::Values(RULE_STATES)),
        Limit::new(TARGET, "target_id", Kind::Name(NAME)),
        Limit::new(
            TARGET,
            "input",
            Kind::Name(Name::of(0, 8_192, "any characters", |_| true)),
        ),
        Limit::new(
            TARGET,
            "input_transformer.input_template",
            Kind::Name(Name::of(1, 8_192, "any characters", |_| true)),
        ),
        Limit::new(TARGET, "retry_policy.maximum_event_age_in_seconds", AGE).key("max_age"),
        Limit::new(TARGET, "retry_policy.maximum_retry_attempts", ATTEMPTS).key("attempts"),
        Limit::new(SCHEDULE, "name", Kind::Name(NAME)),
        Limit::new(SCHEDULE, "description", Kind::Name(DESCRIPTION)),
        Limit::new(SCHEDULE, "state", Kind::Values(&["DISABLED", "ENABLED"])),
        Limit::new(
            SCHEDULE,
            "action_after_completion",
            Kind::Values(&["DELETE", "NONE"]),
        ),
        Limit::new(
            SCHEDULE,
            "flexible_time_window.mode",
            Kind::Values(&["FLEXIBLE", "OFF"]),
        ),
        Limit::new(
            SCHEDULE,
            "flexible_time_window.maximum_window_in_minutes",
            Kind::Range(1.0, 1_440.0, "min"),
        )
        .key("flexible"),
        Limit::new(
            SCHEDULE,
            "schedule_expression_timezone",
            Kind::Name(TIME_ZONE),
        )
        .key("timezone"),
        Limit::new(
            SCHEDULE,
            "target.retry_policy.maximum_event_age_in_seconds",
            AGE,
        )
        .key("max_age"),
        Limit::new(
            SCHEDULE,
            "target.retry_policy.maximum_retry_attempts",
            ATTEMPTS,
        )
        .key("attempts"),
        Limit::new("aws_scheduler_schedule_group", "name", Kind::Name(NAME)),
    ],
};

const BUS: &str = "aws_cloudwatch_event_bus";
const RULE: &str = "aws_cloudwatch_event_rule";
const TARGET: &str = "aws_cloudwatch_event_target";
const SCHEDULE: &str = "aws_scheduler_schedule";

const AGE: Kind = Kind::Range(60.0, 86_400.0, "s");
const ATTEMPTS: Kind = Kind::Range(0.0, 185.0, "");

const RULE_STATES: &[&str] = &[
    "DISABLED",
    "ENABLED",
    "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS",
];

const NAME: Name = Name::of(1, 64, "letters, digits and `-_.`", |character| {
    is_plain(character) || character == '.'
});
const BUS_NAME: Name = Name::of(1, 256, "letters, digits and `-_./`", |character| {
    is_plain(character) || matches!(character, '.' | '/')
});
const DESCRIPTION: Name = Name::of(0, 512, "any characters", |_| true);
/// Names of the IANA time zone database have a region, but for `UTC` and a few old ones.
const TIME_ZONE: Name = Name {
    flaw: |name| {
        let is_offset =
            name.starts_with(['+', '-']) || name.starts_with(|c: char| c.is_ascii_digit());
        let is_short = name.len() < 6 && !name.contains('/') && name.ends_with("ST");
        // `EST` and `MST` are zones of that database; `CEST` and `PST` are not.
        (is_offset || is_short && !["EST", "HST", "MST"].contains(&name))
            .then_some("is no time zone of the IANA database such as `Europe/Berlin`")
    },
    ..Name::of(1, 50, "letters, digits and `-_/+`", |character| {
        is_plain(character) || matches!(character, '/' | '+' | ':')
    })
};
