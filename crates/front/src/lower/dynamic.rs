//! `dynamic(statement, for_each = …, content(…))`: nested blocks, one for each element of a collection.

use proc_macro2::Ident;
use webhook_infra_core::schema::{BlockSchema, Type};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Address, Key as EntryKey, Object, ValueKind};

use super::listed;
use crate::context::{Context, unknown};
use crate::errors::Error;
use crate::syntax::{Entry, EntryKind, ExpressionKind};

const KEYS: [&str; 4] = ["for_each", "iterator", "labels", "content"];
const EXAMPLE: &str = "write `dynamic(statement, for_each = …, content(sid = statement.value, …))`";

impl Context<'_> {
    /// Whether an entry makes nested blocks, and is no argument that happens to be called so.
    pub(super) fn is_dynamic(schema: BlockSchema<'_>, entry: &Entry) -> bool {
        entry.key().is_some_and(|key| key == "dynamic") && !super::in_schema(schema, "dynamic")
    }

    pub(super) fn dynamic(
        &mut self,
        schema: BlockSchema<'static>,
        entry: &Entry,
        shown: &str,
        body: &mut Object,
    ) {
        let EntryKind::Block(_, entries) = &entry.kind else {
            self.errors
                .add(entry.span, "`dynamic` is not written like this", EXAMPLE);
            return;
        };
        let Some(Entry {
            kind: EntryKind::Flag(name),
            ..
        }) = entries.first()
        else {
            self.errors.add(
                entry.span,
                "`dynamic(…)` does not say which nested block it makes",
                EXAMPLE,
            );
            return;
        };
        let text = name.to_string();
        let Some(element) = Element::of(schema, &text) else {
            let error = no_block(schema, name, shown);
            self.errors.push(error);
            return;
        };
        let shown = format!("`dynamic({text}, …)` of {shown}");
        let entries = &entries[1..];
        let mistakes = self.errors.len();
        let iterator = self.iterator(entries).unwrap_or_else(|| text.clone());
        let mut dynamic = Object::new();
        let mut content = None;
        for entry in entries {
            let origin = self.origin(entry.span);
            let key = entry.key().map(ToString::to_string).unwrap_or_default();
            if dynamic.get(&key).is_some() || key == "content" && content.is_some() {
                self.errors.add(
                    entry.span,
                    format!("`{key}` is given twice in {shown}"),
                    "remove one of the two",
                );
                continue;
            }
            match (key.as_str(), &entry.kind) {
                ("for_each", EntryKind::Assign(_, value)) => {
                    if let Some(value) = self.value(value) {
                        dynamic.set(EntryKey::new(key, origin), value);
                    }
                }
                ("labels", EntryKind::Assign(_, value)) => {
                    self.bound.push(iterator.clone());
                    if let Some(value) = self.value(value) {
                        dynamic.set(EntryKey::new(key, origin), value);
                    }
                    self.bound.pop();
                }
                ("iterator", EntryKind::Assign(..)) => {
                    let address = ValueKind::Address(Address::new(iterator.clone()));
                    dynamic.set(EntryKey::new(key, origin), address.at(origin));
                }
                ("content", EntryKind::Block(_, entries)) => {
                    let mut inner = Object::new();
                    let shown = format!("`content(…)` of {shown}");
                    self.bound.push(iterator.clone());
                    match &element {
                        Element::Block(block) => {
                            for entry in entries {
                                self.argument(*block, entry, &shown, &mut inner);
                            }
                        }
                        Element::Object(names) => {
                            inner = self.free_object(entries, &shown);
                            for name in names {
                                inner.set_default(name.as_str(), ValueKind::Null);
                            }
                        }
                    }
                    self.bound.pop();
                    content = Some((
                        EntryKey::new(key, origin),
                        ValueKind::Object(inner).at(origin),
                    ));
                }
                (_, EntryKind::Broken) => {}
                (known, _) if KEYS.contains(&known) => self.errors.add(
                    entry.span,
                    format!("`{known}` of {shown} is not written like this"),
                    match known {
                        "content" => "write `content(argument = value, …)`",
                        "iterator" => "write `iterator = item`",
                        "labels" => "write `labels = [item.key]`",
                        _ => "write `for_each = var.statements`",
                    },
                ),
                (other, _) => {
                    let near = nearest(other, KEYS);
                    let help = match near.as_slice() {
                        [] if element.has(other) => {
                            format!("the block's own arguments stand in `content({other} = …)`")
                        }
                        [] => format!("its keys are {}", listed(KEYS)),
                        near => did_you_mean(near),
                    };
                    self.errors
                        .add(entry.span, format!("{shown} has no key `{other}`"), help);
                }
            }
        }
        let is_faulty = self.errors.len() > mistakes;
        for (name, is_there, help) in [
            (
                "for_each",
                dynamic.get("for_each").is_some(),
                "add `for_each = …`, a list, set or map with an element for each block",
            ),
            (
                "content",
                content.is_some(),
                "add `content(…)` with the arguments of each block",
            ),
        ] {
            if !is_there && !is_faulty {
                self.errors
                    .add(entry.span, format!("{shown} has no `{name}`"), help);
            }
        }
        if let Some((key, value)) = content {
            dynamic.set(key, value);
        }
        let origin = self.origin(entry.span);
        // What is missing was told, or is in a part that could not be read.
        for name in ["for_each", "content"] {
            dynamic.set_default(name, unknown().kind.at(origin));
        }
        let dynamic = ValueKind::Object(dynamic).at(origin);
        let key = EntryKey::new(text, origin);
        if body.get("dynamic").is_none() {
            body.set(EntryKey::new("dynamic", origin), Object::new());
        }
        if let Some(all) = body.get_mut("dynamic") {
            if let ValueKind::Object(all) = &mut all.kind {
                all.push_block(key, dynamic);
            }
        }
    }

    /// The name that the elements have in the content, where the author chose one.
    fn iterator(&mut self, entries: &[Entry]) -> Option<String> {
        let value = entries.iter().find_map(|entry| match &entry.kind {
            EntryKind::Assign(key, value) if key == "iterator" => Some(value),
            _ => None,
        })?;
        let name = match &value.kind {
            ExpressionKind::Name(name) => Some(name.to_string()),
            ExpressionKind::String(text) => Some(text.clone()),
            _ => None,
        };
        let is_free = |name: &String| {
            ![
                "var",
                "local",
                "module",
                "data",
                "ephemeral",
                "each",
                "count",
                "self",
                "path",
                "terraform",
            ]
            .contains(&name.as_str())
                && name
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
        };
        if name.as_ref().is_none_or(|name| !is_free(name)) {
            self.errors.add(
                value.span,
                "an iterator is a name of its own, in small letters",
                "write `iterator = item`, and `item.value` in the content",
            );
        }
        name
    }
}

