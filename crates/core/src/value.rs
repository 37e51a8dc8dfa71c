//! Values: every argument of every block, from a plain number to a Terraform expression.

use std::fmt;

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

/// A binary operator, in Terraform's spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum BinaryOperator {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

impl BinaryOperator {
    /// All of them, two-character spellings first, as a lexer wants them.
    pub const ALL: [Self; 13] = [
        Self::Or,
        Self::And,
        Self::Equal,
        Self::NotEqual,
        Self::LessOrEqual,
        Self::GreaterOrEqual,
        Self::Less,
        Self::Greater,
        Self::Add,
        Self::Subtract,
        Self::Multiply,
        Self::Divide,
        Self::Modulo,
    ];

    /// The operator's spelling.
    pub fn symbol(self) -> &'static str {
        match self {
            Self::Or => "||",
            Self::And => "&&",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::Less => "<",
            Self::LessOrEqual => "<=",
            Self::Greater => ">",
            Self::GreaterOrEqual => ">=",
            Self::Add => "+",
            Self::Subtract => "-",
            Self::Multiply => "*",
            Self::Divide => "/",
            Self::Modulo => "%",
        }
    }

    /// How tightly it binds: a higher number binds tighter.
    pub fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And => 2,
            Self::Equal | Self::NotEqual => 3,
            Self::Less | Self::LessOrEqual | Self::Greater | Self::GreaterOrEqual => 4,
            Self::Add | Self::Subtract => 5,
            Self::Multiply | Self::Divide | Self::Modulo => 6,
        }
    }
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

/// A reference: what it starts from, and the way from there.
#[derive(Clone, Debug, PartialEq)]
pub struct Reference {
    /// The block, variable or scope it starts from.
    pub target: Target,
    /// Attributes and indices, in order.
    pub path: Vec<Step>,
}

/// What a [`Reference`] starts from.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// `type.name`.
    Resource(String, String),
    /// `data.type.name`.
    Data(String, String),
    /// `ephemeral.type.name`.
    Ephemeral(String, String),
    /// `var.name`.
    Variable(String),
    /// `local.name`.
    Local(String),
    /// `module.name`.
    Module(String),
    /// A name that is bound around the expression: `each`, `count`, `self`, `path`, `terraform`, or the
    /// variable of a `for` expression.
    Scoped(String),
}

/// One step of a [`Reference`].
#[derive(Clone, Debug, PartialEq)]
pub enum Step {
    /// `.name`.
    Attribute(String),
    /// `[key]`.
    Index(Value),
    /// `[*]`.
    Splat,
    /// `.*`.
    AttributeSplat,
}

impl Reference {
    /// An attribute of a resource.
    pub fn resource(type_name: &str, name: &str, attribute: &str) -> Self {
        Self {
            target: Target::Resource(type_name.to_owned(), name.to_owned()),
            path: vec![Step::Attribute(attribute.to_owned())],
        }
    }

    /// An attribute of a data source.
    pub fn data(type_name: &str, name: &str, attribute: &str) -> Self {
        Self {
            target: Target::Data(type_name.to_owned(), name.to_owned()),
            path: vec![Step::Attribute(attribute.to_owned())],
        }
    }

    /// An input variable.
    pub fn variable(name: &str) -> Self {
        Self {
            target: Target::Variable(name.to_owned()),
            path: Vec::new(),
        }
    }

    /// A name that Terraform binds: `path.module`, `each.key`.
    pub fn scoped(name: &str, attribute: &str) -> Self {
        Self {
            target: Target::Scoped(name.to_owned()),
            path: vec![Step::Attribute(attribute.to_owned())],
        }
    }

    /// The first attribute of the path, past indices (`queue[0].arn` gives `arn`).
    pub fn attribute(&self) -> Option<&str> {
        self.path.iter().find_map(|step| match step {
            Step::Attribute(name) => Some(name.as_str()),
            _ => None,
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resource(type_name, name) => write!(f, "{type_name}.{name}"),
            Self::Data(type_name, name) => write!(f, "data.{type_name}.{name}"),
            Self::Ephemeral(type_name, name) => write!(f, "ephemeral.{type_name}.{name}"),
            Self::Variable(name) => write!(f, "var.{name}"),
            Self::Local(name) => write!(f, "local.{name}"),
            Self::Module(name) => write!(f, "module.{name}"),
            Self::Scoped(name) => f.write_str(name),
        }
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::expression::render(
            &ValueKind::Reference(self.clone()).into(),
        ))
    }
}

/// The bare name of a resource, module, provider or attribute. A type of its own because Terraform
/// takes no expression where it stands, and takes no address where an expression stands.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address(String);

impl Address {
    /// An address that is known to be well-formed.
    pub fn new(text: impl Into<String>) -> Self {
        Self(text.into())
    }

    /// The address as Terraform writes it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl From<&Target> for Address {
    fn from(target: &Target) -> Self {
        Self(target.to_string())
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
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

fn walk_steps<'v>(path: &'v [Step], visit: &mut dyn FnMut(&'v Value)) {
    for step in path {
        if let Step::Index(value) = step {
            value.walk(visit);
        }
    }
}

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
