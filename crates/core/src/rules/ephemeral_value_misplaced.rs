//! Ephemeral values stand only where Terraform does not keep them.

use std::collections::HashSet;

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::schema::BlockSchema;
use crate::value::{Object, Reference, Target, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "ephemeral_value_misplaced",
    summary: "an ephemeral value stands only where Terraform does not keep it",
    explanation: "The values of ephemeral resources and ephemeral variables, and what is computed from them, are kept \
        neither in the plan nor in the state. So Terraform takes them only where it keeps nothing: in write-only \
        arguments (`secret_string_wo`), in the configuration of providers and of other ephemeral resources, in locals, in \
        provisioners and connections, and in ephemeral variables and outputs of modules. Everywhere else the plan fails.",
    severity: Severity::Reject,
    source: "Terraform, \"Ephemeral values in resources\" and \"Use temporary write-only arguments\"",
};

/// The function that makes an ephemeral value an ordinary one, which is `null`.
const MADE_ORDINARY: [&str; 3] = ["can", "ephemeralasnull", "issensitive"];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let ephemeral = ephemeral_targets(graph);
    if ephemeral.is_empty() {
        return;
    }
    for block in graph.all() {
        let search = Search {
            block,
            ephemeral: &ephemeral,
        };
        match block.block.kind {
            BlockKind::Resource => {
                search.meta(findings);
                if let Some(schema) = block.schema() {
                    search.body(schema, &block.block.body, findings);
                }
            }
            BlockKind::Data => {
                for (key, value) in block.block.body.iter() {
                    if key.name != "lifecycle" {
                        search.value(&key.name, value, key.origin, "", findings);
                    }
                }
            }
            BlockKind::Output => {
                let value = block.get("value");
                if let Some(value) = value.filter(|_| block.flag("ephemeral") != Some(true)) {
                    search.value("value", value, block.origin_of("value"), "", findings);
                }
            }
            BlockKind::Ephemeral | BlockKind::Module => search.meta(findings),
            BlockKind::Import => {
                for (key, value) in block.block.body.iter() {
                    search.value(&key.name, value, key.origin, "", findings);
                }
            }
            _ => {}
        }
    }
}

/// What has an ephemeral value: resources, variables, and locals made from them.
fn ephemeral_targets(graph: &Graph<'_>) -> HashSet<Target> {
    let mut ephemeral = graph
        .all()
        .filter(|block| match block.block.kind {
            BlockKind::Ephemeral => true,
            BlockKind::Variable => block.flag("ephemeral") == Some(true),
            _ => false,
        })
        .filter_map(|block| block.block.target())
        .collect::<HashSet<_>>();
    if ephemeral.is_empty() {
        return ephemeral;
    }
    loop {
        let more = graph
            .all()
            .filter(|block| block.block.kind == BlockKind::Locals)
            .filter(|block| {
                block
                    .get("value")
                    .is_some_and(|value| first_ephemeral(value, &ephemeral).is_some())
            })
            .filter_map(|block| block.block.target())
            .filter(|target| !ephemeral.contains(target))
            .collect::<Vec<_>>();
        if more.is_empty() {
            return ephemeral;
        }
        ephemeral.extend(more);
    }
}

/// The first reference in a value that makes it ephemeral.
fn first_ephemeral<'v>(
    value: &'v Value,
    ephemeral: &HashSet<Target>,
) -> Option<(&'v Reference, Origin)> {
    let mut made_ordinary = HashSet::new();
    value.walk(&mut |inner| {
        if let ValueKind::Call {
            function,
            arguments,
            ..
        } = &inner.kind
        {
            if MADE_ORDINARY.contains(&function.as_str()) {
                for argument in arguments {
                    argument.walk(&mut |inner| {
                        made_ordinary.insert(std::ptr::from_ref(inner));
                    });
                }
            }
        }
    });
    let mut found = None;
    value.walk(&mut |inner| {
        let reference = inner.as_reference().filter(|reference| {
            ephemeral.contains(&reference.target)
                && !made_ordinary.contains(&std::ptr::from_ref(inner))
        });
        if let (None, Some(reference)) = (&found, reference) {
            found = Some((reference, inner.origin));
        }
    });
    found
}

struct Search<'g> {
    block: Resource<'g>,
    ephemeral: &'g HashSet<Target>,
}

