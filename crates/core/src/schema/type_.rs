//! The types of attributes, which are those of Terraform's language.

use std::fmt;

/// The type of an attribute's value.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Type {
    /// A value of any type.
    Any,
    /// `true` or `false`.
    Bool,
    /// A number, whole or not.
    Number,
    /// A text.
    String,
    /// Values of one type in an order.
    List(Box<Type>),
    /// Distinct values of one type.
    Set(Box<Type>),
    /// Values of one type by name.
    Map(Box<Type>),
    /// Values of a type each in an order.
    Tuple(Vec<Type>),
    /// Values of a type each by name; sorted by name.
    Object(Vec<ObjectAttribute>),
}

/// An attribute of an object.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct ObjectAttribute {
    /// The name of the attribute.
    pub name: String,
    /// The type of its value.
    pub type_: Type,
    /// Whether the value may be left out.
    pub optional: bool,
}

/// Terraform's spelling, as in `map(list(string))`.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Any => formatter.write_str("any"),
            Self::Bool => formatter.write_str("bool"),
            Self::Number => formatter.write_str("number"),
            Self::String => formatter.write_str("string"),
            Self::List(element) => write!(formatter, "list({element})"),
            Self::Set(element) => write!(formatter, "set({element})"),
            Self::Map(element) => write!(formatter, "map({element})"),
            Self::Tuple(elements) => {
                formatter.write_str("tuple([")?;
                write_separated(formatter, elements)?;
                formatter.write_str("])")
            }
            Self::Object(attributes) => {
                formatter.write_str("object({")?;
                write_separated(formatter, attributes)?;
                formatter.write_str("})")
            }
        }
    }
}

/// Terraform's spelling, as in `name = optional(string)`.
impl fmt::Display for ObjectAttribute {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            type_,
            optional,
        } = self;
        if *optional {
            write!(formatter, "{name} = optional({type_})")
        } else {
            write!(formatter, "{name} = {type_}")
        }
    }
}

fn write_separated<T: fmt::Display>(
    formatter: &mut fmt::Formatter<'_>,
    items: &[T],
) -> fmt::Result {
    for (index, item) in items.iter().enumerate() {
        let separator = if index == 0 { "" } else { ", " };
        write!(formatter, "{separator}{item}")?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(name: &str, type_: Type, optional: bool) -> ObjectAttribute {
        ObjectAttribute {
            name: name.to_owned(),
            type_,
            optional,
        }
    }

    #[test]
    fn types_are_spelled_as_in_terraform() {
        let object = Type::Object(vec![
            attribute("key", Type::String, false),
            attribute("size", Type::Number, true),
        ]);
        let tuple = Type::Tuple(vec![Type::Bool, Type::Any]);
        assert_eq!(
            Type::List(Box::new(Type::String)).to_string(),
            "list(string)"
        );
        assert_eq!(
            Type::Set(Box::new(object)).to_string(),
            "set(object({key = string, size = optional(number)}))"
        );
        assert_eq!(
            Type::Map(Box::new(tuple)).to_string(),
            "map(tuple([bool, any]))"
        );
        assert_eq!(Type::Object(Vec::new()).to_string(), "object({})");
    }
}
