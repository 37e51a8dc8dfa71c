//! Secrets are not written into the configuration.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::schema::{Attribute, BlockSchema, Type};
use crate::value::{Object, Value, ValueKind};

use super::credentials::names_secret;

pub(super) const RULE: Rule = Rule {
    name: "secret_value_literal",
    summary: "passwords, tokens and the values of secrets come from outside the configuration",
    explanation: "What is written here is in the source and its history, in the Terraform JSON and, but for write-only \
        arguments, in Terraform's state, for everybody who can read one of them, and it is there still when the \
        secret has been changed. Take it from a variable that is `ephemeral` or from an ephemeral resource, and \
        hand it on in the write-only argument (`secret_string_wo`, `value_wo`, `password_wo`), which the state \
        does not keep. A placeholder whose changes Terraform is told to ignore is no secret.",
    severity: Severity::Deny,
    source: "Terraform, \"Manage sensitive data in your configuration\"; AWS Secrets Manager User Guide, \"AWS Secrets Manager best practices\"",
};

/// How the names of arguments end that hold a secret.
const ENDINGS: [&str; 10] = [
    "auth_token",
    "client_secret",
    "oauth_token",
    "password",
    "passwords",
    "private_key",
    "secret_binary",
    "secret_key",
    "secret_string",
    "authorization_api_key_value",
];