/// What a `dynamic` makes several of.
enum Element {
    Block(BlockSchema<'static>),
    /// An argument that is a list of objects reads like blocks (`ingress` of a security group): the names
    /// of an object's attributes, all of which have to be there.
    Object(Vec<String>),
}

impl Element {
    fn of(schema: BlockSchema<'static>, name: &str) -> Option<Self> {
        if let Some(nested) = schema.block(name) {
            return Some(Self::Block(nested.block));
        }
        let (Type::List(item) | Type::Set(item)) = schema.attribute(name)?.type_() else {
            return None;
        };
        match *item {
            Type::Object(attributes) => Some(Self::Object(
                attributes
                    .into_iter()
                    .map(|attribute| attribute.name)
                    .collect(),
            )),
            _ => None,
        }
    }

    fn has(&self, name: &str) -> bool {
        match self {
            Self::Block(block) => super::in_schema(*block, name),
            Self::Object(names) => names.iter().any(|known| known == name),
        }
    }
}

/// The mistake of making blocks that the resource does not have.
fn no_block(schema: BlockSchema<'static>, name: &Ident, shown: &str) -> Error {
    let text = name.to_string();
    let names = schema
        .blocks()
        .map(|nested| nested.name)
        .collect::<Vec<_>>();
    let help = match nearest(&text, names.iter().copied()).as_slice() {
        _ if schema.attribute(&text).is_some() => format!(
            "`{text}` is an argument: write a list, `{text} = [for item in var.items : {{ … }}]` in Terraform's words"
        ),
        [] if names.is_empty() => "it has no nested blocks at all".to_owned(),
        [] => format!("its nested blocks are {}", listed(names)),
        near => did_you_mean(near),
    };
    Error::new(
        name.span(),
        format!("{shown} has no nested block `{text}`"),
        help,
    )
}
