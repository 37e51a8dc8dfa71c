//! Schedules say when they run in words that EventBridge knows.

use super::schedule_expression;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "schedule_expression_invalid",
    summary: "a schedule expression is a rate, cron or time that EventBridge takes",
    explanation: "EventBridge's cron has six fields, counts the days of the week from 1 (Sunday), and wants `?` for \
        one of its two days; a rate has its unit in the singular for 1. Everything else it refuses, when part of \
        the stack is in place.",
    severity: Severity::Reject,
    source: "Amazon EventBridge User Guide, \"Using cron and rate expressions to schedule rules\"; EventBridge \
        Scheduler User Guide, \"Schedule types on EventBridge Scheduler\"",
};

/// The types, and whether they can run once.
const TYPES: [(&str, bool); 2] = [
    ("aws_cloudwatch_event_rule", false),
    ("aws_scheduler_schedule", true),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, takes_at) in TYPES {
        for schedule in graph.resources(type_name) {
            let Some(text) = schedule.text("schedule_expression") else {
                continue;
            };
            if let Err(flaw) = schedule_expression::check(text, takes_at) {
                findings
                    .at(
                        schedule,
                        schedule.origin_of("schedule_expression"),
                        format!("`{text}` of {} {}", schedule.describe(), flaw.message),
                    )
                    .because("EventBridge refuses it in the middle of `terraform apply`")
                    .help(format!("{} (Terraform: `schedule_expression`)", flaw.help));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, expression: &str) -> String {
        format!(
            r#"{{"resource": {{"{type_name}": {{"s": {{"schedule_expression": "{expression}"}}}}}}}}"#
        )
    }

    #[test]
    fn schedules_and_rules_are_judged_alike() {
        for type_name in ["aws_scheduler_schedule", "aws_cloudwatch_event_rule"] {
            fires(
                &RULE,
                &stack(type_name, "rate(1 minutes)"),
                "`minutes` for 1",
            );
            passes(&RULE, &stack(type_name, "rate(1 minute)"));
            passes(&RULE, &stack(type_name, "rate(${var.minutes} minutes)"));
        }
    }

    #[test]
    fn only_a_schedule_runs_once() {
        let at = "at(2030-01-31T08:00:00)";
        passes(&RULE, &stack("aws_scheduler_schedule", at));
        fires(&RULE, &stack("aws_cloudwatch_event_rule", at), "runs once");
    }
}
