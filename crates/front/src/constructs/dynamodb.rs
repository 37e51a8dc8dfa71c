//! `#[dynamodb]`: a table whose keys are fields of a struct.

use std::collections::HashSet;

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Object, Value, ValueKind};

use super::dynamodb_index::secondary_index;
use super::{Construct, FieldAttribute, Key, Settings, Shape, code, encryption};
use crate::context::{Context, Declaration};
use crate::serde_names;

const KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The table's name in AWS. 3 to 255 letters, digits, `_`, `-` and `.`. Default: the stack's name and the struct's.",
    ),
    Key::sets(
        "billing_mode",
        "billing",
        Shape::OneOf(&[
            ("on_demand", "PAY_PER_REQUEST"),
            ("provisioned", "PROVISIONED"),
        ]),
        "`\"on_demand\"`: pay per request, nothing to plan. `\"provisioned\"`: needs `read_capacity` and `write_capacity`.",
    ),
    Key::new(
        "pitr",
        Shape::Flag,
        "Point-in-time recovery: the table can be restored to any second of the last 35 days.",
    ),
    Key::new(
        "encrypted",
        Shape::Flag,
        "Encryption at rest with the AWS managed key, or with the key of `key`, instead of a key that AWS owns.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt with.",
    ),
    Key::new("kms_key_arn", Shape::Text, "The same as `key`, as an ARN."),
    Key::sets(
        "deletion_protection_enabled",
        "deletion_protection",
        Shape::Flag,
        "AWS refuses to delete the table until this is turned off.",
    ),
    Key::new(
        "stream",
        Shape::OneOf(&[
            ("keys_only", "KEYS_ONLY"),
            ("new_image", "NEW_IMAGE"),
            ("old_image", "OLD_IMAGE"),
            ("new_and_old_images", "NEW_AND_OLD_IMAGES"),
        ]),
        "The stream of changes, and what of an item is in it.",
    ),
    Key::new(
        "global_index",
        Shape::Block(GLOBAL_INDEX),
        "A global secondary index: other keys for the same items. At most 20.",
    ),
    Key::new(
        "local_index",
        Shape::Block(LOCAL_INDEX),
        "A local secondary index: the table's hash key with another range key. At most 5, and only when the table is made.",
    ),
];

const GLOBAL_INDEX: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The index's name. 3 to 255 characters.",
    ),
    Key::new("hash_key", Shape::Raw, "The field that is its hash key."),
    Key::new("range_key", Shape::Raw, "The field that is its range key."),
    Key::new(
        "projection",
        Shape::OneOf(PROJECTION),
        "Which attributes are in the index. Default: `\"all\"`.",
    ),
    Key::new(
        "include",
        Shape::Value,
        "The attributes in the index besides the keys, for `projection = \"include\"`.",
    ),
    Key::new(
        "read_capacity",
        Shape::Number,
        "Read capacity units, for a provisioned table.",
    ),
    Key::new(
        "write_capacity",
        Shape::Number,
        "Write capacity units, for a provisioned table.",
    ),
];

const LOCAL_INDEX: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The index's name. 3 to 255 characters.",
    ),
    Key::new("range_key", Shape::Raw, "The field that is its range key."),
    Key::new(
        "projection",
        Shape::OneOf(PROJECTION),
        "Which attributes are in the index. Default: `\"all\"`.",
    ),
    Key::new(
        "include",
        Shape::Value,
        "The attributes in the index besides the keys, for `projection = \"include\"`.",
    ),
];

const PROJECTION: &[(&str, &str)] = &[
    ("all", "ALL"),
    ("keys_only", "KEYS_ONLY"),
    ("include", "INCLUDE"),
];

pub(super) static DYNAMODB: Construct = Construct {
    name: "dynamodb",
    summary: "A DynamoDB table; the struct is its item, and fields are its keys",
    main: "aws_dynamodb_table",
    keys: KEYS,
    fields: &[
        FieldAttribute {
            name: "hash_key",
            doc: "The partition key. `String` becomes `S`, a number `N`, `Vec<u8>` `B`.",
            keys: &[],
        },
        FieldAttribute {
            name: "range_key",
            doc: "The sort key.",
            keys: &[],
        },
        FieldAttribute {
            name: "ttl",
            doc: "When the item expires: a number, seconds since 1970. DynamoDB deletes it within days of that.",
            keys: &[],
        },
    ],
    parts: &[],
    aliases: &[("table_name", "name")],
    marker: "Table",
    target: |declaration| declaration.resource(),
    lower,
};

