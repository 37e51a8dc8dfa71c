//! Event patterns are written as EventBridge reads them.

use super::event_pattern::{self, Flaw};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_pattern_invalid",
    summary: "an event pattern has lists of values and operators that EventBridge knows",
    explanation: "A pattern has the form of an event with a list in place of each value: `{ \"source\" = [\"shop\"] }`. \
        EventBridge refuses a value without its list and an operator that it does not know. A field that no event \
        has, such as `detailType`, it takes, and the rule then never matches.",
    severity: Severity::Reject,
    source: "Amazon EventBridge User Guide, \"Creating Amazon EventBridge event patterns\" and \"Comparison operators for \
        use in event patterns in Amazon EventBridge\"",
};

/// Where Terraform keeps patterns.
const PATTERNS: [(&str, &str); 2] = [
    ("aws_cloudwatch_event_rule", "event_pattern"),
    ("aws_cloudwatch_event_archive", "event_pattern"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, argument) in PATTERNS {
        for rule in graph.resources(type_name) {
            let Some(pattern) = rule.get(argument) else {
                continue;
            };
            let written = rule.origin_of(argument);
            for Flaw {
                message,
                help,
                origin,
            } in event_pattern::flaws(pattern)
            {
                findings
                    .at(
                        rule,
                        origin.or(written),
                        format!("the pattern of {} {message}", rule.describe()),
                    )
                    .because("EventBridge refuses the pattern, or no event ever matches it")
                    .help(format!("{help} (Terraform: `{argument}`)"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(pattern: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_cloudwatch_event_rule": {{"r": {{"event_pattern": "{}"}}}}}}}}"#,
            pattern.replace('"', "\\\"")
        )
    }

    #[test]
    fn expressions_and_json_are_judged_alike() {
        fires(
            &RULE,
            &stack(r#"${jsonencode({source = "shop"})}"#),
            "`source` as a text",
        );
        fires(&RULE, &stack(r#"{"source": "shop"}"#), "`source` as a text");
        fires(&RULE, &stack("source = shop"), "is no JSON");
        passes(&RULE, &stack(r#"${jsonencode({source = ["shop"]})}"#));
        passes(&RULE, &stack(r#"{"source": ["shop"]}"#));
        passes(&RULE, &stack("${var.pattern}"));
        passes(&RULE, &stack("${jsonencode({source = var.sources})}"));
    }
}
