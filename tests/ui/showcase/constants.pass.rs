use webhook_infra::prelude::*;

/// What several modules share.
pub mod limits {
    pub const TIMEOUT: u32 = 10;
    pub const DAY: u32 = 86_400;
    pub const STAGE: &str = "live ${not a template} \"quoted\"";
    pub const PUBLISHERS: [&str; 2] = ["cloudwatch.amazonaws.com", "events.amazonaws.com"];
    pub const RATE: f64 = 0.5;
    pub const TRACING: bool = true;
}

#[stack(name = "orders")]
#[webhook_infra::allow(
    lambda_missing_error_alarm,
    sqs_missing_backlog_alarm,
    sqs_dlq_missing_alarm,
    reason = "not what this test is about"
)]
pub mod orders {
    use super::limits::{self, STAGE};

    const RECEIVES: u8 = 5;
    pub const MINUTE: u32 = 60;
    pub const NAMES: &[&str] = &["a", "b"];

    #[sqs(
        visibility_timeout = 2 * MINUTE,
        retention = 4 * limits::DAY,
        delay = Jobs::DELAY,
        name = "jobs-${RECEIVES}",
        dlq(max_receives = RECEIVES)
    )]
    pub struct Jobs;

    impl Jobs {
        pub const DELAY: u32 = 3;
    }

    #[lambda(
        arch = "arm64",
        timeout = limits::TIMEOUT,
        memory = super::orders::MEMORY,
        reserved = crate::limits::TIMEOUT,
        log_retention = "7d",
        environment = { "STAGE" = STAGE, "RATE" = limits::RATE }
    )]
    pub struct Work;

    pub const MEMORY: u32 = 256;

    #[sns(encrypted, publishers = limits::PUBLISHERS)]
    pub struct Alerts;

    #[output({ "names" = NAMES, "text" = STAGE, "flag" = limits::TRACING, "nested" = [NAMES, limits::RATE] })]
    pub struct Values;

    #[output("stage ${STAGE}: ${MINUTE} ${limits::TRACING}")]
    pub struct Template;

    #[output(value = join(STAGE, NAMES))]
    pub struct Call;

    #[output(if MINUTE > 59 { STAGE } else { -MINUTE })]
    pub struct Expression;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let output = |name: &str| &json["output"][name]["value"];
    let queue = &json["resource"]["aws_sqs_queue"]["jobs"];
    assert_eq!(queue["visibility_timeout_seconds"], "${2 * 60}");
    assert_eq!(queue["delay_seconds"], 3);
    assert_eq!(queue["name"], "jobs-${5}");
    let function = &json["resource"]["aws_lambda_function"]["work"];
    assert_eq!(function["timeout"], 10);
    assert_eq!(
        function["environment"][0]["variables"]["STAGE"],
        "live $${not a template} \"quoted\""
    );
    assert_eq!(output("values")["names"][1], "b");
    assert_eq!(output("values")["nested"][0][0], "a");
    assert_eq!(output("values")["nested"][1], 0.5);
    assert_eq!(
        *output("call"),
        r#"${join("live $${not a template} \"quoted\"", ["a", "b"])}"#
    );
    assert_eq!(
        *output("expression"),
        r#"${60 > 59 ? "live $${not a template} \"quoted\"" : -60}"#
    );
}
