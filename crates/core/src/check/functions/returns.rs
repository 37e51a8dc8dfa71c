//! What a function gives: its signature says so, or it follows from what it takes.

use crate::check::infer::Shape;
use crate::functions::Signature;
use crate::schema::Type;

/// What the function gives for arguments of these shapes. Without arguments (a list was expanded),
/// what its signature says.
pub(super) fn returned(signature: &Signature, shapes: &[Shape]) -> Shape {
    let first = || shapes.first().cloned().unwrap_or(Shape::ANY);
    let element = || first().element().unwrap_or(Shape::ANY);
    let list = |shape: Shape| Shape::List(Box::new(shape));
    match signature.name {
        "sensitive" | "nonsensitive" | "ephemeralasnull" => first(),
        "element" | "one" => element(),
        "lookup" if shapes.len() > 1 => match first() {
            // The default may be of another type.
            shape @ (Shape::Map(_) | Shape::Type(Type::Map(_))) => {
                shape.element().unwrap_or(Shape::ANY)
            }
            _ => Shape::ANY,
        },
        "distinct" | "matchkeys" | "reverse" | "slice" | "tolist" | "values" => list(element()),
        "keys" | "formatlist" => Shape::Type(Type::List(Box::new(Type::String))),
        "toset" => Shape::Type(Type::Set(Box::new(element().into_type()))),
        "tomap" => match first() {
            shape @ Shape::Map(_) => shape,
            shape => Shape::Map(Box::new(shape.element().unwrap_or(Shape::ANY))),
        },
        "concat" | "flatten" => Shape::Type(Type::List(Box::new(Type::Any))),
        "merge" => merged(shapes),
        "zipmap" => Shape::Type(Type::Map(Box::new(Type::Any))),
        "format" => Shape::Type(Type::String),
        "contains" => Shape::Type(Type::Bool),
        "index" | "parseint" | "sum" => Shape::Type(Type::Number),
        "csvdecode" => Shape::Type(Type::List(Box::new(Type::Map(Box::new(Type::String))))),
        "coalesce" | "coalescelist" => match shapes.split_first() {
            Some((first, others)) => {
                let type_ = first.clone().into_type();
                let same = |other: &Shape| other.clone().into_type() == type_;
                if others.iter().all(same) {
                    Shape::Type(type_)
                } else {
                    Shape::ANY
                }
            }
            None => Shape::ANY,
        },
        _ => Shape::Type(signature.returns.clone()),
    }
}

/// The elements of all maps, where they are of one type.
fn merged(shapes: &[Shape]) -> Shape {
    let mut elements = shapes.iter().map(|shape| match shape {
        Shape::Map(element) => element.clone().into_type(),
        Shape::Type(Type::Map(element)) => (**element).clone(),
        _ => Type::Any,
    });
    let element = match elements.next() {
        Some(first) if elements.all(|other| other == first) => first,
        _ => Type::Any,
    };
    Shape::Type(Type::Map(Box::new(element)))
}
