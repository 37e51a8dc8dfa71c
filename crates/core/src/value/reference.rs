//! What refers to something in the module: references, which are expressions, and addresses, which are
//! not.

use std::fmt;

use super::{Value, ValueKind};

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
    /// Something that another stack declares: the number is that of the constant that holds its
    /// address, as in [`ValueKind::Constant`]. Only the compiler knows what it is.
    Open(u32),
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
            Self::Open(_) => f.write_str("something of another stack"),
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
