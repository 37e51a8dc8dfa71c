//! Values of what `build.rs` adds, from Rust's own types.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use webhook_infra_core::{Number, Object, ValueKind, expression, value};

/// The value of an argument that `build.rs` sets.
///
/// Numbers, truth values, texts, lists and maps of Rust become literals of Terraform: `${` in a text stays
/// text. What Terraform is to evaluate is made by [`reference()`], [`expression()`] and [`template`].
#[derive(Clone, PartialEq)]
pub struct Value {
    pub(crate) value: value::Value,
    pub(crate) problems: Vec<String>,
}

impl fmt::Debug for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&expression::render(&self.value))
    }
}

impl Value {
    fn sound(value: impl Into<value::Value>) -> Self {
        Self {
            value: value.into(),
            problems: Vec::new(),
        }
    }

    /// Something that is wrong, and passed on as unknown, so that it is told once.
    fn faulty(text: &str, problem: String) -> Self {
        let raw = ValueKind::Raw {
            text: text.to_owned(),
            template: false,
        };
        Self {
            value: raw.into(),
            problems: vec![problem],
        }
    }
}

/// An attribute of something in the stack, such as `reference("aws_sns_topic.alerts.arn")`.
///
/// It has to be there: `build()` says what is near when it is not.
pub fn reference(address: &str) -> Value {
    match expression::parse(address) {
        Ok(value) if value.as_reference().is_some() => Value::sound(value),
        Ok(_) => Value::faulty(
            address,
            format!(
                "`{address}` is no reference\nhelp: write an address and an attribute, such as `aws_sns_topic.alerts.arn`, or use `expression(…)`"
            ),
        ),
        Err(error) => Value::faulty(
            address,
            format!(
                "`{address}` is no reference: {error}\nhelp: write an address and an attribute, such as `aws_sns_topic.alerts.arn`"
            ),
        ),
    }
}

/// An expression of Terraform's, such as `expression("length(var.zones) > 1")`, without `${` and `}` around it.
pub fn expression(text: &str) -> Value {
    match expression::parse(text) {
        Ok(value) => Value::sound(value),
        Err(error) => Value::faulty(
            text,
            format!(
                "`{text}` is no expression: {error}\nhelp: write it as between `${{` and `}}` in Terraform"
            ),
        ),
    }
}

/// Text with expressions in it, such as `template("${var.stage}-billing")`.
pub fn template(text: &str) -> Value {
    let value = expression::parse_template(text);
    let is_raw = matches!(value.kind, ValueKind::Raw { .. });
    // Directives and strip markers are Terraform's to read.
    if is_raw && !text.contains("%{") && !text.contains("${~") {
        return Value::faulty(
            text,
            format!(
                "`{text}` has an expression that cannot be read\nhelp: write `$${{` where `${{` is meant as text"
            ),
        );
    }
    Value::sound(value)
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::sound(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::sound(text)
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Self::sound(text.as_str())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Self::sound(flag)
    }
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl From<$type> for Value {
            fn from(number: $type) -> Self {
                Self::sound(ValueKind::Number(Number::from(number)))
            }
        }
    )*};
}

integers!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

impl From<f64> for Value {
    fn from(number: f64) -> Self {
        match Number::from_f64(number) {
            Some(number) => Self::sound(ValueKind::Number(number)),
            None => Self::faulty(
                "null",
                format!("{number} is no number to Terraform\nhelp: write a finite number"),
            ),
        }
    }
}

impl From<f32> for Value {
    fn from(number: f32) -> Self {
        f64::from(number).into()
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    /// `None` is `null`: the argument is as good as absent.
    fn from(value: Option<T>) -> Self {
        value.map_or_else(|| Self::sound(ValueKind::Null), Into::into)
    }
}

impl<T: Into<Value>> From<Vec<T>> for Value {
    fn from(items: Vec<T>) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Value>, const N: usize> From<[T; N]> for Value {
    fn from(items: [T; N]) -> Self {
        items.into_iter().collect()
    }
}

impl<T: Into<Value> + Clone> From<&[T]> for Value {
    fn from(items: &[T]) -> Self {
        items.iter().cloned().collect()
    }
}

impl<T: Into<Value>> FromIterator<T> for Value {
    /// A list.
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut problems = Vec::new();
        let items = items
            .into_iter()
            .map(|item| take(item.into(), &mut problems))
            .collect::<Vec<_>>();
        Self {
            value: items.into(),
            problems,
        }
    }
}

impl<K: Into<String>, V: Into<Value>> FromIterator<(K, V)> for MapOf {
    fn from_iter<I: IntoIterator<Item = (K, V)>>(entries: I) -> Self {
        let mut problems = Vec::new();
        let object = entries
            .into_iter()
            .map(|(key, value)| (key.into().into(), take(value.into(), &mut problems)))
            .collect::<Object>();
        Self(Value {
            value: object.into(),
            problems,
        })
    }
}

/// A map on its way to a value; its keys are different.
struct MapOf(Value);

impl<K: Into<String>, V: Into<Value>> From<BTreeMap<K, V>> for Value {
    fn from(entries: BTreeMap<K, V>) -> Self {
        entries.into_iter().collect::<MapOf>().0
    }
}

impl<K: Into<String>, V: Into<Value>> From<HashMap<K, V>> for Value {
    fn from(entries: HashMap<K, V>) -> Self {
        // A hash map has another order in every run.
        let entries = entries
            .into_iter()
            .map(|(key, value)| (key.into(), value.into()))
            .collect::<BTreeMap<String, Value>>();
        entries.into()
    }
}

impl From<serde_json::Value> for Value {
    /// The data as it is: `${` in its texts stays text.
    fn from(json: serde_json::Value) -> Self {
        match json {
            serde_json::Value::Null => Self::sound(ValueKind::Null),
            serde_json::Value::Bool(flag) => flag.into(),
            serde_json::Value::Number(number) => Self::sound(ValueKind::Number(number)),
            serde_json::Value::String(text) => text.into(),
            serde_json::Value::Array(items) => items.into(),
            serde_json::Value::Object(entries) => entries.into_iter().collect::<MapOf>().0,
        }
    }
}

impl From<Nested> for Value {
    fn from(nested: Nested) -> Self {
        let Nested { body, problems } = nested;
        Self {
            value: body.into(),
            problems,
        }
    }
}

/// A nested block, or an object, of what `build.rs` adds.
#[derive(Clone, Debug, Default, PartialEq)]
#[must_use = "a nested block does nothing until it is in something"]
pub struct Nested {
    pub(crate) body: Object,
    pub(crate) problems: Vec<String>,
}

impl Nested {
    /// A block without arguments.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets an argument.
    pub fn set(mut self, argument: impl Into<String>, value: impl Into<Value>) -> Self {
        let argument = argument.into();
        let mut problems = Vec::new();
        let value = take(value.into(), &mut problems);
        if self.body.set(argument.as_str(), value).is_some() {
            problems.push("it is set twice\nhelp: leave one of the two".to_owned());
        }
        self.problems.extend(
            problems
                .into_iter()
                .map(|problem| format!("`{argument}`: {problem}")),
        );
        self
    }

    /// Adds a nested block; called several times with a name, it adds several.
    pub fn block(mut self, name: impl Into<String>, block: Nested) -> Self {
        let name = name.into();
        self.problems.extend(
            block
                .problems
                .into_iter()
                .map(|problem| format!("{name}: {problem}")),
        );
        self.body.push_block(name, block.body.into());
        self
    }
}

fn take(value: Value, problems: &mut Vec<String>) -> value::Value {
    problems.extend(value.problems);
    value.value
}
