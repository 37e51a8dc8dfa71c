//! Conditions with their messages: `validation(…)`, `precondition(…)`, `postcondition(…)`, `assert(…)`.

use proc_macro2::Span;
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Key as EntryKey, Object, Value, ValueKind};

use crate::context::{Context, unknown};
use crate::syntax::{Entry, EntryKind};

const KEYS: [&str; 2] = ["condition", "error_message"];

impl Context<'_> {
    /// The condition of a block such as `assert(condition = …, error_message = "…")`. Of what cannot be
    /// read it makes something unknown.
    pub(crate) fn condition(
        &mut self,
        name: &str,
        entries: &[Entry],
        span: Span,
        shown: &str,
    ) -> Value {
        let shown = format!("`{name}(…)` of {shown}");
        let example = format!("write `{name}(condition = …, error_message = \"…\")`");
        let mistakes = self.errors.len();
        let mut body = Object::new();
        for entry in entries {
            let origin = self.origin(entry.span);
            match &entry.kind {
                EntryKind::Assign(key, value) if KEYS.iter().any(|known| key == known) => {
                    let value = self
                        .value(value)
                        .unwrap_or_else(|| unknown().kind.at(origin));
                    let key = EntryKey::new(key.to_string(), origin);
                    if body.set(key.clone(), value).is_some() {
                        self.errors.add(
                            entry.span,
                            format!("`{}` is given twice in {shown}", key.name),
                            "remove one of the two",
                        );
                    }
                }
                EntryKind::Broken => {}
                _ => {
                    let text = entry.key().map(ToString::to_string).unwrap_or_default();
                    let help = match nearest(&text, KEYS).as_slice() {
                        [] => example.clone(),
                        near => did_you_mean(near),
                    };
                    self.errors.add(
                        entry.span,
                        if text.is_empty() || KEYS.contains(&text.as_str()) {
                            format!("{shown} is not written like this")
                        } else {
                            format!("{shown} has no key `{text}`")
                        },
                        help,
                    );
                }
            }
        }
        let is_faulty = self.errors.len() > mistakes
            || entries
                .iter()
                .any(|entry| matches!(entry.kind, EntryKind::Broken));
        let origin = self.origin(span);
        for key in KEYS {
            if body.get(key).is_some() {
                continue;
            }
            if !is_faulty {
                let help = if key == "condition" {
                    "add what has to hold: `condition = …`"
                } else {
                    "say what is wrong when it does not hold: `error_message = \"…\"`"
                };
                self.errors
                    .add(span, format!("{shown} has no `{key}`"), help);
            }
            body.set(EntryKey::new(key, origin), unknown().kind.at(origin));
        }
        ValueKind::Object(body).at(origin)
    }
}
