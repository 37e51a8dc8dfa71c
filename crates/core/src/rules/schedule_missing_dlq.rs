//! A schedule has somewhere to put calls that failed.

use super::api_routes::has_block;
use super::lookup::is_dynamic;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "schedule_missing_dlq",
    summary: "a schedule has a dead-letter queue",
    explanation: "EventBridge Scheduler tries a call again for a day and then drops it. Without a dead-letter queue \
        nothing is left of it: the report of a night when the function could not be called is never made, and \
        nobody knows.",
    severity: Severity::Deny,
    source: "EventBridge Scheduler User Guide, \"Configuring a schedule's dead-letter queue\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for schedule in graph.resources("aws_scheduler_schedule") {
        let target = schedule.get("target").and_then(|target| target.as_object());
        let Some(target) = target.filter(|_| !is_dynamic(schedule, "target")) else {
            continue;
        };
        let is_open = target.get("dynamic").is_some();
        let has_queue = target
            .get("dead_letter_config")
            .is_some_and(|queue| queue.as_list().is_none_or(|blocks| !blocks.is_empty()));
        if !is_open && !has_queue && has_block(schedule, "target") {
            findings
                .at(
                    schedule,
                    schedule.origin(),
                    format!("{} has no dead-letter queue", schedule.describe()),
                )
                .because("a call that fails for a day is dropped without a trace")
                .help(
                    "write `dlq = Failed` with a queue for it: `#[sqs(retention = \"14d\")] pub struct Failed;` \
                     (Terraform: `target.dead_letter_config`)",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(target: &str) -> String {
        format!(r#"{{"resource": {{"aws_scheduler_schedule": {{"s": {{{target}}}}}}}}}"#)
    }

    #[test]
    fn a_schedule_needs_a_dead_letter_queue() {
        fires(
            &RULE,
            &stack(r#""target": [{"arn": "${var.arn}"}]"#),
            "schedule `aws_scheduler_schedule.s` has no dead-letter queue",
        );
        fires(
            &RULE,
            &stack(r#""target": {"arn": "a", "dead_letter_config": []}"#),
            "no dead-letter queue",
        );
        passes(
            &RULE,
            &stack(r#""target": {"dead_letter_config": {"arn": "${aws_sqs_queue.q.arn}"}}"#),
        );
    }

    #[test]
    fn what_is_not_known_yet_passes() {
        passes(
            &RULE,
            &stack(r#""dynamic": {"target": {"for_each": "${var.t}"}}"#),
        );
        passes(
            &RULE,
            &stack(r#""target": {"dynamic": {"dead_letter_config": {"for_each": "${var.q}"}}}"#),
        );
        passes(&RULE, &stack(""));
    }
}
