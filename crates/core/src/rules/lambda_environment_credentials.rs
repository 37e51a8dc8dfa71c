//! Secrets do not stand in environment variables.

use super::credentials::{credential, names_secret};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Object, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "lambda_environment_credentials",
    summary: "a function's environment holds no credentials",
    explanation: "What is written here ends up in the source, in the Terraform JSON, in the state and in the \
        console, for everyone who may read the function's configuration, and it can be changed only by a \
        deployment. Keep the secret in Secrets Manager or Parameter Store and give the function its name. The \
        rule knows the shapes of common credentials, and variables whose names say that they hold one.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Securing environment variables\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        let variables = function
            .get("environment.variables")
            .and_then(Value::as_object);
        for (key, value) in variables.into_iter().flat_map(Object::iter) {
            let message = match credential(value) {
                Some(kind) => format!(
                    "environment variable `{}` of {} holds {kind}",
                    key.name,
                    function.describe()
                ),
                None if names_secret(&key.name) && is_stated(value) => {
                    format!(
                        "environment variable `{}` of {} holds a secret, by its name",
                        key.name,
                        function.describe()
                    )
                }
                None => continue,
            };
            let fallback = function.origin_of("environment.variables");
            let origin = value.origin.or(key.origin).or(fallback);
            findings
                .at(function, origin, message)
                .because("it can be read in the source, in Terraform's state and in the console, and not be rotated without a deployment")
                .help("keep the secret in Secrets Manager or Parameter Store and write its ARN or name in `environment = { … }`, in a variable that ends in `_ARN` or `_NAME` (Terraform: `environment.variables`)");
        }
    }
}

/// Whether a value stands there for all to read, and is neither a switch nor the ARN of a secret.
fn is_stated(value: &Value) -> bool {
    match &value.kind {
        ValueKind::Number(_) => true,
        ValueKind::String(text) => {
            !text.is_empty() && !text.starts_with("arn:") && value.as_bool().is_none()
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(name: &str, value: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_lambda_function": {{"f": {{"environment": [{{"variables": {{"{name}": "{value}"}}}}]}}}}}}}}"#
        )
    }

    #[test]
    fn every_shape_is_known() {
        let hex = "0123456789abcdef";
        for (value, kind) in [
            ("AKIAIOSFODNN7EXAMPLE".to_owned(), "an AWS access key"),
            ("key=ASIAIOSFODNN7EXAMPLE;".to_owned(), "an AWS access key"),
            (format!("whsec_{hex}"), "a webhook signing secret"),
            (format!("ghp_{hex}"), "a GitHub token"),
            (format!("github_pat_{hex}"), "a GitHub token"),
            (format!("sk_live_{hex}"), "a Stripe key"),
            (format!("rk_live_{hex}"), "a Stripe key"),
            (format!("xoxb-{hex}"), "a Slack token"),
            (format!("xoxp-{hex}"), "a Slack token"),
            (
                "-----BEGIN RSA PRIVATE KEY-----".to_owned(),
                "a private key",
            ),
            (
                format!("https://x:ghp_{hex}@${{var.host}}"),
                "a GitHub token",
            ),
        ] {
            fires(
                &RULE,
                &stack("SETTING", &value),
                &format!("`SETTING` of function `aws_lambda_function.f` holds {kind}"),
            );
        }
    }

    #[test]
    fn what_only_resembles_one_passes() {
        for value in [
            "AKIAIOSFODNN7EXAMPL",
            "AKIAIOSFODNN7EXAMPLES",
            "AKIAIOSFODNN7exampLE",
            "XAKIAIOSFODNN7EXAMPLE",
            "whsec_",
            "whsec_${var.secret}",
            "task_live_events",
            "-----BEGIN PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----",
        ] {
            passes(&RULE, &stack("SETTING", value));
        }
    }

    #[test]
    fn a_name_tells_too() {
        for name in [
            "STRIPE_SECRET",
            "db_password",
            "TOKEN",
            "TLS_PRIVATE_KEY",
            "STRIPE_API_KEY",
        ] {
            fires(
                &RULE,
                &stack(name, "hunter2"),
                "holds a secret, by its name",
            );
            passes(&RULE, &stack(name, ""));
            passes(&RULE, &stack(name, "true"));
            passes(
                &RULE,
                &stack(name, "arn:aws:secretsmanager:eu-west-1:1:secret:s"),
            );
            passes(&RULE, &stack(name, "${var.secret}"));
        }
        for name in [
            "STRIPE_SECRET_ARN",
            "SECRET_NAME",
            "API_KEY_ID",
            "TOKEN_PATH",
            "TOKENS",
            "TABLE",
        ] {
            passes(&RULE, &stack(name, "hunter2"));
        }
    }

    #[test]
    fn the_value_is_never_shown() {
        let document = crate::json::parse(&stack("STRIPE_SECRET", "hunter2")).unwrap();
        let mut findings = crate::rules::Findings::new(&RULE);
        super::check(&crate::Graph::new(&document), &mut findings);
        assert!(!format!("{:?}", findings.into_diagnostics()).contains("hunter2"));
    }
}
