//! What was moved or removed is gone from the stack.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::graph::{Graph, Resource};
use crate::value::ValueKind;

pub(super) const RULE: Rule = Rule {
    name: "moved_still_declared",
    summary: "what was moved away or removed is no longer declared",
    explanation: "`moved` says that a block has another name now, and `removed` that there is none any more. Terraform \
        refuses both as long as the stack declares a block under the old name.",
    severity: Severity::Reject,
    source: "Terraform, \"Refactoring\" and \"Remove a resource from state\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let is_history =
        |block: &Resource<'_>| matches!(block.block.kind, BlockKind::Moved | BlockKind::Removed);
    let mut histories = graph.all().filter(is_history).peekable();
    if histories.peek().is_none() {
        return;
    }
    for history in histories {
        let Some(ValueKind::Address(from)) = history.get("from").map(|from| &from.kind) else {
            continue;
        };
        // An instance may have moved out of a resource that is still there.
        let declared = graph.all().find(|block| {
            block
                .block
                .target()
                .is_some_and(|target| target.to_string() == from.as_str())
        });
        let Some(declared) = declared else {
            continue;
        };
        let is_move = history.block.kind == BlockKind::Moved;
        if is_move && stays(history, from.as_str()) {
            continue;
        }
        let what = if is_move {
            "moved away from"
        } else {
            "removed"
        };
        findings
            .at(
                history,
                history.origin_of("from"),
                format!("`{from}` was {what}, and the stack still declares it"),
            )
            .because("Terraform refuses a history that the configuration contradicts")
            .related(declared.describe(), declared.origin())
            .help(if is_move {
                "rename the struct that has the old name, or remove this `moved`"
            } else {
                "remove the struct that declares it, or this `removed`"
            });
    }
}

/// Whether a resource moves to an instance of itself: it was one, and is one of several now.
fn stays(history: Resource<'_>, from: &str) -> bool {
    let Some(ValueKind::Address(to)) = history.get("to").map(|to| &to.kind) else {
        return false;
    };
    to.as_str()
        .strip_prefix(from)
        .is_some_and(|key| key.starts_with('[') && key.ends_with(']'))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    const QUEUES: &str =
        r#""resource": {"aws_sqs_queue": {"a": {}, "b": {}}, "aws_sns_topic": {"a": {}}}"#;

    #[test]
    fn old_names_are_gone() {
        for (history, message) in [
            (
                r#""moved": [{"from": "aws_sqs_queue.a", "to": "aws_sqs_queue.b"}]"#,
                "moved away",
            ),
            (
                r#""moved": [{"from": "aws_sqs_queue.a", "to": "aws_sqs_queue.b[0]"}]"#,
                "moved away",
            ),
            (r#""removed": [{"from": "aws_sqs_queue.a"}]"#, "was removed"),
        ] {
            fires(&RULE, &format!("{{{QUEUES}, {history}}}"), message);
        }
        for history in [
            r#""moved": [{"from": "aws_sqs_queue.c", "to": "aws_sqs_queue.b"}]"#,
            r#""moved": [{"from": "aws_sqs_queue.a[0]", "to": "aws_sqs_queue.b"}]"#,
            r#""moved": [{"from": "aws_sqs_queue.a", "to": "aws_sqs_queue.a[\"k\"]"}]"#,
            r#""moved": [{"from": "aws_sqs_queue.a[\"k\"]", "to": "aws_sqs_queue.a"}]"#,
            r#""removed": [{"from": "module.a"}]"#,
        ] {
            passes(&RULE, &format!("{{{QUEUES}, {history}}}"));
        }
    }
}