/// Arguments that are named as others are, and hold a secret all the same.
const OTHERS: [(&str, &str); 4] = [
    (
        "aws_cloudwatch_event_connection",
        "auth_parameters.api_key.value",
    ),
    ("aws_codebuild_source_credential", "token"),
    ("aws_kms_ciphertext", "plaintext"),
    ("aws_ssm_parameter", "value"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for resource in graph.all_resources() {
        let Some(schema) = graph.schemas.resource(resource.type_name()) else {
            continue;
        };
        visit(resource, schema, &resource.block.body, "", findings);
    }
}

/// Goes through the arguments of a block and of the blocks in it.
fn visit(
    resource: Resource<'_>,
    schema: BlockSchema<'_>,
    body: &Object,
    path: &str,
    findings: &mut Findings,
) {
    for (key, value) in body.iter() {
        let path = if path.is_empty() {
            key.name.clone()
        } else {
            format!("{path}.{}", key.name)
        };
        if let Some(nested) = schema.block(&key.name) {
            for object in value.objects() {
                visit(resource, nested.block, object, &path, findings);
            }
            continue;
        }
        let holds_secret = schema
            .attribute(&key.name)
            .is_some_and(|attribute| is_secret(resource, &attribute, &path));
        if holds_secret && !is_ignored(resource, &path) {
            let around = value.origin.or(key.origin).or(resource.origin());
            judge(resource, schema, &key.name, value, around, findings);
        }
    }
}

fn is_secret(resource: Resource<'_>, attribute: &Attribute<'_>, path: &str) -> bool {
    let type_name = resource.type_name();
    let is_text = match attribute.type_() {
        Type::String => true,
        Type::List(item) | Type::Set(item) => matches!(*item, Type::String),
        _ => false,
    };
    // A file's path, and the ids of clients, which are no secret.
    let is_other = type_name.starts_with("aws_appmesh_")
        || path.ends_with("client_id_wo")
        || path.ends_with("tenant_id_wo");
    if !is_text || is_other {
        return false;
    }
    if type_name == "aws_ssm_parameter" && resource.text("type") != Some("SecureString") {
        return false;
    }
    attribute.write_only
        || ENDINGS.iter().any(|ending| path.ends_with(ending))
        || OTHERS.contains(&(type_name, path))
}

/// Whether Terraform is told not to look at the argument again after the first time.
fn is_ignored(resource: Resource<'_>, path: &str) -> bool {
    let first = path.split('.').next().unwrap_or(path);
    let Some(ignored) = resource.get("lifecycle.ignore_changes") else {
        return false;
    };
    let mut found = false;
    ignored.walk(&mut |value| {
        let name = match &value.kind {
            ValueKind::Address(address) => address.as_str(),
            ValueKind::String(text) => text,
            _ => return,
        };
        found |= name == "all" || name.split(['.', '[']).next() == Some(first);
    });
    found
}

fn judge(
    resource: Resource<'_>,
    schema: BlockSchema<'_>,
    name: &str,
    value: &Value,
    around: Origin,
    findings: &mut Findings,
) {
    let is_write_only = name.ends_with("_wo");
    let write_only = match name {
        _ if is_write_only => name.to_owned(),
        _ => format!("{name}_wo"),
    };
    let help = if ["aws_secretsmanager_secret_version", "aws_ssm_parameter"]
        .contains(&resource.type_name())
    {
        format!(
            "take it from outside: `value = var.secret` (Terraform: `{write_only}`), with a variable that is `ephemeral` and `sensitive`"
        )
    } else if is_write_only || schema.attribute(&write_only).is_some() {
        format!(
            "take it from outside: `{write_only} = var.secret` and `{write_only}_version = 1`, with a variable that is `ephemeral` and `sensitive`"
        )
    } else {
        format!("take it from outside: `{name} = var.secret`, with a variable that is `sensitive`")
    };
    if let Some(origin) = literal(value) {
        findings
            .at(
                resource,
                origin.or(around),
                format!("`{name}` of {} is written out", resource.describe()),
            )
            .because(
                "whoever can read the source, its history or the Terraform JSON has the secret",
            )
            .help(help);
        return;
    }
    let Some(variable) = resource
        .graph
        .resolve(value)
        .filter(|block| block.block.kind == BlockKind::Variable && value.as_reference().is_some())
    else {
        return;
    };
    if variable
        .text("default")
        .is_some_and(|text| !text.is_empty())
    {
        findings
            .at(
                variable,
                variable.origin_of("default"),
                format!(
                    "the default of {} is written out, and is `{name}` of {}",
                    variable.describe(),
                    resource.describe()
                ),
            )
            .because(
                "whoever can read the source, its history or the Terraform JSON has the secret",
            )
            .related(format!("`{name}` of {}", resource.describe()), around)
            .help("leave `default` out: Terraform then asks for the value");
    }
}

/// Where the literal text of a secret stands, if it does.
fn literal(value: &Value) -> Option<Origin> {
    match &value.kind {
        ValueKind::String(text) if !text.is_empty() && !text.starts_with("arn:") => {
            Some(value.origin)
        }
        ValueKind::List(items) => items.iter().find_map(literal),
        ValueKind::Call { arguments, .. } if value.as_object().is_none() => {
            let is_literal = !arguments.is_empty() && arguments.iter().all(Value::is_literal);
            is_literal
                .then(|| arguments.iter().find_map(literal))
                .flatten()
                .map(|origin| origin.or(value.origin))
        }
        // Of `{ user = "admin", password = var.password }` only the user is written out.
        _ => {
            let object = value.as_object()?;
            let all = value_is_literal(object);
            object
                .iter()
                .filter(|(key, _)| all || names_secret(&key.name))
                .find_map(|(key, inner)| Some(literal(inner)?.or(key.origin).or(value.origin)))
        }
    }
}

fn value_is_literal(object: &Object) -> bool {
    object.iter().all(|(_, value)| value.is_literal())
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, body: &str) -> String {
        format!(r#"{{"resource": {{"{type_name}": {{"r": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn secrets_are_known_by_their_arguments() {
        for (type_name, body, name) in [
            (
                "aws_secretsmanager_secret_version",
                r#""secret_string": "hunter2""#,
                "secret_string",
            ),
            (
                "aws_secretsmanager_secret_version",
                r#""secret_string_wo": "hunter2""#,
                "secret_string_wo",
            ),
            (
                "aws_ssm_parameter",
                r#""type": "SecureString", "value": "hunter2""#,
                "value",
            ),
            ("aws_db_instance", r#""password": "hunter2""#, "password"),
            (
                "aws_rds_cluster",
                r#""master_password": "hunter2""#,
                "master_password",
            ),
            (
                "aws_mq_broker",
                r#""user": [{"password": "hunter2"}]"#,
                "password",
            ),
            (
                "aws_elasticache_user",
                r#""passwords": ["${var.one}", "hunter2"]"#,
                "passwords",
            ),
            (
                "aws_cloudwatch_event_connection",
                r#""auth_parameters": {"api_key": {"key": "x", "value": "hunter2"}}"#,
                "value",
            ),
            (
                "aws_secretsmanager_secret_version",
                r#""secret_binary": "${base64encode(\"hunter2\")}""#,
                "secret_binary",
            ),
        ] {
            fires(&RULE, &stack(type_name, body), &format!("`{name}` of "));
        }
    }

    #[test]
    fn what_is_not_known_or_no_secret_passes() {
        for (type_name, body) in [
            (
                "aws_secretsmanager_secret_version",
                r#""secret_string_wo": "${var.secret}", "secret_string_wo_version": 1"#,
            ),
            ("aws_ssm_parameter", r#""type": "String", "value": "10""#),
            (
                "aws_db_instance",
                r#""username": "admin", "password": "${var.p}""#,
            ),
            ("aws_db_instance", r#""manage_master_user_password": true"#),
            ("aws_db_instance", r#""password": """#),
            (
                "aws_secretsmanager_secret_version",
                r#""secret_string": "{}", "lifecycle": {"ignore_changes": ["secret_string"]}"#,
            ),
        ] {
            passes(&RULE, &stack(type_name, body));
        }
    }

    #[test]
    fn of_a_map_the_secret_parts_count() {
        let version = |inner: &str| {
            stack(
                "aws_secretsmanager_secret_version",
                &format!(r#""secret_string": "${{jsonencode({{{inner}}})}}""#),
            )
        };
        passes(&RULE, &version(r#"user = \"admin\", password = var.p"#));
        fires(
            &RULE,
            &version(r#"user = var.u, password = \"hunter2\""#),
            "is written out",
        );
        fires(&RULE, &version(r#"key = \"hunter2\""#), "is written out");
    }

    #[test]
    fn the_default_of_a_variable_is_the_same() {
        let with = |default: &str| {
            format!(
                r#"{{"variable": {{"p": {{"type": "string"{default}}}}},
                    "resource": {{"aws_db_instance": {{"d": {{"password": "${{var.p}}"}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &with(r#", "default": "hunter2""#),
            "the default of `var.p` is written out, and is `password` of",
        );
        passes(&RULE, &with(""));
        passes(&RULE, &with(r#", "default": null"#));
    }
}
