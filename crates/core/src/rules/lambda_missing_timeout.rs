//! A function says how long it may take.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_missing_timeout",
    summary: "a function states its timeout",
    explanation: "Without a timeout of its own a function is stopped after 3 s, in the middle of whatever it does. \
        The first slow answer of another service is enough, and the retry begins from the start.",
    severity: Severity::Warn,
    source: "AWS Lambda Developer Guide, \"Configure Lambda function timeout\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        if function.get("timeout").is_none() {
            findings
                .at(
                    function,
                    function.origin(),
                    format!("{} does not state its timeout", function.describe()),
                )
                .because("AWS stops the function after its default of 3 s")
                .help("write `timeout = \"10s\"` in `#[lambda(…)]` (Terraform: `timeout`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_function_states_its_timeout() {
        let stack = |body: &str| {
            format!(r#"{{"resource": {{"aws_lambda_function": {{"f": {{{body}}}}}}}}}"#)
        };
        fires(
            &RULE,
            &stack(r#""function_name": "f""#),
            "function `aws_lambda_function.f` does not state its timeout",
        );
        passes(&RULE, &stack(r#""timeout": 3"#));
        passes(&RULE, &stack(r#""timeout": "${var.timeout}""#));
    }
}
