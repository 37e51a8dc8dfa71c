//! What is sensitive stays so on its way out.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::Graph;
use crate::value::{Part, Reference, Step, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "output_missing_sensitive",
    summary: "an output of something sensitive is sensitive",
    explanation: "Terraform does not show what is sensitive. An output of a sensitive variable, or of a text or local with \
        one in it, would show it, so Terraform refuses to plan until the output says `sensitive` as well. Where the schema \
        marks an attribute as sensitive, the same holds for it.",
    severity: Severity::Reject,
    source: "Terraform, \"Manage sensitive data in your configuration\"; the provider's schema",
};

/// How far locals are followed.
const MAX_DEPTH: usize = 16;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for output in graph
        .all()
        .filter(|block| block.block.kind == BlockKind::Output)
    {
        if output.flag("sensitive") == Some(true) || output.flag("ephemeral") == Some(true) {
            continue;
        }
        // A constant or an expression may turn out to be true.
        if output
            .get("sensitive")
            .is_some_and(|value| value.as_bool().is_none())
        {
            continue;
        }
        let Some(value) = output.get("value") else {
            continue;
        };
        if let Some((reference, origin)) = sensitive(graph, value, 0) {
            findings
                .at(
                    output,
                    origin.or(output.origin_of("value")),
                    format!(
                        "`{}` shows `{reference}`, which is sensitive",
                        output.block.address()
                    ),
                )
                .because("Terraform refuses to plan: the output would show it")
                .help("add `sensitive`, or write `nonsensitive(…)` around it if it is no secret");
        }
    }
}

/// The first sensitive reference that makes the value sensitive.
fn sensitive<'g>(
    graph: &'g Graph<'g>,
    value: &'g Value,
    depth: usize,
) -> Option<(&'g Reference, Origin)> {
    if depth > MAX_DEPTH {
        return None;
    }
    match &value.kind {
        ValueKind::Reference(reference) => {
            is_sensitive(graph, reference, depth).then_some((reference, value.origin))
        }
        ValueKind::Template(parts) => parts.iter().find_map(|part| match part {
            Part::Interpolation(inner) => sensitive(graph, inner, depth),
            Part::Text(_) => None,
        }),
        ValueKind::List(items) => items.iter().find_map(|item| sensitive(graph, item, depth)),
        ValueKind::Object(object) => object
            .iter()
            .find_map(|(_, item)| sensitive(graph, item, depth)),
        // What is made of a sensitive value is sensitive, even its length.
        ValueKind::Call {
            function,
            arguments,
            ..
        } if !["can", "issensitive", "nonsensitive"].contains(&function.as_str()) => arguments
            .iter()
            .find_map(|argument| sensitive(graph, argument, depth)),
        ValueKind::Unary(_, operand) => sensitive(graph, operand, depth),
        ValueKind::Binary(_, left, right) => {
            sensitive(graph, left, depth).or_else(|| sensitive(graph, right, depth))
        }
        ValueKind::Conditional(branches) => branches
            .iter()
            .find_map(|branch| sensitive(graph, branch, depth)),
        _ => None,
    }
}

fn is_sensitive<'g>(graph: &'g Graph<'g>, reference: &'g Reference, depth: usize) -> bool {
    let Some(target) = graph.target(&reference.target) else {
        return false;
    };
    let schema = match target.block.kind {
        BlockKind::Variable => return target.flag("sensitive") == Some(true),
        // An attribute of a local may be another part of it than the sensitive one.
        BlockKind::Locals => {
            return reference.path.is_empty()
                && target
                    .get("value")
                    .is_some_and(|value| sensitive(graph, value, depth + 1).is_some());
        }
        BlockKind::Resource | BlockKind::Data => target.schema(),
        _ => None,
    };
    let [Step::Attribute(name), ..] = reference.path.as_slice() else {
        return false;
    };
    schema
        .and_then(|schema| schema.attribute(name))
        .is_some_and(|attribute| attribute.sensitive)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn secrets_are_not_shown() {
        let stack = |output: &str| {
            format!(
                r#"{{"variable": {{"s": {{"sensitive": true}}, "p": {{}}}}, "locals": {{"l": {{"a": "${{var.s}}"}}}}, "output": {{"o": {output}}}}}"#
            )
        };
        for output in [
            r#"{"value": "${var.s}"}"#,
            r#"{"value": {"a": ["x-${var.s}"]}}"#,
            r#"{"value": "${local.l}"}"#,
        ] {
            fires(&RULE, &stack(output), "which is sensitive");
        }
        for output in [
            r#"{"value": "${var.s}", "sensitive": true}"#,
            r#"{"value": "${nonsensitive(var.s)}"}"#,
            r#"{"value": "${var.p}"}"#,
            r#"{"value": "${local.l.b}"}"#,
        ] {
            passes(&RULE, &stack(output));
        }
    }
}
