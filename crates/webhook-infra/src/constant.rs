//! Rust constants as values of a stack.

use webhook_infra_core::units::Unit;
use webhook_infra_core::{Number, Value, ValueKind, expression, json};

/// A type whose constants can stand in a stack: `timeout = limits::TIMEOUT`.
///
/// Numbers, truth values, texts, and arrays and slices of them.
pub trait Constant: Sync {
    /// The constant as a value of the graph.
    #[doc(hidden)]
    fn to_value(&self) -> Value;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Constant for $type {
            fn to_value(&self) -> Value {
                ValueKind::Number(Number::from(*self)).into()
            }
        }
    )*};
}

integers!(u8, u16, u32, u64, i8, i16, i32, i64, usize, isize);

impl Constant for f64 {
    fn to_value(&self) -> Value {
        // Infinity and NaN have no form in JSON; the schema then says what was wanted.
        Number::from_f64(*self)
            .map_or(ValueKind::Null, ValueKind::Number)
            .into()
    }
}

impl Constant for bool {
    fn to_value(&self) -> Value {
        (*self).into()
    }
}

impl Constant for str {
    fn to_value(&self) -> Value {
        self.into()
    }
}

impl<T: Constant> Constant for [T] {
    fn to_value(&self) -> Value {
        self.iter()
            .map(Constant::to_value)
            .collect::<Vec<_>>()
            .into()
    }
}

impl<T: Constant, const N: usize> Constant for [T; N] {
    fn to_value(&self) -> Value {
        self.as_slice().to_value()
    }
}

impl<T: Constant + ?Sized> Constant for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

/// A constant where a key takes a text with a unit: what is no such text stays as it is.
#[doc(hidden)]
pub struct InUnit(pub &'static dyn Constant, pub Unit);

impl Constant for InUnit {
    fn to_value(&self) -> Value {
        let value = self.0.to_value();
        value
            .as_str()
            .and_then(|text| self.1.of(text))
            .unwrap_or(value)
    }
}

/// The constant as JSON whose texts are templates: `${` is escaped.
pub(crate) fn json(constant: &dyn Constant) -> String {
    json::render_value(&constant.to_value())
}

/// The constant as JSON whose texts stand as they are.
pub(crate) fn literal(constant: &dyn Constant) -> String {
    to_json(&constant.to_value()).to_string()
}

/// The constant as an expression, for the inside of a JSON string.
pub(crate) fn expression(constant: &dyn Constant) -> String {
    let quoted = serde_json::Value::from(expression::render(&constant.to_value())).to_string();
    quoted[1..quoted.len() - 1].to_owned()
}

fn to_json(value: &Value) -> serde_json::Value {
    match &value.kind {
        ValueKind::Bool(flag) => (*flag).into(),
        ValueKind::Number(number) => number.clone().into(),
        ValueKind::String(content) => content.as_str().into(),
        ValueKind::List(items) => items.iter().map(to_json).collect(),
        _ => serde_json::Value::Null,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constants_are_written_for_where_they_stand() {
        assert_eq!(json(&5_u32), "5");
        assert_eq!(json(&"a ${b}"), "\"a $${b}\"");
        assert_eq!(literal(&"a ${b}"), "\"a ${b}\"");
        assert_eq!(json(&["x", "y"]), "[\"x\",\"y\"]");
        assert_eq!(expression(&"say \"hi\""), r#"\"say \\\"hi\\\"\""#);
        assert_eq!(expression(&true), "true");
        assert_eq!(json(&InUnit(&"5m", Unit::Seconds)), "300");
        assert_eq!(json(&InUnit(&90_u32, Unit::Seconds)), "90");
        assert_eq!(json(&InUnit(&"soon", Unit::Seconds)), "\"soon\"");
    }
}