/// A field that can be a key.
struct Attribute {
    rust_name: String,
    name: String,
    /// `S`, `N` or `B`; `None` for types that cannot be keys.
    type_: Option<&'static str>,
    span: proc_macro2::Span,
}

pub(super) struct Table {
    attributes: Vec<Attribute>,
    used: Vec<(String, &'static str)>,
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    body.set_default("name", context.physical_name(&settings, declaration));
    let mut table = Table {
        attributes: attributes(declaration),
        used: Vec::new(),
    };

    for (key, argument) in [("hash_key", "hash_key"), ("range_key", "range_key")] {
        if let Some(name) = key_field(context, declaration, key, &mut table) {
            if let Some((written, _)) = body.entry(argument) {
                let span = context.document.provenance(written.origin).copied();
                context.errors.add(
                    span.unwrap_or_else(|| declaration.span()),
                    format!(
                        "`{argument}` of table `{}` is given by the field with `#[{key}]` already",
                        declaration.name()
                    ),
                    "remove one of the two",
                );
            }
            body.set(argument, name);
        }
    }
    let is_marked = declaration.fields().any(|(_, annotations, _)| {
        annotations
            .iter()
            .any(|annotation| annotation.name == "hash_key")
    });
    if body.get("hash_key").is_none() && !is_marked {
        let ident = declaration.item.syntax.ident.span();
        context.errors.add(ident, format!("table `{}` has no partition key", declaration.name()), "put `#[hash_key]` on the field that tells its items apart: `#[hash_key] pub id: String`");
    }
    let same = |(hash, range): (&Value, &Value)| hash.as_str() == range.as_str();
    if body
        .get("hash_key")
        .zip(body.get("range_key"))
        .is_some_and(same)
    {
        context.errors.add(
            declaration.item.syntax.ident.span(),
            format!("table `{}` has one field for both keys", declaration.name()),
            "put `#[range_key]` on another field, or leave it out",
        );
    }
    ttl(context, declaration, &mut body);
    let mut index_names = HashSet::new();
    for index in ["global_index", "local_index"] {
        let blocks = settings
            .blocks(index)
            .map(|(setting, block)| (setting.origin, setting.span, block.clone()))
            .collect::<Vec<_>>();
        for (origin, span, block) in blocks {
            let argument = if index == "global_index" {
                "global_secondary_index"
            } else {
                "local_secondary_index"
            };
            if index == "local_index" && body.get("range_key").is_none() {
                context.errors.add(
                    span,
                    format!(
                        "table `{}` has no range key, so it can have no local index",
                        declaration.name()
                    ),
                    "put `#[range_key]` on a field, or write `global_index(…)`",
                );
                continue;
            }
            if let Some(name) = block
                .text("name")
                .filter(|name| !index_names.insert((*name).to_owned()))
            {
                context.errors.add(
                    span,
                    format!("two indexes are called `{name}`"),
                    "rename one of the two",
                );
            }
            if let Some(value) = secondary_index(context, &block, span, index, &mut table) {
                body.push_block(argument, ValueKind::Object(value).at(origin));
            }
        }
    }
    let declared = std::mem::take(&mut table.used);
    for (name, type_) in declared {
        body.push_block(
            "attribute",
            Object::new().with("name", name).with("type", type_).into(),
        );
    }
    if let Some(value) = settings.value("pitr") {
        let flag = Object::new().with("enabled", value.clone());
        body.push_block("point_in_time_recovery", flag.into());
    }
    encrypt(context, declaration, &settings, &mut body);
    if let Some(view) = settings.value("stream") {
        body.set("stream_enabled", true);
        body.set("stream_view_type", view.clone());
    }
    let keys = ["hash_key", "range_key"].map(|key| body.get(key)?.as_str().map(str::to_owned));
    context.resource("aws_dynamodb_table", declaration.id, body);
    code::table(context, declaration, keys);
}

fn encrypt(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    body: &mut Object,
) {
    let own = encryption::key(context, settings, "key");
    if let (Some(_), Some(setting)) = (&own, settings.find("kms_key_arn")) {
        context.errors.add(
            setting.span,
            format!(
                "`kms_key_arn` is `key` of table `{}`, which is given already",
                declaration.name()
            ),
            "remove one of the two",
        );
    }
    let key = own.as_ref().or(settings.value("kms_key_arn"));
    let flag = settings
        .value("encrypted")
        .cloned()
        .or_else(|| key.map(|_| true.into()));
    if let Some(flag) = flag {
        let mut encryption = Object::new().with("enabled", flag);
        if let Some(key) = key {
            encryption.set("kms_key_arn", key.clone());
        }
        body.push_block("server_side_encryption", encryption.into());
    }
}

fn attributes(declaration: &Declaration<'_>) -> Vec<Attribute> {
    let case = serde_names::case(&declaration.item.syntax.attrs);
    declaration
        .fields()
        .filter_map(|(field, _, _)| {
            let ident = field.ident.as_ref()?;
            Some(Attribute {
                rust_name: ident.to_string(),
                name: serde_names::field(field, case)?,
                type_: key_type(&field.ty),
                span: ident.span(),
            })
        })
        .collect()
}

/// The type of a key attribute: only texts, numbers and bytes can be keys.
pub(super) fn key_type(type_: &syn::Type) -> Option<&'static str> {
    let syn::Type::Path(path) = type_ else {
        return None;
    };
    let last = path.path.segments.last()?;
    match last.ident.to_string().as_str() {
        "String" => Some("S"),
        "u8" | "u16" | "u32" | "u64" | "u128" | "i8" | "i16" | "i32" | "i64" | "i128" | "f32"
        | "f64" => Some("N"),
        "Vec" => {
            let text = quote::ToTokens::to_token_stream(&last.arguments).to_string();
            (text.replace(' ', "") == "<u8>").then_some("B")
        }
        _ => None,
    }
}

