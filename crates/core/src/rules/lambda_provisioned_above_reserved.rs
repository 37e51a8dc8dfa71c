//! A function keeps no more environments warm than it may run at once.

use super::lookup::referred;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_provisioned_above_reserved",
    summary: "a function's provisioned concurrency fits into what it reserves",
    explanation: "Provisioned concurrency is taken from the function's reserved concurrency. Lambda refuses more of it, \
        when the function is in place and its alias is not.",
    severity: Severity::Reject,
    source: "AWS Lambda Developer Guide, \"Configuring provisioned concurrency for a function\"",
};

const RESERVED: &str = "reserved_concurrent_executions";
const PROVISIONED: &str = "provisioned_concurrent_executions";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        // -1 is no reservation.
        let Some(reserved) = function
            .number(RESERVED)
            .filter(|reserved| *reserved >= 0.0)
        else {
            continue;
        };
        let configs = graph
            .resources("aws_lambda_provisioned_concurrency_config")
            .filter(|config| {
                let named = config
                    .get("function_name")
                    .and_then(|name| referred(graph, name, "aws_lambda_function"));
                named.is_some_and(|named| named.is(function))
            })
            .collect::<Vec<_>>();
        let wanted: f64 = configs
            .iter()
            .filter_map(|config| config.number(PROVISIONED))
            .sum();
        let Some(config) = configs.first().filter(|_| wanted > reserved) else {
            continue;
        };
        findings
            .at(
                *config,
                config.origin_of(PROVISIONED),
                format!(
                    "{} keeps {wanted} environments warm, but may run {reserved} at once",
                    function.describe()
                ),
            )
            .because("Lambda refuses it in the middle of `terraform apply`")
            .related(
                format!("`reserved` of {}", function.describe()),
                function.origin_of(RESERVED),
            )
            .help(format!(
                "write `alias(live, provisioned = {reserved})` or less, or raise `reserved` (Terraform: `{PROVISIONED}`, \
                 `{RESERVED}`)"
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(reserved: &str, provisioned: &[&str]) -> String {
        let configs = provisioned
            .iter()
            .enumerate()
            .map(|(place, number)| {
                format!(
                    r#""c{place}": {{"function_name": "${{aws_lambda_function.f.function_name}}", "provisioned_concurrent_executions": {number}}}"#
                )
            })
            .collect::<Vec<_>>();
        format!(
            r#"{{"resource": {{"aws_lambda_function": {{"f": {{"reserved_concurrent_executions": {reserved}}}}},
                "aws_lambda_provisioned_concurrency_config": {{{}}}}}}}"#,
            configs.join(", ")
        )
    }

    #[test]
    fn the_sum_may_reach_the_reservation() {
        passes(&RULE, &stack("5", &["5"]));
        fires(
            &RULE,
            &stack("5", &["6"]),
            "keeps 6 environments warm, but may run 5",
        );
        passes(&RULE, &stack("5", &["2", "3"]));
        fires(&RULE, &stack("5", &["3", "3"]), "6 environments");
    }

    #[test]
    fn without_a_reservation_there_is_nothing_to_compare() {
        passes(&RULE, &stack("-1", &["6"]));
        passes(&RULE, &stack("null", &["6"]));
        passes(&RULE, &stack("\"${var.reserved}\"", &["6"]));
        passes(&RULE, &stack("5", &["\"${var.provisioned}\""]));
        passes(&RULE, &stack("5", &[]));
    }
}
