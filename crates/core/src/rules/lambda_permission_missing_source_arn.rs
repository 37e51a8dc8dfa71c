//! A service may call a function for one source only.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "lambda_permission_missing_source_arn",
    summary: "a permission for a service names the source, and for S3 the source's account",
    explanation: "A permission for a service without `source_arn` holds for everybody's resources of that service: \
        a stranger can point an API or a topic of their own at the function. The ARN of a bucket has no account \
        in it, so for S3 the account is needed too: once the bucket is deleted, anyone can create one of that \
        name.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Granting Lambda function access to AWS services\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for permission in graph.resources("aws_lambda_permission") {
        let Some(service) = permission
            .text("principal")
            .filter(|principal| is_service(principal))
        else {
            continue;
        };
        if permission.get("principal_org_id").is_some() {
            continue;
        }
        let is_bucket = service.starts_with("s3.");
        if permission.get("source_arn").is_none() {
            let account = if is_bucket {
                " and `source_account`"
            } else {
                ""
            };
            findings
                .at(
                    permission,
                    permission.origin(),
                    format!("{} lets `{service}` call the function for anybody's resources", permission.describe()),
                )
                .because("AWS checks the service, not on whose behalf it calls")
                .help(format!("write `source_arn`{account}, such as `source_arn = Alerts.arn` (Terraform: the same)"));
        } else if is_bucket && permission.get("source_account").is_none() {
            findings
                .at(
                    permission,
                    permission.origin_of("source_arn"),
                    format!("{} names the bucket but not the account it belongs to", permission.describe()),
                )
                .because("a bucket's ARN has no account in it: whoever takes the name over later can call the function")
                .help("write `source_account` as well (Terraform: `source_account`)");
        }
    }
}

fn is_service(principal: &str) -> bool {
    principal.ends_with(".amazonaws.com") || principal.ends_with(".amazonaws.com.cn")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(principal: &str, more: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_lambda_permission": {{"p": {{"principal": "{principal}"{more}}}}}}}}}"#
        )
    }

    #[test]
    fn a_service_needs_a_source() {
        fires(
            &RULE,
            &stack("apigateway.amazonaws.com", ""),
            "lets `apigateway.amazonaws.com` call the function for anybody's",
        );
        passes(
            &RULE,
            &stack(
                "apigateway.amazonaws.com",
                r#", "source_arn": "${aws_api_gateway_rest_api.a.execution_arn}/*""#,
            ),
        );
        passes(
            &RULE,
            &stack("sns.amazonaws.com", r#", "principal_org_id": "o-1""#),
        );
        passes(&RULE, &stack("123456789012", ""));
        passes(&RULE, &stack("${var.principal}", ""));
    }

    #[test]
    fn a_bucket_needs_its_account() {
        fires(
            &RULE,
            &stack("s3.amazonaws.com", ""),
            "for anybody's resources",
        );
        fires(
            &RULE,
            &stack(
                "s3.amazonaws.com",
                r#", "source_arn": "${aws_s3_bucket.b.arn}""#,
            ),
            "not the account",
        );
        passes(
            &RULE,
            &stack(
                "s3.amazonaws.com",
                r#", "source_arn": "${aws_s3_bucket.b.arn}", "source_account": "${var.account}""#,
            ),
        );
    }
}
