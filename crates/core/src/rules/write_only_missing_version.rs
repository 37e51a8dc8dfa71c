//! A write-only argument comes with the version that tells when it changes.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::graph::{Graph, Resource};
use crate::schema::BlockSchema;
use crate::value::Object;

pub(super) const RULE: Rule = Rule {
    name: "write_only_missing_version",
    summary: "a write-only argument comes with its version",
    explanation: "Terraform keeps nothing of a write-only argument such as `secret_string_wo`, so it cannot see that the \
        value has changed. The provider writes it again when the number beside it, `secret_string_wo_version`, changes. \
        Without that number a new value never arrives.",
    severity: Severity::Deny,
    source: "Terraform, \"Use temporary write-only arguments\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for resource in graph
        .all_resources()
        .filter(|resource| resource.block.kind == BlockKind::Resource)
    {
        if let Some(schema) = resource.schema() {
            body(resource, schema, &resource.block.body, findings);
        }
    }
}

fn body(resource: Resource<'_>, schema: BlockSchema<'_>, object: &Object, findings: &mut Findings) {
    for (key, value) in object.iter() {
        if let Some(nested) = schema.block(&key.name) {
            for inner in value.objects() {
                body(resource, nested.block, inner, findings);
            }
            continue;
        }
        let version = format!("{}_version", key.name);
        let is_write_only = schema
            .attribute(&key.name)
            .is_some_and(|attribute| attribute.write_only);
        if !is_write_only || schema.attribute(&version).is_none() || object.get(&version).is_some()
        {
            continue;
        }
        findings
            .at(
                resource,
                key.origin.or(value.origin),
                format!("`{}` of {} has no `{version}`", key.name, resource.describe()),
            )
            .because("Terraform does not keep the value, so it cannot tell when a new one has to be written")
            .help(format!("add `{version} = 1`, and count it up with each new value"));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn the_version_is_beside_the_value() {
        let stack = |body: &str| {
            format!(
                r#"{{"resource": {{"aws_secretsmanager_secret_version": {{"a": {{"secret_id": "s", {body}}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(r#""secret_string_wo": "x""#),
            "`secret_string_wo_version`",
        );
        passes(
            &RULE,
            &stack(r#""secret_string_wo": "x", "secret_string_wo_version": 1"#),
        );
        passes(&RULE, &stack(r#""secret_string": "x""#));
    }
}
