//! A function URL is not everybody's.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_url_public",
    summary: "a function URL asks its callers who they are",
    explanation: "With authorization type `NONE` everybody who knows or guesses the URL runs the function, at the \
        account's expense, and no throttle, firewall or request validation stands in front of it. Where that is \
        meant, because the function checks a signature itself, say so as the reason of the suppression.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Control access to Lambda function URLs\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for url in graph.resources("aws_lambda_function_url") {
        if url.text("authorization_type") == Some("NONE") {
            findings
                .at(
                    url,
                    url.origin_of("authorization_type"),
                    format!("the {} is open to everybody", url.describe()),
                )
                .because("anyone on the internet can run the function, as often as they like")
                .help(
                    "write `url(auth = \"aws_iam\")`, or put an `#[http_api(…)]` in front of the function \
                     (Terraform: `authorization_type = \"AWS_IAM\"`)",
                );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_url_for_everybody_is_found() {
        let stack = |auth: &str| {
            format!(
                r#"{{"resource": {{"aws_lambda_function_url": {{"u": {{"authorization_type": "{auth}"}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack("NONE"),
            "function URL `aws_lambda_function_url.u` is open",
        );
        passes(&RULE, &stack("AWS_IAM"));
        passes(&RULE, &stack("${var.auth}"));
    }
}
