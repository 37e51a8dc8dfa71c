//! An alarm that tells no one is no alarm.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "alarm_missing_action",
    summary: "an alarm has an action",
    explanation: "An alarm without an action changes colour in a console that nobody looks at. Give it a topic \
        whose subscribers are awake.",
    severity: Severity::Deny,
    source: "Amazon CloudWatch User Guide, \"Alarm actions\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for alarm in graph.resources("aws_cloudwatch_metric_alarm") {
        let has_action = match alarm.get("alarm_actions") {
            None => false,
            Some(value) => value.as_list().is_none_or(|actions| !actions.is_empty()),
        };
        let is_off = alarm.get("actions_enabled").and_then(Value::as_bool) == Some(false);
        let (path, message, help) = if !has_action {
            (
                "alarm_actions",
                "has no action",
                "write `notify = Alerts`, with `#[sns(encrypted)] pub struct Alerts;` (Terraform: `alarm_actions`)",
            )
        } else if is_off {
            (
                "actions_enabled",
                "has its actions switched off",
                "remove `actions_enabled = false`",
            )
        } else {
            continue;
        };
        findings
            .at(
                alarm,
                alarm.origin_of(path),
                format!("{} {message}", alarm.describe()),
            )
            .because("CloudWatch changes the alarm's state and tells nobody")
            .help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn an_alarm_needs_an_action_that_is_on() {
        fires(
            &RULE,
            r#"{"resource": {"aws_cloudwatch_metric_alarm": {"a": {"alarm_name": "a"}}}}"#,
            "has no action",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_cloudwatch_metric_alarm": {"a": {"alarm_actions": []}}}}"#,
            "has no action",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_cloudwatch_metric_alarm": {"a": {"alarm_actions": ["x"], "actions_enabled": false}}}}"#,
            "switched off",
        );
        passes(
            &RULE,
            r#"{"resource": {"aws_cloudwatch_metric_alarm": {"a": {"alarm_actions": ["${aws_sns_topic.t.arn}"]}}}}"#,
        );
    }
}
