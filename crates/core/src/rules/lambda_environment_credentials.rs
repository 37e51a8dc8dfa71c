//! Secrets do not stand in environment variables.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Object, Part, Value, ValueKind};

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

/// How credentials begin, and what they are.
const PREFIXES: [(&str, &str); 7] = [
    ("whsec_", "a webhook signing secret"),
    ("ghp_", "a GitHub token"),
    ("github_pat_", "a GitHub token"),
    ("sk_live_", "a Stripe key"),
    ("rk_live_", "a Stripe key"),
    ("xoxb-", "a Slack token"),
    ("xoxp-", "a Slack token"),
];

/// How the names of variables that hold a secret end.
const SUFFIXES: [&str; 7] = [
    "SECRET",
    "SECRET_KEY",
    "PASSWORD",
    "TOKEN",
    "PRIVATE_KEY",
    "API_KEY",
    "ACCESS_KEY",
];

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

/// What the literal text in a value looks like, if it looks like a credential.
fn credential(value: &Value) -> Option<&'static str> {
    let mut found = None;
    value.walk(&mut |value| match &value.kind {
        ValueKind::String(text) => found = found.or_else(|| shape(text)),
        ValueKind::Template(parts) => {
            for part in parts {
                if let Part::Text(text) = part {
                    found = found.or_else(|| shape(text));
                }
            }
        }
        _ => {}
    });
    found
}

fn shape(text: &str) -> Option<&'static str> {
    if has_access_key(text) {
        return Some("an AWS access key");
    }
    if has_private_key(text) {
        return Some("a private key");
    }
    PREFIXES
        .into_iter()
        .find(|(prefix, _)| {
            words(text, prefix)
                .any(|rest| rest.starts_with(|next: char| next.is_ascii_alphanumeric()))
        })
        .map(|(_, kind)| kind)
}

/// What follows each `prefix` that begins a word.
fn words<'t>(text: &'t str, prefix: &'t str) -> impl Iterator<Item = &'t str> {
    text.match_indices(prefix).filter_map(move |(index, _)| {
        let before = text.get(..index)?;
        let is_inside = before.ends_with(|last: char| last.is_ascii_alphanumeric() || last == '_');
        if is_inside {
            None
        } else {
            text.get(index + prefix.len()..)
        }
    })
}

/// `AKIA` or `ASIA`, and sixteen capital letters or digits.
fn has_access_key(text: &str) -> bool {
    ["AKIA", "ASIA"].into_iter().any(|prefix| {
        words(text, prefix).any(|rest| {
            let length = rest.chars().take_while(char::is_ascii_alphanumeric).count();
            length == 16
                && rest
                    .chars()
                    .take(16)
                    .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit())
        })
    })
}

/// A PEM block that is neither a certificate nor a public key.
fn has_private_key(text: &str) -> bool {
    let begin = "-----BEGIN";
    text.match_indices(begin).any(|(index, _)| {
        let rest = text.get(index + begin.len()..).unwrap_or_default();
        let label = rest.split("-----").next().unwrap_or_default();
        !label.contains("CERTIFICATE") && !label.contains("PUBLIC KEY")
    })
}

fn names_secret(name: &str) -> bool {
    let name = name.to_ascii_uppercase();
    SUFFIXES.into_iter().any(|suffix| name.ends_with(suffix))
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
