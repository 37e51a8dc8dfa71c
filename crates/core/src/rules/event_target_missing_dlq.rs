//! A target of a rule has somewhere to put events that could not be delivered.

use super::api_routes::has_block;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_target_missing_dlq",
    summary: "a target of a rule has a dead-letter queue",
    explanation: "EventBridge tries to deliver an event for a day, and not at all where permissions are missing; then \
        it drops it. Without a dead-letter queue for the target the event is lost, and nobody knows.",
    severity: Severity::Deny,
    source: "Amazon EventBridge User Guide, \"Using dead-letter queues to process undelivered events\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for target in graph.resources("aws_cloudwatch_event_target") {
        if has_block(target, "dead_letter_config") {
            continue;
        }
        let finding = findings.at(
            target,
            target.origin(),
            format!("{} has no dead-letter queue", target.describe()),
        );
        finding
            .because("an event that cannot be delivered is dropped without a trace")
            .help(
                "write `target(…, dlq = Failed)` with a queue for it: `#[sqs(retention = \"14d\")] pub struct Failed;` \
                 (Terraform: `dead_letter_config`)",
            );
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_target_needs_a_dead_letter_queue() {
        let stack = |more: &str| {
            format!(
                r#"{{"resource": {{"aws_cloudwatch_event_target": {{"t": {{"rule": "r", "arn": "a"{more}}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(""),
            "target `aws_cloudwatch_event_target.t` has no dead-letter queue",
        );
        fires(
            &RULE,
            &stack(r#", "dead_letter_config": []"#),
            "no dead-letter",
        );
        passes(
            &RULE,
            &stack(r#", "dead_letter_config": {"arn": "${aws_sqs_queue.q.arn}"}"#),
        );
        passes(
            &RULE,
            &stack(r#", "dynamic": {"dead_letter_config": {"for_each": "${var.q}"}}"#),
        );
    }
}