impl Search<'_> {
    /// What decides how many instances there are, and under which names, is kept for every kind of block.
    fn meta(&self, findings: &mut Findings) {
        for name in ["count", "for_each"] {
            if let Some((key, value)) = self.block.block.body.entry(name) {
                self.value(name, value, key.origin, "", findings);
            }
        }
    }

    fn body(&self, schema: BlockSchema<'_>, body: &Object, findings: &mut Findings) {
        for (key, value) in body.iter() {
            if let Some(attribute) = schema.attribute(&key.name) {
                if !attribute.write_only {
                    let twin = format!("{}_wo", key.name);
                    let twin = schema
                        .attribute(&twin)
                        .filter(|twin| twin.write_only)
                        .map_or(String::new(), |_| twin);
                    self.value(&key.name, value, key.origin, &twin, findings);
                }
            } else if let Some(nested) = schema.block(&key.name) {
                for body in value.objects() {
                    self.body(nested.block, body, findings);
                }
            } else if key.name == "dynamic" {
                self.dynamic(schema, value, findings);
            }
        }
    }

    fn dynamic(&self, schema: BlockSchema<'_>, value: &Value, findings: &mut Findings) {
        for (name, dynamic) in value.as_object().into_iter().flat_map(Object::iter) {
            for dynamic in dynamic.objects() {
                if let Some((key, value)) = dynamic.entry("for_each") {
                    self.value("for_each", value, key.origin, "", findings);
                }
                let content = dynamic.get("content").and_then(Value::as_object);
                if let (Some(nested), Some(content)) = (schema.block(&name.name), content) {
                    self.body(nested.block, content, findings);
                }
            }
        }
    }

    fn value(
        &self,
        name: &str,
        value: &Value,
        around: Origin,
        twin: &str,
        findings: &mut Findings,
    ) {
        let Some((reference, origin)) = first_ephemeral(value, self.ephemeral) else {
            return;
        };
        let place = match self.block.block.kind {
            BlockKind::Resource => self.block.describe(),
            _ => format!("`{}`", self.block.block.address()),
        };
        let help = if self.block.block.kind == BlockKind::Output {
            "leave it out; where this stack is a module of another one, make the output `ephemeral`"
                .to_owned()
        } else if twin.is_empty() {
            "it can stand in write-only arguments (`…_wo`), providers, other ephemeral resources, locals, provisioners and connections"
                .to_owned()
        } else {
            format!("write `{twin} = …` with `{twin}_version = 1`, which Terraform does not keep")
        };
        findings
            .at(
                self.block,
                origin.or(value.origin).or(around),
                format!("`{name}` of {place} is kept in Terraform's state, and `{reference}` is ephemeral"),
            )
            .because("Terraform refuses to plan: an ephemeral value may not be stored")
            .help(help);
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    const READ: &str = r#""ephemeral": {"aws_secretsmanager_secret_version": {"p": {"secret_id": "s"}}},
        "variable": {"token": {"ephemeral": true}, "plain": {}},
        "locals": {"twice": "${local.once}", "once": "${upper(ephemeral.aws_secretsmanager_secret_version.p.secret_string)}",
            "nothing": "${ephemeralasnull(var.token)}"}"#;

    fn stack(rest: &str) -> String {
        format!("{{{READ}, {rest}}}")
    }

    #[test]
    fn what_is_kept_takes_no_ephemeral_value() {
        for (rest, message) in [
            (
                r#""resource": {"aws_ssm_parameter": {"a": {"value": "${var.token}"}}}"#,
                "`value`",
            ),
            (
                r#""resource": {"aws_ssm_parameter": {"a": {"value": "x-${local.twice}"}}}"#,
                "`local.twice`",
            ),
            (
                r#""resource": {"aws_ssm_parameter": {"a": {"count": "${length(var.token)}"}}}"#,
                "`count`",
            ),
            (
                r#""data": {"aws_lb": {"a": {"name": "${var.token}"}}}"#,
                "`data.aws_lb.a`",
            ),
            (r#""output": {"a": {"value": "${var.token}"}}"#, "`value`"),
            (
                r#""resource": {"aws_instance": {"a": {"dynamic": {"ebs_block_device": {"for_each": [1], "content": {"device_name": "${var.token}"}}}}}}"#,
                "`device_name`",
            ),
        ] {
            fires(&RULE, &stack(rest), message);
        }
    }

    #[test]
    fn what_is_not_kept_does() {
        for rest in [
            r#""resource": {"aws_ssm_parameter": {"a": {"value_wo": "${local.twice}"}}}"#,
            r#""resource": {"aws_ssm_parameter": {"a": {"value": "${var.plain}-${local.nothing}"}}}"#,
            r#""resource": {"aws_ssm_parameter": {"a": {"provisioner": [{"local-exec": {"command": "${var.token}"}}]}}}"#,
            r#""provider": {"aws": {"token": "${var.token}"}}"#,
            r#""module": {"m": {"source": "./m", "token": "${var.token}"}}"#,
            r#""output": {"a": {"value": "${var.token}", "ephemeral": true}}"#,
        ] {
            passes(&RULE, &stack(rest));
        }
    }
}
