//! Plain Rust values as [`Value`]s without an origin.

use super::{Address, Object, Reference, Value, ValueKind};
use crate::document::Origin;

impl From<ValueKind> for Value {
    fn from(kind: ValueKind) -> Self {
        kind.at(Origin::UNKNOWN)
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        ValueKind::String(text.to_owned()).into()
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        ValueKind::String(text).into()
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        ValueKind::Bool(flag).into()
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        ValueKind::Number(number.into()).into()
    }
}

impl From<Object> for Value {
    fn from(object: Object) -> Self {
        ValueKind::Object(object).into()
    }
}

impl From<Vec<Value>> for Value {
    fn from(items: Vec<Value>) -> Self {
        ValueKind::List(items).into()
    }
}

impl From<Reference> for Value {
    fn from(reference: Reference) -> Self {
        ValueKind::Reference(reference).into()
    }
}

impl From<Address> for Value {
    fn from(address: Address) -> Self {
        ValueKind::Address(address).into()
    }
}
