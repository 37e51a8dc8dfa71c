//! Logs are deleted one day.

use super::lookup::number_or;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "log_group_missing_retention",
    summary: "a log group has a retention",
    explanation: "CloudWatch keeps log events for ever unless a retention is set, and charges for them every \
        month. What a webhook's log holds of other people's data stays just as long. A group of the class \
        DELIVERY keeps events for two days whatever is set, and is left alone.",
    severity: Severity::Deny,
    source: "Amazon CloudWatch Logs User Guide, \"Change log data retention in CloudWatch Logs\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for group in graph.resources("aws_cloudwatch_log_group") {
        let may_be_delivery = group
            .get("log_group_class")
            .is_some_and(|class| class.as_str().is_none_or(|class| class == "DELIVERY"));
        let days = number_or(group, "retention_in_days", 0.0);
        if !may_be_delivery && days.is_some_and(|days| days <= 0.0) {
            findings
                .at(
                    group,
                    group.origin_of("retention_in_days"),
                    format!("{} keeps its events for ever", group.describe()),
                )
                .because("CloudWatch never deletes them and charges for them every month")
                .help("write `retention = \"7d\"` in `#[log_group(…)]`, `log_retention = \"7d\"` in `#[lambda(…)]` or `access_log(retention = \"7d\")` in `#[rest_api(…)]` (Terraform: `retention_in_days = 7`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(group: &str) -> String {
        format!(r#"{{"resource": {{"aws_cloudwatch_log_group": {{"g": {{{group}}}}}}}}}"#)
    }

    #[test]
    fn absent_and_zero_mean_for_ever() {
        fires(
            &RULE,
            &stack(""),
            "log group `aws_cloudwatch_log_group.g` keeps its events for ever",
        );
        fires(&RULE, &stack(r#""retention_in_days": 0"#), "for ever");
        fires(
            &RULE,
            &stack(r#""log_group_class": "STANDARD""#),
            "for ever",
        );
        passes(&RULE, &stack(r#""retention_in_days": 1"#));
        passes(&RULE, &stack(r#""retention_in_days": "${var.days}""#));
    }

    #[test]
    fn the_class_delivery_has_a_retention_of_its_own() {
        passes(&RULE, &stack(r#""log_group_class": "DELIVERY""#));
        passes(&RULE, &stack(r#""log_group_class": "${var.class}""#));
    }
}
