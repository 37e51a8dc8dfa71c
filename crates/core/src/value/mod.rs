//! Values: every argument of every block, from a plain number to a Terraform expression.

mod conversion;
mod object;
mod operator;
mod reference;
mod references;

pub use object::{Key, Object};
pub use operator::BinaryOperator;
pub use reference::{Address, Reference, Step, Target};
pub use serde_json::Number;

use crate::document::Origin;

/// A value and where it was written.
#[derive(Clone, Debug, PartialEq)]
pub struct Value {
    /// What the value is.
    pub kind: ValueKind,
    /// Where it was written; [`Origin::UNKNOWN`] for what no one wrote.
    pub origin: Origin,
}

/// The forms of a value. Literals stand for themselves; everything from [`ValueKind::Reference`] on is
/// an expression that Terraform evaluates.
#[derive(Clone, Debug, PartialEq)]
pub enum ValueKind {
    /// `null`: the argument is as good as absent.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A number.
    Number(Number),
    /// Literal text. `${` in it is text, never an interpolation.
    String(String),
    /// Text with interpolations.
    Template(Vec<Part>),
    /// A list, a set or a tuple; also the form of a repeatable nested block.
    List(Vec<Value>),
    /// A map, an object or the body of a nested block.
    Object(Object),
    /// An attribute of something in the module: `aws_sqs_queue.events.arn`.
    Reference(Reference),
    /// The bare name of something in the module, where Terraform wants no expression (`depends_on`).
    Address(Address),
    /// A function call; `spread` says that the last argument ends in `...`.
    Call {
        /// The function's name, such as `jsonencode` or `provider::aws::arn_parse`.
        function: String,
        /// Its arguments.
        arguments: Vec<Value>,
        /// Whether the last argument is expanded.
        spread: bool,
    },
    /// `!x` or `-x`.
    Unary(char, Box<Value>),
    /// `left operator right`.
    Binary(BinaryOperator, Box<Value>, Box<Value>),
    /// `condition ? then : otherwise`.
    Conditional(Box<[Value; 3]>),
    /// Indexing, attribute access and splats on something that is not a plain [`Reference`].
    Access(Box<Value>, Vec<Step>),
    /// A `for` expression.
    For(Box<For>),
    /// Terraform source that is passed on as it is.
    Raw {
        /// The text.
        text: String,
        /// Whether it is template source rather than an expression.
        template: bool,
    },
    /// A Rust constant: the number is its place in the front end's list of constants.
    Constant(u32),
}

/// A piece of a [`ValueKind::Template`].
#[derive(Clone, Debug, PartialEq)]
pub enum Part {
    /// Literal text.
    Text(String),
    /// `${…}`.
    Interpolation(Value),
}

/// `[for k, v in collection : value if condition]` and its object form.
#[derive(Clone, Debug, PartialEq)]
pub struct For {
    /// The first name, when two are bound.
    pub key: Option<String>,
    /// The last, or only, name.
    pub item: String,
    /// What is gone through.
    pub collection: Value,
    /// The key of each entry, in the object form.
    pub result_key: Option<Value>,
    /// The value of each entry.
    pub result: Value,
    /// Whether values of one key are grouped (`...`).
    pub grouped: bool,
    /// The filter.
    pub condition: Option<Value>,
}

impl ValueKind {
    /// The value, written at `origin`.
    pub fn at(self, origin: Origin) -> Value {
        Value { kind: self, origin }
    }

    /// `jsonencode(value)`: JSON text whose structure stays visible to the rules.
    pub fn json(value: impl Into<Value>) -> Self {
        Self::Call {
            function: "jsonencode".to_owned(),
            arguments: vec![value.into()],
            spread: false,
        }
    }
}

impl Value {
    /// A template in its simplest form, as Terraform sees it: literal interpolations become text, one
    /// interpolation alone becomes its value, and text alone becomes a string.
    pub fn template(mut parts: Vec<Part>) -> Self {
        parts.retain(|part| !matches!(part, Part::Text(text) if text.is_empty()));
        let single = parts.len() == 1;
        let mut merged: Vec<Part> = Vec::new();
        for part in parts {
            let text = match part {
                Part::Interpolation(value) if single => return value,
                Part::Interpolation(Value {
                    kind: ValueKind::String(text),
                    ..
                })
                | Part::Text(text) => text,
                interpolation @ Part::Interpolation(_) => {
                    merged.push(interpolation);
                    continue;
                }
            };
            match merged.last_mut() {
                Some(Part::Text(last)) => last.push_str(&text),
                _ => merged.push(Part::Text(text)),
            }
        }
        match merged.as_slice() {
            [] => "".into(),
            [Part::Text(text)] => text.as_str().into(),
            _ => ValueKind::Template(merged).into(),
        }
    }

    /// The text, when it is literal.
    pub fn as_str(&self) -> Option<&str> {
        match &self.kind {
            ValueKind::String(text) => Some(text),
            _ => None,
        }
    }

