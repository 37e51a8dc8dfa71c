//! `lifecycle(…)`: how Terraform treats a resource.

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Address, Key as EntryKey, Object, Value, ValueKind};

use super::listed;
use crate::constructs::addition::written_address;
use crate::context::Context;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

const NAMES: [&str; 6] = [
    "prevent_destroy",
    "create_before_destroy",
    "ignore_changes",
    "replace_triggered_by",
    "precondition",
    "postcondition",
];

impl Context<'_> {
    pub(super) fn lifecycle(&mut self, entries: &[Entry]) -> Object {
        let mut lifecycle = Object::new();
        for entry in entries {
            let Some(name) = entry.key() else {
                if !matches!(entry.kind, EntryKind::Broken) {
                    self.errors.add(
                        entry.span,
                        "`lifecycle(…)` takes keys",
                        format!("its keys are {}", listed(NAMES)),
                    );
                }
                continue;
            };
            let text = name.to_string();
            let origin = self.origin(entry.span);
            let key = EntryKey::new(text.clone(), origin);
            let may_repeat = text == "precondition" || text == "postcondition";
            if lifecycle.get(&text).is_some() && !may_repeat {
                self.errors.add(
                    entry.span,
                    format!("`{text}` is given twice in `lifecycle(…)`"),
                    "remove one of the two",
                );
                continue;
            }
            match (text.as_str(), &entry.kind) {
                ("prevent_destroy" | "create_before_destroy", EntryKind::Flag(_)) => {
                    lifecycle.set(key, true);
                }
                ("prevent_destroy" | "create_before_destroy", EntryKind::Assign(_, value)) => {
                    if let Some(value) = self.value(value) {
                        lifecycle.set(key, value);
                    }
                }
                ("ignore_changes", EntryKind::Assign(_, value)) => {
                    let ignored = self.ignored(value);
                    lifecycle.set(key, ignored);
                }
                ("ignore_changes", EntryKind::Block(_, entries)) => {
                    let addresses = entries
                        .iter()
                        .filter_map(|entry| {
                            let origin = self.origin(entry.span);
                            Some(
                                ValueKind::Address(Address::new(entry.key()?.to_string()))
                                    .at(origin),
                            )
                        })
                        .collect::<Vec<_>>();
                    lifecycle.set(key, addresses);
                }
                ("replace_triggered_by", EntryKind::Assign(_, value)) => {
                    let addresses = self.addresses(value);
                    lifecycle.set(key, addresses);
                }
                ("precondition" | "postcondition", EntryKind::Block(_, entries)) => {
                    let condition = self.condition(&text, entries, entry.span, "`lifecycle(…)`");
                    lifecycle.push_block(key, condition);
                }
                _ => {
                    let (message, help) = not_like_this(&text);
                    self.errors.add(entry.span, message, help);
                }
            }
        }
        lifecycle
    }

    /// `all`, or the arguments that may differ: `[tags, tags["a"], versioning[0].enabled]`.
    fn ignored(&mut self, value: &Expression) -> Value {
        let origin = self.origin(value.span);
        if matches!(&value.kind, ExpressionKind::Name(all) if all == "all") {
            return ValueKind::Address(Address::new("all")).at(origin);
        }
        let items = match &value.kind {
            ExpressionKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut addresses = Vec::new();
        for item in items {
            let origin = self.origin(item.span);
            match written_address(item) {
                Some(path) => addresses.push(ValueKind::Address(Address::new(path)).at(origin)),
                None => self.errors.add(
                    item.span,
                    "`ignore_changes` takes the names of arguments",
                    "write `ignore_changes = [tags, tags[\"team\"]]`, or `ignore_changes = all`",
                ),
            }
        }
        ValueKind::List(addresses).at(origin)
    }
}

fn not_like_this(text: &str) -> (String, String) {
    if NAMES.contains(&text) {
        let help = match text {
            "ignore_changes" => "write `ignore_changes = [tags]`, or `ignore_changes = all`",
            "replace_triggered_by" => "write `replace_triggered_by = [Name]`",
            "precondition" | "postcondition" => {
                "write `precondition(condition = …, error_message = \"…\")`"
            }
            _ => "write it alone, or with `= true`",
        };
        return (
            format!("`{text}` of `lifecycle(…)` is not written like this"),
            help.to_owned(),
        );
    }
    let help = match nearest(text, NAMES).as_slice() {
        [] => format!("its keys are {}", listed(NAMES)),
        near => did_you_mean(near),
    };
    (
        format!("`lifecycle(…)` has no key `{text}` in this form"),
        help,
    )
}
