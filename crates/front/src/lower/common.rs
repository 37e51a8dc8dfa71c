//! The keys that every resource has: `id`, `depends_on` and `lifecycle`.

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Address, Key as EntryKey, Object, ValueKind};

use super::listed;
use crate::constructs::Settings;
use crate::context::Context;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

impl Context<'_> {
    /// `is_whole` says that the entries are those of a declaration, and not of a block in it.
    pub(crate) fn common(&mut self, entry: &Entry, is_whole: bool, settings: &mut Settings) {
        if let Some(key) = entry
            .key()
            .filter(|key| settings.extra.get(&key.to_string()).is_some())
        {
            self.errors.add(
                entry.span,
                format!("`{key}` is given twice"),
                "remove one of the two",
            );
            return;
        }
        match &entry.kind {
            // Read when the scope was made.
            EntryKind::Assign(name, _) if name == "id" => {}
            EntryKind::Assign(name, value) if name == "depends_on" => {
                let key = EntryKey::new("depends_on", self.document.origin(entry.span));
                let addresses = self.addresses(value);
                settings.extra.set(key, addresses);
            }
            EntryKind::Assign(name, _) if !is_whole && (name == "count" || name == "for_each") => {
                self.errors.add(
                    name.span(),
                    format!("`{name}` repeats a whole declaration"),
                    "write it outside of this block, with the keys of the struct",
                );
            }
            EntryKind::Assign(name, value) if name == "count" || name == "for_each" => {
                let key = EntryKey::new(name.to_string(), self.document.origin(entry.span));
                if let Some(value) = self.value(value) {
                    settings.extra.set(key, value);
                }
            }
            EntryKind::Assign(name, value) if name == "provider" => {
                let key = EntryKey::new("provider", self.document.origin(entry.span));
                if let Some(address) = self.address(value) {
                    settings.extra.set(key, address);
                }
            }
            EntryKind::Block(name, entries) if name == "lifecycle" => {
                let key = EntryKey::new("lifecycle", self.document.origin(entry.span));
                let lifecycle = self.lifecycle(entries);
                settings.extra.set(key, lifecycle);
            }
            _ => {
                let key = entry.key().map(ToString::to_string).unwrap_or_default();
                let help = match key.as_str() {
                    "lifecycle" => "write `lifecycle(prevent_destroy, ignore_changes = [tags])`",
                    "id" => "write `id = \"name\"`",
                    "count" | "for_each" | "provider" => "write `key = value`",
                    _ => "write `depends_on = [Name, …]`",
                };
                self.errors.add(
                    entry.span,
                    format!("`{key}` is not written like this"),
                    help,
                );
            }
        }
    }

    fn lifecycle(&mut self, entries: &[Entry]) -> Object {
        const NAMES: [&str; 6] = [
            "prevent_destroy",
            "create_before_destroy",
            "ignore_changes",
            "replace_triggered_by",
            "precondition",
            "postcondition",
        ];
        let mut lifecycle = Object::new();
        for entry in entries {
            let Some(name) = entry.key() else {
                self.errors.add(
                    entry.span,
                    "`lifecycle(…)` takes keys",
                    format!("its keys are {}", listed(NAMES)),
                );
                continue;
            };
            let text = name.to_string();
            let key = EntryKey::new(text.clone(), self.document.origin(entry.span));
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
                (
                    "ignore_changes",
                    EntryKind::Assign(
                        _,
                        Expression {
                            kind: ExpressionKind::Name(all),
                            ..
                        },
                    ),
                ) if all == "all" => {
                    lifecycle.set(key, Address::new("all"));
                }
                ("ignore_changes" | "replace_triggered_by", EntryKind::Assign(_, value)) => {
                    let addresses = self.addresses(value);
                    lifecycle.set(key, addresses);
                }
                ("ignore_changes", EntryKind::Block(_, entries)) => {
                    let addresses = entries
                        .iter()
                        .filter_map(|entry| {
                            let origin = self.document.origin(entry.span);
                            Some(
                                ValueKind::Address(Address::new(entry.key()?.to_string()))
                                    .at(origin),
                            )
                        })
                        .collect::<Vec<_>>();
                    lifecycle.set(key, addresses);
                }
                ("precondition" | "postcondition", EntryKind::Block(_, entries)) => {
                    let condition = self.free_object(entries, "`lifecycle(…)`");
                    lifecycle.push_block(key, condition.into());
                }
                _ => {
                    if NAMES.contains(&text.as_str()) {
                        self.errors.add(
                            entry.span,
                            format!("`{text}` of `lifecycle(…)` is not written like this"),
                            match text.as_str() {
                                "ignore_changes" => {
                                    "write `ignore_changes = [tags]`, or `ignore_changes = all`"
                                }
                                "replace_triggered_by" => "write `replace_triggered_by = [Name]`",
                                "precondition" | "postcondition" => {
                                    "write `precondition(condition = …, error_message = \"…\")`"
                                }
                                _ => "write it alone, or with `= true`",
                            },
                        );
                        continue;
                    }
                    let near = nearest(&text, NAMES);
                    let help = match near.as_slice() {
                        [] => format!("its keys are {}", listed(NAMES)),
                        near => did_you_mean(near),
                    };
                    self.errors.add(
                        entry.span,
                        format!("`lifecycle(…)` has no key `{text}` in this form"),
                        help,
                    );
                }
            }
        }
        lifecycle
    }
}
