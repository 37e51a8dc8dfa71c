//! Rust types as Terraform's: of variables, of a struct's fields, and of the outputs of modules.

use syn::{GenericArgument, PathArguments};
use webhook_infra_core::schema::{ObjectAttribute, Type};

use crate::context::{Declaration, Scope};

/// How deep structs in structs are followed. A struct that holds itself has no type in Terraform.
const MAX_DEPTH: usize = 16;

/// Terraform's type of a Rust type. What has none is `any`.
pub(crate) fn terraform_type(type_: &syn::Type, scope: &Scope<'_>) -> Type {
    typed(type_, scope, 0)
}

/// The fields of a declaration as the attributes of an object; `None` when it has none with names.
pub(crate) fn object_type(declaration: &Declaration<'_>, scope: &Scope<'_>) -> Option<Type> {
    struct_type(&declaration.item.syntax, scope, 0)
}

fn typed(type_: &syn::Type, scope: &Scope<'_>, depth: usize) -> Type {
    if depth > MAX_DEPTH {
        return Type::Any;
    }
    let inner = |type_: &syn::Type| Box::new(typed(type_, scope, depth + 1));
    match type_ {
        syn::Type::Reference(reference) => typed(&reference.elem, scope, depth + 1),
        syn::Type::Paren(inner) => typed(&inner.elem, scope, depth + 1),
        syn::Type::Group(inner) => typed(&inner.elem, scope, depth + 1),
        syn::Type::Array(array) => Type::List(inner(&array.elem)),
        syn::Type::Slice(slice) => Type::List(inner(&slice.elem)),
        syn::Type::Tuple(tuple) if !tuple.elems.is_empty() => Type::Tuple(
            tuple
                .elems
                .iter()
                .map(|type_| typed(type_, scope, depth + 1))
                .collect(),
        ),
        syn::Type::Path(path) => {
            let Some(segment) = path.path.segments.last() else {
                return Type::Any;
            };
            let arguments = generic_types(&segment.arguments);
            match (segment.ident.to_string().as_str(), arguments.as_slice()) {
                ("String" | "str", []) => Type::String,
                ("bool", []) => Type::Bool,
                (
                    "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize"
                    | "f32" | "f64",
                    [],
                ) => Type::Number,
                ("Vec", [item]) => Type::List(inner(item)),
                ("HashSet" | "BTreeSet", [item]) => Type::Set(inner(item)),
                ("HashMap" | "BTreeMap", [_, item]) => Type::Map(inner(item)),
                ("Option" | "Box", [item]) => typed(item, scope, depth + 1),
                (name, []) => scope
                    .types
                    .get(name)
                    .and_then(|item| struct_type(&item.syntax, scope, depth + 1))
                    .unwrap_or(Type::Any),
                _ => Type::Any,
            }
        }
        _ => Type::Any,
    }
}

fn struct_type(input: &syn::DeriveInput, scope: &Scope<'_>, depth: usize) -> Option<Type> {
    let syn::Data::Struct(data) = &input.data else {
        return None;
    };
    let syn::Fields::Named(fields) = &data.fields else {
        return None;
    };
    let mut attributes = fields
        .named
        .iter()
        .filter_map(|field| {
            let name = field.ident.as_ref()?.to_string();
            Some(ObjectAttribute {
                name: name.trim_start_matches("r#").to_owned(),
                type_: typed(&field.ty, scope, depth + 1),
                optional: is_option(&field.ty),
            })
        })
        .collect::<Vec<_>>();
    attributes.sort_by(|a, b| a.name.cmp(&b.name));
    Some(Type::Object(attributes))
}

fn is_option(type_: &syn::Type) -> bool {
    matches!(type_, syn::Type::Path(path)
        if path.path.segments.last().is_some_and(|segment| segment.ident == "Option"))
}

fn generic_types(arguments: &PathArguments) -> Vec<&syn::Type> {
    match arguments {
        PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                GenericArgument::Type(type_) => Some(type_),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}
