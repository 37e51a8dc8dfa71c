//! JSON schemas from Rust structs, in the draft that API Gateway understands.

use proc_macro2::Ident;
use webhook_infra_core::{Object, Value};

use crate::context::Context;
use crate::serde_names;

/// The schema of a struct of the module; what has no schema is reported.
///
/// Source: Amazon API Gateway Developer Guide, "Data models for REST APIs" (JSON schema draft 4).
pub(super) fn schema(context: &mut Context<'_>, name: &Ident) -> Option<Value> {
    let body = structure(context, name, &mut Vec::new())?;
    Some(
        Object::new()
            .with("$schema", "http://json-schema.org/draft-04/schema#")
            .with("title", name.to_string())
            .into_iter_with(body)
            .into(),
    )
}

/// One object's entries behind another's.
trait Chain {
    fn into_iter_with(self, other: Object) -> Object;
}

impl Chain for Object {
    fn into_iter_with(mut self, other: Object) -> Object {
        for (key, value) in other.iter() {
            self.set(key.clone(), value.clone());
        }
        self
    }
}

fn structure(context: &mut Context<'_>, name: &Ident, around: &mut Vec<String>) -> Option<Object> {
    let text = name.to_string();
    let Some(item) = context.scope.types.get(&text).copied() else {
        context.errors.add(
            name.span(),
            format!("the stack has no struct `{text}` to make a schema of"),
            format!("declare it in this module: `pub struct {text} {{ pub id: String }}`"),
        );
        return None;
    };
    if around.contains(&text) {
        context.errors.add(
            name.span(),
            format!("`{text}` contains itself, for which a model has no form"),
            "leave the inner one open, with the type `Json`",
        );
        return None;
    }
    around.push(text);
    let case = serde_names::case(&item.syntax.attrs);
    let mut properties = Object::new();
    let mut required: Vec<Value> = Vec::new();
    if let syn::Data::Struct(data) = &item.syntax.data {
        for (field, docs) in data.fields.iter().zip(&item.field_docs) {
            let Some(name) = serde_names::field(field, case) else {
                continue;
            };
            let (type_, is_optional) = optional(&field.ty);
            let mut schema = of_type(context, type_, around)?;
            if !docs.is_empty() {
                schema.set("description", crate::context::one_line(docs));
            }
            if !is_optional {
                required.push(name.as_str().into());
            }
            properties.set(name, schema);
        }
    }
    around.pop();
    let mut schema = Object::new().with("type", "object");
    if !properties.is_empty() {
        schema.set("properties", properties);
    }
    // Draft 4 has no empty `required`.
    if !required.is_empty() {
        schema.set("required", required);
    }
    Some(schema)
}

fn last(type_: &syn::Type) -> Option<&syn::PathSegment> {
    match type_ {
        syn::Type::Path(path) => path.path.segments.last(),
        _ => None,
    }
}

fn arguments(segment: &syn::PathSegment) -> Vec<&syn::Type> {
    match &segment.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments
            .args
            .iter()
            .filter_map(|argument| match argument {
                syn::GenericArgument::Type(type_) => Some(type_),
                _ => None,
            })
            .collect(),
        _ => Vec::new(),
    }
}

fn optional(type_: &syn::Type) -> (&syn::Type, bool) {
    match last(type_) {
        Some(segment) if segment.ident == "Option" => {
            (arguments(segment).first().copied().unwrap_or(type_), true)
        }
        _ => (type_, false),
    }
}

fn of_type(
    context: &mut Context<'_>,
    type_: &syn::Type,
    around: &mut Vec<String>,
) -> Option<Object> {
    let simple = |name: &str| Some(Object::new().with("type", name));
    let Some(segment) = last(type_) else {
        return Some(Object::new());
    };
    let inner = arguments(segment);
    match segment.ident.to_string().as_str() {
        "String" | "char" => simple("string"),
        "bool" => simple("boolean"),
        "f32" | "f64" => simple("number"),
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" => {
            Some(Object::new().with("type", "integer").with("minimum", 0_u64))
        }
        "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => simple("integer"),
        "Vec" => {
            let items = of_type(context, inner.first()?, around)?;
            Some(Object::new().with("type", "array").with("items", items))
        }
        "HashMap" | "BTreeMap" => {
            let values = of_type(context, inner.get(1)?, around)?;
            Some(
                Object::new()
                    .with("type", "object")
                    .with("additionalProperties", values),
            )
        }
        "Option" | "Box" => of_type(context, inner.first()?, around),
        // Any JSON at all.
        "Json" => Some(Object::new()),
        _ => structure(context, &segment.ident, around),
    }
}
