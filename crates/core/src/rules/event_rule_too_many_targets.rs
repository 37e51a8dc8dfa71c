//! A rule of a bus has five targets at most.

use super::api_routes::is_repeated;
use super::lookup::referred;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_rule_too_many_targets",
    summary: "a rule of an event bus has five targets at most",
    explanation: "EventBridge takes five targets for a rule, and does not raise that for anybody. The sixth is refused \
        when the other five are in place. A second rule with the same pattern has room for five more, and a topic for \
        as many subscriptions as it needs.",
    severity: Severity::Reject,
    source: "Amazon EventBridge User Guide, \"Amazon EventBridge quotas\"",
};

const MOST: usize = 5;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for rule in graph.resources("aws_cloudwatch_event_rule") {
        let targets = graph
            .resources("aws_cloudwatch_event_target")
            .filter(|target| !is_repeated(*target))
            .filter(|target| {
                let named = target
                    .get("rule")
                    .and_then(|name| referred(graph, name, "aws_cloudwatch_event_rule"));
                named.is_some_and(|named| named.is(rule))
            })
            .collect::<Vec<_>>();
        if let Some(first_above) = targets.get(MOST) {
            findings
                .at(
                    *first_above,
                    first_above.origin(),
                    format!(
                        "{} has {} targets, but EventBridge takes {MOST}",
                        rule.describe(),
                        targets.len()
                    ),
                )
                .because("EventBridge refuses the sixth in the middle of `terraform apply`")
                .help(
                    "give the others to a second `#[event_rule(…)]` with the same pattern, or send to an `#[sns]` topic \
                     and subscribe them to it (Terraform: `aws_cloudwatch_event_target`)",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(count: usize, more: &str) -> String {
        let targets = (0..count)
            .map(|place| {
                format!(
                    r#""t{place}": {{"rule": "${{aws_cloudwatch_event_rule.r.name}}", "arn": "a"{more}}}"#
                )
            })
            .collect::<Vec<_>>();
        format!(
            r#"{{"resource": {{"aws_cloudwatch_event_rule": {{"r": {{"name": "r"}}, "other": {{"name": "o"}}}},
                "aws_cloudwatch_event_target": {{{}}}}}}}"#,
            targets.join(", ")
        )
    }

    #[test]
    fn five_are_the_most() {
        passes(&RULE, &stack(5, ""));
        fires(
            &RULE,
            &stack(6, ""),
            "has 6 targets, but EventBridge takes 5",
        );
        passes(&RULE, &stack(6, r#", "count": "${var.count}""#));
        passes(
            &RULE,
            &stack(6, "").replace("${aws_cloudwatch_event_rule.r.name}", "${var.rule}"),
        );
    }
}
