//! Arguments and nested blocks that only the provider's schema knows.

use webhook_infra_core::schema::{BlockSchema, Nesting, Type};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Key as EntryKey, Object, ValueKind};

use super::{listed, schema_names};
use crate::context::Context;
use crate::syntax::{Entry, EntryKind};

impl Context<'_> {
    /// Adds an argument or nested block that the schema knows.
    pub(crate) fn argument(
        &mut self,
        schema: BlockSchema<'static>,
        entry: &Entry,
        shown: &str,
        body: &mut Object,
    ) {
        let Some(name) = entry.key() else {
            if matches!(entry.kind, EntryKind::Broken) {
                return;
            }
            self.errors.add(
                entry.span,
                format!("a value without a key in {shown}"),
                "write `key = value`",
            );
            return;
        };
        if Self::is_dynamic(schema, entry) {
            return self.dynamic(schema, entry, shown, body);
        }
        let text = name.to_string();
        let origin = self.origin(name.span());
        let key = EntryKey::new(text.clone(), origin);
        if let Some(nested) = schema.block(&text) {
            let Some(block) = self.nested(nested.block, entry, shown) else {
                return;
            };
            let block = ValueKind::Object(block).at(origin);
            match nested.nesting {
                Nesting::Single | Nesting::Group => {
                    body.set(key, block);
                }
                _ => body.push_block(key, block),
            }
            return;
        }
        let Some(attribute) = schema.attribute(&text) else {
            let names = schema_names(schema);
            let near = nearest(&text, names.iter().copied());
            let help = match near.as_slice() {
                [] => format!("its arguments are {}", listed(names)),
                near => did_you_mean(near),
            };
            self.errors.add(
                name.span(),
                format!("{shown} has no argument `{text}`"),
                help,
            );
            return;
        };
        let value = match &entry.kind {
            EntryKind::Flag(_) if attribute.type_() == Type::Bool => {
                ValueKind::Bool(true).at(origin)
            }
            EntryKind::Flag(_) => {
                self.errors.add(
                    name.span(),
                    format!("`{text}` of {shown} takes a {}", attribute.type_()),
                    format!("write `{text} = …`"),
                );
                return;
            }
            EntryKind::Block(_, entries) => {
                let mut object = self.free_object(entries, shown);
                // `ingress(…)` of a security group: a list of objects that reads like a block. An object
                // has all of its attributes, where a block may leave some out.
                if let Type::List(item) | Type::Set(item) = attribute.type_() {
                    if let Type::Object(attributes) = *item {
                        for attribute in attributes {
                            object.set_default(attribute.name, ValueKind::Null);
                        }
                        body.push_block(key, ValueKind::Object(object).at(origin));
                        return;
                    }
                }
                ValueKind::Object(object).at(origin)
            }
            EntryKind::Assign(_, value) => match self.value(value) {
                Some(value) => value,
                None => return,
            },
            EntryKind::Positional(_) | EntryKind::Broken => return,
        };
        if body.set(key, value).is_some() {
            self.errors.add(
                name.span(),
                format!("`{text}` is given twice in {shown}"),
                "remove one of the two",
            );
        }
    }

    pub(super) fn nested(
        &mut self,
        schema: BlockSchema<'static>,
        entry: &Entry,
        shown: &str,
    ) -> Option<Object> {
        let name = entry.key().map(ToString::to_string).unwrap_or_default();
        let shown = format!("`{name}(…)` of {shown}");
        let mut body = Object::new();
        match &entry.kind {
            EntryKind::Flag(_) => {}
            EntryKind::Block(_, entries) => {
                for entry in entries {
                    self.argument(schema, entry, &shown, &mut body);
                }
            }
            EntryKind::Assign(_, value) => match self.value(value)?.kind {
                ValueKind::Object(object) => body = object,
                _ => {
                    self.errors.add(
                        entry.span,
                        format!("{shown} is a nested block"),
                        format!("write `{name}(argument = value, …)`"),
                    );
                    return None;
                }
            },
            EntryKind::Positional(_) | EntryKind::Broken => return None,
        }
        Some(body)
    }

    /// Entries as a map, where there is no schema to hold them against.
    pub(crate) fn free_object(&mut self, entries: &[Entry], shown: &str) -> Object {
        let mut object = Object::new();
        for entry in entries {
            let origin = self.origin(entry.span);
            let value = match &entry.kind {
                EntryKind::Flag(_) => Some(ValueKind::Bool(true).at(origin)),
                EntryKind::Assign(_, value) => self.value(value),
                EntryKind::Block(_, entries) => {
                    let inner = self.free_object(entries, shown);
                    Some(ValueKind::Object(inner).at(origin))
                }
                EntryKind::Broken => None,
                EntryKind::Positional(_) => {
                    self.errors.add(
                        entry.span,
                        format!("a value without a key in {shown}"),
                        "write `key = value`",
                    );
                    None
                }
            };
            if let (Some(name), Some(value)) = (entry.key(), value) {
                let key = EntryKey::new(name.to_string(), origin);
                // Blocks may stand side by side; without a schema, nobody knows how many.
                if matches!(entry.kind, EntryKind::Block(..)) && object.get(&key.name).is_some() {
                    object.push_block(key, value);
                } else if object.set(key, value).is_some() {
                    self.errors.add(
                        entry.span,
                        format!("`{name}` is given twice in {shown}"),
                        "remove one of the two",
                    );
                }
            }
        }
        object
    }
}
