//! A parameter that is a secret is encrypted.

use super::credentials::{credential, names_secret};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "parameter_secret_in_plain_text",
    summary: "a parameter that holds a secret is a `SecureString`",
    explanation: "Parameter Store keeps a `String` and a `StringList` in plain text: whoever may read the parameter has \
        the value, and Terraform keeps it in its state. A `SecureString` is encrypted with a key of KMS, and \
        reading it takes a permission for that key too. The rule knows the shapes of common credentials, and \
        parameters whose names say that they hold one.",
    severity: Severity::Deny,
    source: "AWS Systems Manager User Guide, \"What is a parameter?\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for parameter in graph.resources("aws_ssm_parameter") {
        if !matches!(parameter.text("type"), Some("String" | "StringList")) {
            continue;
        }
        let arguments = ["value", "insecure_value"];
        let found = arguments.iter().find_map(|argument| {
            let value = parameter.get(argument)?;
            Some((*argument, value, credential(value)))
        });
        let (origin, message) = match found {
            Some((argument, _, Some(kind))) => (
                parameter.origin_of(argument),
                format!("{} holds {kind} in plain text", parameter.describe()),
            ),
            Some((_, value, None)) if may_be_secret(value) && is_named_so(parameter) => (
                parameter.origin_of("name"),
                format!(
                    "{} holds a secret in plain text, by its name",
                    parameter.describe()
                ),
            ),
            _ => continue,
        };
        findings
            .at(parameter, origin, message)
            .because("whoever may read the parameter has it, and Terraform's state keeps it")
            .help("write `secure` in `#[parameter(…)]` and take the value from a variable that is `ephemeral` (Terraform: `type = \"SecureString\"`, `value_wo`)");
    }
}

/// Whether a value is neither a switch, nor a number, nor where something else is.
fn may_be_secret(value: &Value) -> bool {
    let Some(text) = value.as_str() else {
        // A reference to something of the stack is an id or a name; a variable may be anything.
        return value.as_reference().is_some_and(|reference| {
            matches!(reference.target, crate::value::Target::Variable(_))
        });
    };
    !text.is_empty() && !text.starts_with("arn:") && value.as_bool().is_none()
}

/// Whether the last part of the name is that of a secret.
fn is_named_so(parameter: Resource<'_>) -> bool {
    let mut last = None;
    if let Some(name) = parameter.get("name") {
        match &name.kind {
            crate::value::ValueKind::String(text) => last = Some(text.as_str()),
            crate::value::ValueKind::Template(parts) => {
                if let Some(crate::value::Part::Text(text)) = parts.last() {
                    last = Some(text.as_str());
                }
            }
            _ => {}
        }
    }
    last.and_then(|name| name.rsplit('/').next())
        .is_some_and(names_secret)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(name: &str, type_name: &str, value: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_ssm_parameter": {{"p": {{"name": "{name}", "type": "{type_name}", "value": "{value}"}}}}}}}}"#
        )
    }

    #[test]
    fn the_name_tells() {
        for name in [
            "/orders/db-password",
            "/orders/stripe_api_key",
            "token",
            "/${var.stage}/client-secret",
        ] {
            fires(
                &RULE,
                &stack(name, "String", "hunter2"),
                "holds a secret in plain text, by its name",
            );
            fires(&RULE, &stack(name, "StringList", "a,b"), "by its name");
            fires(
                &RULE,
                &stack(name, "String", "${var.secret}"),
                "by its name",
            );
            passes(&RULE, &stack(name, "SecureString", "hunter2"));
            passes(&RULE, &stack(name, "String", "arn:aws:secretsmanager:x"));
            passes(
                &RULE,
                &stack(name, "String", "${aws_secretsmanager_secret.s.name}"),
            );
        }
        passes(&RULE, &stack("/orders/limit", "String", "10"));
        passes(&RULE, &stack("/orders/password/length", "String", "10"));
    }

    #[test]
    fn the_value_tells() {
        fires(
            &RULE,
            &stack("/orders/x", "String", "ghp_0123456789abcdef"),
            "holds a GitHub token in plain text",
        );
    }
}
