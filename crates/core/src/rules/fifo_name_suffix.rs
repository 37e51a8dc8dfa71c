//! The name of a FIFO queue or topic ends in `.fifo`, and no other does.

use super::lookup::flag_or_off;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::expression::render_template;
use crate::graph::Graph;
use crate::value::{Part, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "fifo_name_suffix",
    summary: "the name of a FIFO queue or topic ends in `.fifo`, and no other name does",
    explanation: "SQS and SNS tell the two types apart by the suffix `.fifo`, which counts among the characters of \
        the name. They refuse a FIFO queue or topic without it, and a standard one with it.",
    severity: Severity::Reject,
    source: "Amazon SQS Developer Guide, \"FIFO queue quotas\"; Amazon SNS API Reference, \"CreateTopic\"",
};

/// The types, the argument that makes one FIFO, and the construct.
const TYPES: [(&str, &str, &str); 2] = [
    ("aws_sqs_queue", "fifo_queue", "sqs"),
    ("aws_sns_topic", "fifo_topic", "sns"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, flag, construct) in TYPES {
        for resource in graph.resources(type_name) {
            let name = resource.get("name").and_then(|name| match &name.kind {
                ValueKind::String(name) => Some(name.clone()),
                // The ending of a template can be known when its beginning is not.
                ValueKind::Template(parts) if matches!(parts.last(), Some(Part::Text(_))) => {
                    Some(render_template(parts))
                }
                _ => None,
            });
            let (Some(name), Some(is_fifo)) = (name, flag_or_off(resource, flag)) else {
                continue;
            };
            let described = resource.describe();
            let (message, help) = match (is_fifo, name.strip_suffix(".fifo")) {
                (true, None) => (
                    format!("{described} is FIFO, but its name `{name}` does not end in `.fifo`"),
                    format!("write `name = \"{name}.fifo\"` (Terraform: `name`)"),
                ),
                (false, Some(stem)) => (
                    format!("{described} is not FIFO, but its name `{name}` ends in `.fifo`"),
                    format!(
                        "write `fifo` in `#[{construct}(…)]` (Terraform: `{flag} = true`), or `name = \"{stem}\"`"
                    ),
                ),
                _ => continue,
            };
            findings
                .at(resource, resource.origin_of("name"), message)
                .because("AWS refuses to create it with an invalid-name error")
                .help(help);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, arguments: &str) -> String {
        format!(r#"{{"resource": {{"{type_name}": {{"x": {{{arguments}}}}}}}}}"#)
    }

    #[test]
    fn queues_and_topics_are_judged_alike() {
        for (type_name, flag) in [
            ("aws_sqs_queue", "fifo_queue"),
            ("aws_sns_topic", "fifo_topic"),
        ] {
            fires(
                &RULE,
                &stack(type_name, &format!(r#""name": "a", "{flag}": true"#)),
                "`a` does not end in `.fifo`",
            );
            fires(
                &RULE,
                &stack(type_name, r#""name": "a.fifo""#),
                "is not FIFO",
            );
            fires(
                &RULE,
                &stack(type_name, &format!(r#""name": "a.fifo", "{flag}": false"#)),
                "is not FIFO",
            );
            passes(
                &RULE,
                &stack(type_name, &format!(r#""name": "a.fifo", "{flag}": true"#)),
            );
            passes(&RULE, &stack(type_name, r#""name": "a""#));
        }
    }

    #[test]
    fn what_is_not_known_yet_passes() {
        passes(
            &RULE,
            &stack(
                "aws_sqs_queue",
                r#""name": "${var.name}", "fifo_queue": true"#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "aws_sqs_queue",
                r#""name": "a.fifo", "fifo_queue": "${var.fifo}""#,
            ),
        );
        passes(
            &RULE,
            &stack("aws_sqs_queue", r#""name_prefix": "a", "fifo_queue": true"#),
        );
    }
}