    /// The number, when it is literal. Terraform converts numbers in quotes, so they count.
    pub fn as_f64(&self) -> Option<f64> {
        match &self.kind {
            ValueKind::Number(number) => number.as_f64(),
            ValueKind::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The truth value, when it is literal. Terraform converts `"true"` and `"false"`, so they count.
    pub fn as_bool(&self) -> Option<bool> {
        match &self.kind {
            ValueKind::Bool(flag) => Some(*flag),
            ValueKind::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// The elements, when it is a list.
    pub fn as_list(&self) -> Option<&[Value]> {
        match &self.kind {
            ValueKind::List(items) => Some(items),
            _ => None,
        }
    }

    /// The entries, when it is an object; a list of one object and `jsonencode(…)` are looked through.
    pub fn as_object(&self) -> Option<&Object> {
        match &self.kind {
            ValueKind::Object(object) => Some(object),
            ValueKind::List(items) if items.len() == 1 => items[0].as_object(),
            ValueKind::Call {
                function,
                arguments,
                ..
            } if function == "jsonencode" => arguments.first()?.as_object(),
            _ => None,
        }
    }

    /// The reference, when the value is nothing but one.
    pub fn as_reference(&self) -> Option<&Reference> {
        match &self.kind {
            ValueKind::Reference(reference) => Some(reference),
            _ => None,
        }
    }

    /// The value at a dotted path, looking through lists of one and `jsonencode(…)`.
    pub fn get(&self, path: &str) -> Option<&Value> {
        path.split('.')
            .try_fold(self, |value, name| value.as_object()?.get(name))
    }

    /// The objects of a repeatable block: each element of a list, or the one object.
    pub fn objects(&self) -> Vec<&Object> {
        match &self.kind {
            ValueKind::List(items) => items.iter().filter_map(Value::as_object).collect(),
            _ => self.as_object().into_iter().collect(),
        }
    }

    /// Whether the value is known now: no reference, no expression and no constant in it.
    pub fn is_literal(&self) -> bool {
        match &self.kind {
            ValueKind::Null
            | ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Address(_) => true,
            ValueKind::List(items) => items.iter().all(Value::is_literal),
            ValueKind::Object(object) => object.iter().all(|(_, value)| value.is_literal()),
            _ => false,
        }
    }

    /// Calls `visit` for this value and every value inside it.
    pub fn walk<'v>(&'v self, visit: &mut dyn FnMut(&'v Value)) {
        visit(self);
        match &self.kind {
            ValueKind::Null
            | ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Address(_)
            | ValueKind::Raw { .. }
            | ValueKind::Constant(_) => {}
            ValueKind::Template(parts) => {
                for part in parts {
                    if let Part::Interpolation(value) = part {
                        value.walk(visit);
                    }
                }
            }
            ValueKind::List(items)
            | ValueKind::Call {
                arguments: items, ..
            } => items.iter().for_each(|item| item.walk(visit)),
            ValueKind::Object(object) => object.iter().for_each(|(_, value)| value.walk(visit)),
            ValueKind::Reference(reference) => walk_steps(&reference.path, visit),
            ValueKind::Unary(_, operand) => operand.walk(visit),
            ValueKind::Binary(_, left, right) => {
                left.walk(visit);
                right.walk(visit);
            }
            ValueKind::Conditional(branches) => {
                branches.iter().for_each(|branch| branch.walk(visit));
            }
            ValueKind::Access(value, path) => {
                value.walk(visit);
                walk_steps(path, visit);
            }
            ValueKind::For(clause) => {
                clause.collection.walk(visit);
                if let Some(key) = &clause.result_key {
                    key.walk(visit);
                }
                clause.result.walk(visit);
                if let Some(condition) = &clause.condition {
                    condition.walk(visit);
                }
            }
        }
    }
}

impl Value {
    /// Calls `change` for this value and every value inside it, the inner ones first.
    pub fn walk_mut(&mut self, change: &mut dyn FnMut(&mut Value)) {
        match &mut self.kind {
            ValueKind::Null
            | ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::Address(_)
            | ValueKind::Raw { .. }
            | ValueKind::Constant(_) => {}
            ValueKind::Template(parts) => {
                for part in parts {
                    if let Part::Interpolation(value) = part {
                        value.walk_mut(change);
                    }
                }
            }
            ValueKind::List(items)
            | ValueKind::Call {
                arguments: items, ..
            } => items.iter_mut().for_each(|item| item.walk_mut(change)),
            ValueKind::Object(object) => object
                .iter_mut()
                .for_each(|(_, value)| value.walk_mut(change)),
            ValueKind::Reference(reference) => walk_steps_mut(&mut reference.path, change),
            ValueKind::Unary(_, operand) => operand.walk_mut(change),
            ValueKind::Binary(_, left, right) => {
                left.walk_mut(change);
                right.walk_mut(change);
            }
            ValueKind::Conditional(branches) => {
                branches
                    .iter_mut()
                    .for_each(|branch| branch.walk_mut(change));
            }
            ValueKind::Access(value, path) => {
                value.walk_mut(change);
                walk_steps_mut(path, change);
            }
            ValueKind::For(clause) => {
                clause.collection.walk_mut(change);
                if let Some(key) = &mut clause.result_key {
                    key.walk_mut(change);
                }
                clause.result.walk_mut(change);
                if let Some(condition) = &mut clause.condition {
                    condition.walk_mut(change);
                }
            }
        }
        change(self);
    }
}

fn walk_steps_mut(steps: &mut [Step], change: &mut dyn FnMut(&mut Value)) {
    for step in steps {
        if let Step::Index(value) = step {
            value.walk_mut(change);
        }
    }
}

fn walk_steps<'v>(path: &'v [Step], visit: &mut dyn FnMut(&'v Value)) {
    for step in path {
        if let Step::Index(value) = step {
            value.walk(visit);
        }
    }
}
