//! `statement(…)` of a function or a state machine: a permission for which there is no capability.

use webhook_infra_core::{Value, ValueKind};

use super::{Content, Key, Settings, Shape};

pub(super) const STATEMENT: Key = Key::new(
    "statement",
    Shape::DataBlock("aws_iam_policy_document", "statement"),
    "A permission for which there is no capability, as in an `aws_iam_policy_document`: `statement(actions = [\"ses:SendEmail\"], resources = [Sender.arn])`. It may stand several times, and the rules on policies hold for it.",
);

/// The statements as they were written.
pub(super) fn statements(settings: &Settings) -> Vec<Value> {
    let written = settings
        .entries
        .iter()
        .filter(|setting| setting.key.name == STATEMENT.name);
    written
        .filter_map(|setting| match &setting.content {
            Content::Value(value) => {
                let mut value = value.clone();
                if let ValueKind::Object(statement) = &mut value.kind {
                    statement.set_default("effect", "Allow");
                }
                Some(value)
            }
            _ => None,
        })
        .collect()
}
