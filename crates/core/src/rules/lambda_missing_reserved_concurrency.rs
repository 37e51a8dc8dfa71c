//! A function has a share of the account's concurrency to itself.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_missing_reserved_concurrency",
    summary: "a function reserves its concurrency",
    explanation: "All functions of an account and region share one pool, a thousand at once by default. Without a \
        reservation a burst on one function throttles every other, and nothing stops it from overrunning what \
        stands behind it. A reservation is both a guarantee and a limit, and costs nothing.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Configuring reserved concurrency for a function\"",
};

const RESERVED: &str = "reserved_concurrent_executions";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        let is_unreserved = match function.get(RESERVED) {
            None => true,
            Some(value) => value.as_f64() == Some(-1.0),
        };
        // Functions on instances of their own share no pool.
        if is_unreserved && function.get("capacity_provider_config").is_none() {
            findings
                .at(
                    function,
                    function.origin_of(RESERVED),
                    format!("{} reserves no concurrency", function.describe()),
                )
                .because("it competes with every function of the account, and a burst throttles them all")
                .help("write `reserved = 50` in `#[lambda(…)]` (Terraform: `reserved_concurrent_executions`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(function: &str) -> String {
        format!(r#"{{"resource": {{"aws_lambda_function": {{"f": {{{function}}}}}}}}}"#)
    }

    #[test]
    fn absent_and_minus_one_are_the_same() {
        fires(
            &RULE,
            &stack(""),
            "function `aws_lambda_function.f` reserves no concurrency",
        );
        fires(
            &RULE,
            &stack(r#""reserved_concurrent_executions": null"#),
            "reserves no concurrency",
        );
        fires(
            &RULE,
            &stack(r#""reserved_concurrent_executions": -1"#),
            "reserves no concurrency",
        );
    }

    #[test]
    fn any_number_passes_and_so_does_an_unknown_one() {
        passes(&RULE, &stack(r#""reserved_concurrent_executions": 0"#));
        passes(&RULE, &stack(r#""reserved_concurrent_executions": 50"#));
        passes(&RULE, &stack(r#""capacity_provider_config": [{}]"#));
        passes(
            &RULE,
            &stack(r#""reserved_concurrent_executions": "${var.reserved}""#),
        );
    }
}
