//! Conditions are about something.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::value::{Target, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "condition_without_reference",
    summary: "a condition refers to what it is about, and a variable's validation to the variable",
    explanation: "A condition that refers to nothing holds always or never, so Terraform refuses it in `precondition`, \
        `postcondition` and `assert`. The `validation` of a variable has to refer to that variable, since it judges the \
        value that was given.",
    severity: Severity::Reject,
    source: "Terraform, \"Validate your configuration\" and \"Input variable validation\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for block in graph.all() {
        let places: &[&str] = match block.block.kind {
            BlockKind::Variable => &["validation"],
            BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral => {
                &["lifecycle.precondition", "lifecycle.postcondition"]
            }
            BlockKind::Output => &["precondition"],
            BlockKind::Check => &["assert"],
            _ => continue,
        };
        for place in places {
            for condition in block.get(place).map(Value::objects).unwrap_or_default() {
                if let Some((key, value)) = condition.entry("condition") {
                    let origin = value.origin.or(key.origin);
                    judge(block, place, value, origin, findings);
                }
            }
        }
    }
}

fn judge(
    block: Resource<'_>,
    place: &str,
    condition: &Value,
    origin: Origin,
    findings: &mut Findings,
) {
    let name = place.rsplit('.').next().unwrap_or(place);
    let address = block.block.address();
    let own = block
        .block
        .target()
        .filter(|_| block.block.kind == BlockKind::Variable);
    let mut refers = false;
    let mut refers_to_itself = false;
    condition.walk(&mut |inner| match &inner.kind {
        ValueKind::Reference(reference) => {
            refers = true;
            refers_to_itself |= own.as_ref() == Some(&reference.target);
        }
        // What is passed on as it is may refer to anything.
        ValueKind::Raw { .. } => {
            refers = true;
            refers_to_itself = true;
        }
        _ => {}
    });
    if let Some(own) = own.filter(|_| !refers_to_itself) {
        let example = match &own {
            Target::Variable(variable) => format!("var.{variable}"),
            other => other.to_string(),
        };
        findings
            .at(
                block,
                origin,
                format!("the condition of `{address}` does not refer to the variable"),
            )
            .because("Terraform refuses a validation that does not look at the value")
            .help(format!(
                "write a condition about `{example}`, such as `{example} != \"\"`"
            ));
    } else if !refers {
        findings
            .at(
                block,
                origin,
                format!("the condition of `{name}(…)` of `{address}` refers to nothing"),
            )
            .because("it holds always or never, and Terraform refuses it")
            .help("write a condition about something in the stack: `Events.arn != \"\"`");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn conditions_refer_to_something() {
        for (stack, message) in [
            (
                r#"{"variable": {"a": {"validation": [{"condition": "${1 < 2}", "error_message": "m"}]}}}"#,
                "does not refer to the variable",
            ),
            (
                r#"{"variable": {"b": {}, "a": {"validation": [{"condition": "${var.b != 1}", "error_message": "m"}]}}}"#,
                "`var.a`",
            ),
            (
                r#"{"output": {"a": {"value": 1, "precondition": [{"condition": "${true}", "error_message": "m"}]}}}"#,
                "`precondition(…)`",
            ),
            (
                r#"{"check": {"a": {"assert": [{"condition": true, "error_message": "m"}]}}}"#,
                "`assert(…)`",
            ),
            (
                r#"{"resource": {"aws_a": {"b": {"lifecycle": {"postcondition": {"condition": "${upper(\"a\") == \"A\"}", "error_message": "m"}}}}}}"#,
                "`postcondition(…)`",
            ),
        ] {
            fires(&RULE, stack, message);
        }
        for stack in [
            r#"{"variable": {"b": {}, "a": {"validation": [{"condition": "${var.a != var.b}", "error_message": "m"}]}}}"#,
            r#"{"check": {"a": {"assert": [{"condition": "${terraform.workspace == \"live\"}", "error_message": "m"}]}}}"#,
            r#"{"resource": {"aws_a": {"b": {"lifecycle": {"postcondition": {"condition": "${self.id != \"\"}", "error_message": "m"}}}}}}"#,
        ] {
            passes(&RULE, stack);
        }
    }
}
