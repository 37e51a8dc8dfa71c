//! The entries of one attribute, read with a construct's table of keys.

use proc_macro2::Span;
use webhook_infra_core::{Object, Origin, Value};

use super::key::Key;
use crate::syntax::Expression;

/// What an attribute says.
#[derive(Clone, Debug, Default)]
pub(crate) struct Settings {
    pub(crate) entries: Vec<Setting>,
    /// Whether a part of it has a mistake, so that what seems missing may be there.
    pub(crate) is_faulty: bool,
    /// Entries without a key.
    pub(crate) positional: Vec<Expression>,
    /// Arguments that the construct does not know but the provider's schema does.
    pub(crate) extra: Object,
}

/// One entry.
#[derive(Clone, Debug)]
pub(crate) struct Setting {
    pub(crate) key: &'static Key,
    pub(crate) span: Span,
    pub(crate) origin: Origin,
    pub(crate) content: Content,
}

/// What an entry says.
#[derive(Clone, Debug)]
pub(crate) enum Content {
    Value(Value),
    Block(Settings),
    Raw(Expression),
}

impl Settings {
    pub(crate) fn find(&self, name: &str) -> Option<&Setting> {
        self.entries.iter().find(|setting| setting.key.name == name)
    }

    /// The value of a key.
    pub(crate) fn value(&self, name: &str) -> Option<&Value> {
        match &self.find(name)?.content {
            Content::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The value of a key, or its default.
    pub(crate) fn value_or(&self, name: &str, default: impl Into<Value>) -> Value {
        self.value(name).cloned().unwrap_or_else(|| default.into())
    }

    /// The literal text of a key.
    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_str()
    }

    /// Whether a flag is set.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.value(name).and_then(Value::as_bool) == Some(true)
    }

    /// Whether a flag is set, or was not mentioned.
    pub(crate) fn flag_or_default(&self, name: &str) -> bool {
        self.value(name).and_then(Value::as_bool) != Some(false)
    }

    /// The expression of a raw key.
    pub(crate) fn raw(&self, name: &str) -> Option<&Expression> {
        match &self.find(name)?.content {
            Content::Raw(expression) => Some(expression),
            _ => None,
        }
    }

    /// The content of `name(…)`.
    pub(crate) fn block(&self, name: &str) -> Option<&Settings> {
        self.blocks(name).next().map(|(_, block)| block)
    }

    /// The contents of every `name(…)`.
    pub(crate) fn blocks(&self, name: &str) -> impl Iterator<Item = (&Setting, &Settings)> {
        self.entries
            .iter()
            .filter(move |setting| setting.key.name == name)
            .filter_map(|setting| match &setting.content {
                Content::Block(block) => Some((setting, block)),
                _ => None,
            })
    }

    /// The arguments of the main resource: keys that stand for one, and what the schema knows.
    pub(crate) fn arguments(&self) -> Object {
        let mut body = Object::new();
        for setting in &self.entries {
            if setting.key.argument.is_empty() {
                continue;
            }
            if let Content::Value(value) = &setting.content {
                let key = webhook_infra_core::Key::new(setting.key.argument, setting.origin);
                body.set(key, value.clone());
            }
        }
        for (key, value) in self.extra.iter() {
            body.set(key.clone(), value.clone());
        }
        body
    }
}
