//! What is known of a value: its type, or the block of a schema that it is.

use crate::schema::{BlockSchema, NestedBlock, Nesting, Type};
use crate::value::{Value, ValueKind};

/// A type, or a block of a provider's schema. Blocks are looked into when it is asked for, since some
/// have hundreds of attributes.
#[derive(Clone, Debug)]
pub(crate) enum Shape {
    /// A value of this type.
    Type(Type),
    /// One block.
    Block(BlockSchema<'static>),
    /// The nested blocks of one name.
    Nested(NestedBlock<'static>),
    /// Several, in an order: the instances of `count`, or what `[*]` gives.
    List(Box<Shape>),
    /// Several by key: the instances of `for_each`.
    Map(Box<Shape>),
}

/// Why there is no such attribute or element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// There are others: their names.
    NoSuchAttribute(Vec<String>),
    /// It is a list or a set; whether it has an order, and whether there is one element at most.
    Several { ordered: bool, single: bool },
    /// It is a text, number or truth value.
    Plain,
    /// A set has no order.
    Set,
    /// The key of a list is a number.
    NotANumber,
}

impl Shape {
    /// Of what nothing is known.
    pub(crate) const ANY: Self = Self::Type(Type::Any);

    /// The type, as far as it can be said in one.
    pub(crate) fn into_type(self) -> Type {
        match self {
            Self::Type(type_) => type_,
            Self::Block(_) => Type::Map(Box::new(Type::Any)),
            Self::Nested(nested) => match nested.nesting {
                Nesting::Set => Type::Set(Box::new(Type::Any)),
                _ => Type::List(Box::new(Type::Any)),
            },
            Self::List(element) => Type::List(Box::new(element.into_type())),
            Self::Map(element) => Type::Map(Box::new(element.into_type())),
        }
    }

    /// What is behind `.name`.
    pub(crate) fn attribute(&self, name: &str) -> Result<Self, Problem> {
        match self {
            Self::Block(block) => {
                if let Some(attribute) = block.attribute(name) {
                    return Ok(Self::Type(attribute.type_()));
                }
                block.block(name).map(Self::from).ok_or_else(|| {
                    let attributes = block.attributes().map(|attribute| attribute.name);
                    let names = attributes.chain(block.blocks().map(|nested| nested.name));
                    Problem::NoSuchAttribute(names.map(str::to_owned).collect())
                })
            }
            Self::Map(element) => Ok((**element).clone()),
            Self::List(_) => Err(Problem::Several {
                ordered: true,
                single: false,
            }),
            Self::Nested(nested) => Err(Problem::Several {
                ordered: nested.nesting != Nesting::Set,
                single: nested.max == 1,
            }),
            Self::Type(type_) => attribute_of(type_, name).map(Self::Type),
        }
    }

    /// What is behind `[key]`.
    pub(crate) fn index(&self, key: &Value) -> Result<Self, Problem> {
        let is_name = matches!(&key.kind, ValueKind::String(text) if text.parse::<f64>().is_err());
        match self {
            Self::Type(Type::Any) => Ok(Self::ANY),
            Self::Block(_) | Self::Type(Type::Object(_)) => match &key.kind {
                ValueKind::String(name) => self.attribute(name),
                _ => Ok(Self::ANY),
            },
            Self::Map(element) => Ok((**element).clone()),
            Self::Type(Type::Map(element)) => Ok(Self::Type((**element).clone())),
            Self::Type(Type::Set(_)) => Err(Problem::Set),
            Self::Nested(nested) if nested.nesting == Nesting::Set => Err(Problem::Set),
            Self::Type(Type::Bool | Type::Number | Type::String) => Err(Problem::Plain),
            _ if is_name => Err(Problem::NotANumber),
            Self::Type(Type::Tuple(types)) => {
                let place = match &key.kind {
                    ValueKind::Number(place) => place.as_u64(),
                    ValueKind::String(place) => place.parse().ok(),
                    _ => None,
                };
                let place = place.and_then(|place| usize::try_from(place).ok());
                let known = place.and_then(|place| types.get(place)).cloned();
                Ok(Self::Type(known.unwrap_or(Type::Any)))
            }
            Self::List(_) | Self::Nested(_) | Self::Type(Type::List(_)) => {
                Ok(self.element().unwrap_or(Self::ANY))
            }
        }
    }

    /// What a list, set or map is made of; `None` for what cannot be gone through.
    pub(crate) fn element(&self) -> Option<Self> {
        Some(match self {
            Self::Block(_) => Self::ANY,
            Self::Nested(nested) => Self::Block(nested.block),
            Self::List(element) | Self::Map(element) => (**element).clone(),
            Self::Type(type_) => Self::Type(match type_ {
                Type::Any => Type::Any,
                Type::List(element) | Type::Set(element) | Type::Map(element) => {
                    (**element).clone()
                }
                Type::Tuple(elements) => common(elements.iter()),
                Type::Object(attributes) => {
                    common(attributes.iter().map(|attribute| &attribute.type_))
                }
                Type::Bool | Type::Number | Type::String => return None,
            }),
        })
    }

    /// What each element is to `[*]`, which takes a lone value for a list of one.
    pub(crate) fn each(&self) -> Self {
        match self {
            Self::Block(_) | Self::Map(_) | Self::Type(Type::Map(_) | Type::Object(_)) => {
                self.clone()
            }
            _ => self.element().unwrap_or_else(|| self.clone()),
        }
    }

    /// Whether it is gone through by name rather than by place.
    pub(crate) fn is_mapping(&self) -> bool {
        matches!(
            self,
            Self::Block(_) | Self::Map(_) | Self::Type(Type::Map(_) | Type::Object(_))
        )
    }

    /// Whether it is a set, whose keys are its elements.
    pub(crate) fn is_set(&self) -> bool {
        match self {
            Self::Type(Type::Set(_)) => true,
            Self::Nested(nested) => nested.nesting == Nesting::Set,
            _ => false,
        }
    }
}

impl From<NestedBlock<'static>> for Shape {
    fn from(nested: NestedBlock<'static>) -> Self {
        match nested.nesting {
            Nesting::Single | Nesting::Group => Self::Block(nested.block),
            Nesting::Map => Self::Map(Box::new(Self::Block(nested.block))),
            Nesting::List | Nesting::Set => Self::Nested(nested),
        }
    }
}

fn attribute_of(type_: &Type, name: &str) -> Result<Type, Problem> {
    match type_ {
        Type::Any => Ok(Type::Any),
        Type::Map(element) => Ok((**element).clone()),
        Type::Object(attributes) => attributes
            .iter()
            .find(|attribute| attribute.name == name)
            .map(|attribute| attribute.type_.clone())
            .ok_or_else(|| {
                let names = attributes.iter().map(|attribute| attribute.name.clone());
                Problem::NoSuchAttribute(names.collect())
            }),
        Type::List(_) | Type::Tuple(_) => Err(Problem::Several {
            ordered: true,
            single: false,
        }),
        Type::Set(_) => Err(Problem::Several {
            ordered: false,
            single: false,
        }),
        Type::Bool | Type::Number | Type::String => Err(Problem::Plain),
    }
}

/// The type that all of them have.
fn common<'t>(mut types: impl Iterator<Item = &'t Type>) -> Type {
    match types.next() {
        Some(first) if types.all(|other| other == first) => first.clone(),
        _ => Type::Any,
    }
}
