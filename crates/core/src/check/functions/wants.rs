//! What functions take whose signature says `any`, because they look at the type themselves. Found by
//! calling the functions of Terraform 1.11.

use crate::check::infer::{in_words, is_primitive};
use crate::expression;
use crate::functions::Signature;
use crate::schema::Type;
use crate::value::Value;

/// A kind of types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::check) enum Kind {
    /// A list, but no set, whose elements have no order.
    Ordered,
    /// A list or a set.
    Sequence,
    /// A map.
    Mapping,
    /// A string, number or truth value.
    Primitive,
    /// Whatever has a length.
    Sized,
}

/// What an argument has to be.
pub(super) enum Wanted {
    Type(Type),
    Kind(Kind),
}

impl Kind {
    /// Whether a value of this type is of the kind. What is not known is.
    pub(in crate::check) fn takes(self, type_: &Type) -> bool {
        let is_sequence = matches!(type_, Type::List(_) | Type::Set(_) | Type::Tuple(_));
        match (self, type_) {
            (_, Type::Any) => true,
            (Self::Ordered, _) => is_sequence && !matches!(type_, Type::Set(_)),
            (Self::Sequence, _) => is_sequence,
            (Self::Mapping, _) => matches!(type_, Type::Map(_) | Type::Object(_)),
            (Self::Primitive, _) => is_primitive(type_),
            (Self::Sized, _) => !matches!(type_, Type::Number | Type::Bool),
        }
    }
}

impl Wanted {
    pub(super) fn in_words(&self) -> String {
        match self {
            Self::Type(type_) => in_words(type_),
            Self::Kind(Kind::Ordered) => "a list".to_owned(),
            Self::Kind(Kind::Sequence) => "a list or set".to_owned(),
            Self::Kind(Kind::Mapping) => "a map".to_owned(),
            Self::Kind(Kind::Primitive) => "a string, number or truth value".to_owned(),
            Self::Kind(Kind::Sized) => "a list, a map or a string".to_owned(),
        }
    }
}

/// What the argument at this place has to be.
pub(super) fn wanted(function: &str, place: usize, type_: &Type) -> Wanted {
    let kind = match (function, place) {
        ("concat" | "coalescelist", _) | ("element" | "slice" | "index", 0) | ("zipmap", 1) => {
            Kind::Ordered
        }
        ("setproduct", _)
        | ("reverse" | "contains" | "flatten" | "one" | "sum" | "toset" | "tolist", 0) => {
            Kind::Sequence
        }
        ("merge", _) | ("keys" | "values" | "lookup" | "tomap", 0) => Kind::Mapping,
        ("tostring" | "tonumber" | "tobool", 0) => Kind::Primitive,
        ("length", 0) => Kind::Sized,
        _ => return Wanted::Type(type_.clone()),
    };
    Wanted::Kind(kind)
}

/// What to write instead.
pub(super) fn help(
    signature: &Signature,
    wanted: &Wanted,
    argument: &Value,
    found: &Type,
) -> String {
    let shown = expression::render(argument);
    match (wanted, found) {
        (Wanted::Kind(Kind::Ordered), Type::Set(_)) => format!("write `tolist({shown})`"),
        (
            Wanted::Kind(Kind::Ordered | Kind::Sequence)
            | Wanted::Type(Type::List(_) | Type::Set(_)),
            _,
        ) if is_primitive(found) => format!("write a list: `[{shown}]`"),
        (
            Wanted::Kind(Kind::Ordered | Kind::Sequence)
            | Wanted::Type(Type::List(_) | Type::Set(_)),
            Type::Map(_) | Type::Object(_),
        ) => format!("write `values({shown})` or `keys({shown})`"),
        (Wanted::Kind(Kind::Mapping), _) => "write a map: `{ \"key\" = value }`".to_owned(),
        (Wanted::Type(Type::String), Type::List(_) | Type::Set(_) | Type::Tuple(_)) => {
            format!(
                "go through the list: `[for x in {shown} : {}(x)]`",
                signature.name
            )
        }
        (Wanted::Type(Type::Number), Type::List(_) | Type::Set(_) | Type::Tuple(_)) => {
            format!("for how many there are, write `length({shown})`")
        }
        (Wanted::Type(Type::Number), _) => "write a number without quotes".to_owned(),
        (Wanted::Type(Type::Bool), _) => "write `true`, `false` or a comparison".to_owned(),
        _ => format!("write {} instead", wanted.in_words()),
    }
}
