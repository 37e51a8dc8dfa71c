//! Each function has its own role.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_role_shared",
    summary: "each function has a role of its own",
    explanation: "A role that two functions share has to allow what either of them needs, so each may do what only \
        the other one has to. A mistake in the function that faces the internet then reaches whatever the other \
        one can write to.",
    severity: Severity::Deny,
    source: "AWS Well-Architected, Serverless Applications Lens, \"Identity and access management\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for role in graph.resources("aws_iam_role") {
        let mut functions = role.referrers("aws_lambda_function", "role");
        let Some(first) = functions.next() else {
            continue;
        };
        for function in functions {
            findings
                .at(
                    function,
                    function.origin_of("role"),
                    format!("{} and {} share one role, the {}", first.describe(), function.describe(), role.describe()),
                )
                .because("each of them is allowed everything that the other one needs")
                .related(format!("`role` of {}", first.describe()), first.origin_of("role"))
                .help(
                    "leave `role` out: `#[lambda(…)]` makes a role for each function (Terraform: one `aws_iam_role` for \
                     each `role`)",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(other: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_iam_role": {{"r": {{"name": "r"}}, "s": {{"name": "s"}}}}, "aws_lambda_function": {{
                "one": {{"role": "${{aws_iam_role.r.arn}}"}}, "other": {{"role": "{other}"}}}}}}}}"#
        )
    }

    #[test]
    fn a_role_is_one_functions() {
        fires(
            &RULE,
            &stack("${aws_iam_role.r.arn}"),
            "function `aws_lambda_function.one` and function `aws_lambda_function.other` share one role, the role `aws_iam_role.r`",
        );
        passes(&RULE, &stack("${aws_iam_role.s.arn}"));
        passes(&RULE, &stack("${var.role}"));
    }
}
