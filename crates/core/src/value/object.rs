//! Named values, in order.

use super::{Value, ValueKind};
use crate::document::Origin;

/// Named values in the order they were written. Keys are unique.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Object {
    entries: Vec<(Key, Value)>,
}

/// The name of an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The name; template source when `template` is set.
    pub name: String,
    /// Whether the name holds interpolations (only in the keys of a map).
    pub template: bool,
    /// Where it was written.
    pub origin: Origin,
}

impl Key {
    /// A plain name.
    pub fn new(name: impl Into<String>, origin: Origin) -> Self {
        Self {
            name: name.into(),
            template: false,
            origin,
        }
    }
}

impl From<&str> for Key {
    fn from(name: &str) -> Self {
        Self::new(name, Origin::UNKNOWN)
    }
}

impl From<String> for Key {
    fn from(name: String) -> Self {
        Self::new(name, Origin::UNKNOWN)
    }
}

impl Object {
    /// An object without entries.
    pub fn new() -> Self {
        Self::default()
    }

    /// The value of `name`.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.entry(name).map(|(_, value)| value)
    }

    /// The value of `name`, to change it.
    pub fn get_mut(&mut self, name: &str) -> Option<&mut Value> {
        self.entries
            .iter_mut()
            .find(|(key, _)| key.name == name)
            .map(|(_, value)| value)
    }

    /// The key and the value of `name`.
    pub fn entry(&self, name: &str) -> Option<&(Key, Value)> {
        self.entries.iter().find(|(key, _)| key.name == name)
    }

    /// Sets `name`, in place when it is there already, and gives back what was replaced.
    pub fn set(&mut self, key: impl Into<Key>, value: impl Into<Value>) -> Option<Value> {
        let (key, value) = (key.into(), value.into());
        if let Some(entry) = self.entries.iter_mut().find(|(k, _)| k.name == key.name) {
            entry.0 = key;
            return Some(std::mem::replace(&mut entry.1, value));
        }
        self.entries.push((key, value));
        None
    }

    /// Sets `name` unless it is there already.
    pub fn set_default(&mut self, key: impl Into<Key>, value: impl Into<Value>) {
        let key = key.into();
        if self.get(&key.name).is_none() {
            self.entries.push((key, value.into()));
        }
    }

    /// [`Object::set`], to build an object in one expression.
    #[must_use]
    pub fn with(mut self, key: impl Into<Key>, value: impl Into<Value>) -> Self {
        self.set(key, value);
        self
    }

    /// Adds `block` to the list of nested blocks called `name`.
    pub fn push_block(&mut self, key: impl Into<Key>, block: Value) {
        let key = key.into();
        match self.get_mut(&key.name) {
            Some(Value {
                kind: ValueKind::List(blocks),
                ..
            }) => blocks.push(block),
            Some(other) => {
                let first = std::mem::replace(other, ValueKind::Null.into());
                other.origin = first.origin;
                other.kind = ValueKind::List(vec![first, block]);
            }
            None => {
                let origin = block.origin;
                self.entries
                    .push((key, ValueKind::List(vec![block]).at(origin)));
            }
        }
    }

    /// Takes `name` out.
    pub fn remove(&mut self, name: &str) -> Option<(Key, Value)> {
        let place = self.entries.iter().position(|(key, _)| key.name == name)?;
        Some(self.entries.remove(place))
    }

    /// All entries, in the order they were written.
    pub fn iter(&self) -> impl Iterator<Item = &(Key, Value)> {
        self.entries.iter()
    }

    /// All entries, to change them.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut (Key, Value)> {
        self.entries.iter_mut()
    }

    /// Whether there are no entries.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }
}

impl FromIterator<(Key, Value)> for Object {
    fn from_iter<I: IntoIterator<Item = (Key, Value)>>(entries: I) -> Self {
        Self {
            entries: entries.into_iter().collect(),
        }
    }
}