fn key_field(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    wanted: &str,
    table: &mut Table,
) -> Option<Value> {
    let mut found = None;
    for (field, annotations, _) in declaration.fields() {
        let Some(annotation) = annotations
            .iter()
            .find(|annotation| annotation.name == wanted)
        else {
            continue;
        };
        if found.is_some() {
            context.errors.add(
                annotation.name.span(),
                format!(
                    "table `{}` has two fields with `#[{wanted}]`",
                    declaration.name()
                ),
                "a table has one of each; use `global_index(…)` for other keys",
            );
            continue;
        }
        if field.ident.is_none() {
            context.errors.add(
                annotation.name.span(),
                "a key has the name of its field, and this field has none",
                "give the struct named fields: `{ #[hash_key] pub id: String }`",
            );
        }
        found = field
            .ident
            .as_ref()
            .map(|ident| (ident.to_string(), annotation.name.span()));
    }
    let (field, span) = found?;
    let name = table.use_key(context, &field, span)?;
    let origin = context.origin(span);
    Some(ValueKind::String(name).at(origin))
}

impl Table {
    /// The attribute's name, which from now on is declared as a key.
    pub(super) fn use_key(
        &mut self,
        context: &mut Context<'_>,
        field: &str,
        span: proc_macro2::Span,
    ) -> Option<String> {
        let Some(attribute) = self
            .attributes
            .iter()
            .find(|attribute| attribute.rust_name == field)
        else {
            let near = nearest(
                field,
                self.attributes
                    .iter()
                    .map(|attribute| attribute.rust_name.as_str()),
            );
            context.errors.add(
                span,
                format!("the item has no field `{field}`"),
                did_you_mean(&near),
            );
            return None;
        };
        let Some(type_) = attribute.type_ else {
            context.errors.add(
                attribute.span,
                format!("`{field}` cannot be a key: DynamoDB's keys are texts, numbers and bytes"),
                "give it the type `String`, an integer such as `u64`, or `Vec<u8>`",
            );
            return None;
        };
        if !self.used.iter().any(|(name, _)| *name == attribute.name) {
            self.used.push((attribute.name.clone(), type_));
        }
        Some(attribute.name.clone())
    }
}

fn ttl(context: &mut Context<'_>, declaration: &Declaration<'_>, body: &mut Object) {
    let case = serde_names::case(&declaration.item.syntax.attrs);
    for (field, annotations, _) in declaration.fields() {
        let Some(annotation) = annotations
            .iter()
            .find(|annotation| annotation.name == "ttl")
        else {
            continue;
        };
        let is_option_of_number = quote::ToTokens::to_token_stream(&field.ty).to_string();
        let number = key_type(&field.ty) == Some("N")
            || ["u32", "u64", "i64"]
                .iter()
                .any(|name| is_option_of_number.replace(' ', "") == format!("Option<{name}>"));
        if !number {
            context.errors.add(
                annotation.name.span(),
                "the time to live is a number of seconds since 1970",
                "give the field the type `u64` or `Option<u64>`",
            );
            continue;
        }
        if let Some(name) = serde_names::field(field, case) {
            let origin = context.origin(annotation.name.span());
            let ttl = Object::new()
                .with("attribute_name", name)
                .with("enabled", true);
            body.push_block("ttl", ValueKind::Object(ttl).at(origin));
        }
    }
}
