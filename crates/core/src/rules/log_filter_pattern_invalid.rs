//! Filter patterns are written in CloudWatch's own language.

use super::filter_pattern;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "log_filter_pattern_invalid",
    summary: "a filter pattern is one that CloudWatch Logs can read",
    explanation: "A pattern is words (`ERROR -\"health check\"`), a condition on JSON in braces \
        (`{ $.level = \"ERROR\" && $.latency > 100 }`), or fields between spaces in brackets \
        (`[ip, user, status = 5*]`). Words with anything but letters, digits and `_` in them stand in double \
        quotes, regular expressions between `%`. In JSON a field is written from `$` on, and equality is one `=`.",
    severity: Severity::Deny,
    source: "Amazon CloudWatch Logs User Guide, \"Filter pattern syntax for metric filters, subscription filters, filter log events, and Live Tail\"",
};

/// Where patterns are.
const PATTERNS: [(&str, &str); 2] = [
    ("aws_cloudwatch_log_metric_filter", "pattern"),
    ("aws_cloudwatch_log_subscription_filter", "filter_pattern"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, argument) in PATTERNS {
        for filter in graph.resources(type_name) {
            let Some(flaw) = filter.text(argument).and_then(filter_pattern::flaw) else {
                continue;
            };
            findings
                .at(
                    filter,
                    filter.origin_of(argument),
                    format!("`{argument}` of {} {}", filter.describe(), flaw.what),
                )
                .because("CloudWatch Logs refuses the pattern in the middle of `terraform apply`")
                .help(flaw.help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn both_kinds_of_filter_have_patterns() {
        for (type_name, argument) in super::PATTERNS {
            let stack = |pattern: &str| {
                format!(
                    r#"{{"resource": {{"{type_name}": {{"f": {{"{argument}": "{pattern}"}}}}}}}}"#
                )
            };
            fires(&RULE, &stack("{ $.level == 1 }"), "has `==`");
            passes(&RULE, &stack("{ $.level = 1 }"));
            passes(&RULE, &stack("${var.pattern}"));
        }
    }
}
