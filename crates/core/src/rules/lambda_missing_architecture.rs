//! A function says for which processor it was built.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_missing_architecture",
    summary: "a function states its architecture",
    explanation: "Where nothing is said, AWS takes x86_64. A binary that was built for arm64 then fails on its \
        first invocation, and one that was not costs more than it has to: a second on arm64 is a fifth cheaper. \
        Stated, the architecture stands beside the build target that has to match it.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Selecting and configuring an instruction set architecture\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        let is_stated = function
            .get("architectures")
            .is_some_and(|value| value.as_list().is_none_or(|items| !items.is_empty()));
        if !is_stated {
            findings
                .at(
                    function,
                    function.origin_of("architectures"),
                    format!("{} does not state its architecture", function.describe()),
                )
                .because("AWS falls back to x86_64, which an arm64 binary does not run on and which costs more than arm64")
                .help("write `arch = \"arm64\"` in `#[lambda(…)]` (Terraform: `architectures = [\"arm64\"]`)");
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
    fn it_has_to_be_stated() {
        fires(
            &RULE,
            &stack(""),
            "function `aws_lambda_function.f` does not state its architecture",
        );
        fires(
            &RULE,
            &stack(r#""architectures": []"#),
            "does not state its architecture",
        );
        passes(&RULE, &stack(r#""architectures": ["arm64"]"#));
        passes(&RULE, &stack(r#""architectures": ["x86_64"]"#));
        passes(&RULE, &stack(r#""architectures": "${var.architectures}""#));
    }
}
