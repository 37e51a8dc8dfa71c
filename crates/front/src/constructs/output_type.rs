//! The type of an output, and how a parameter carries its value.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use webhook_infra_core::schema::Type;
use webhook_infra_core::{Block, Step, Target, Value, ValueKind};

use super::Settings;
use super::input::value_type;
use crate::context::{Context, Declaration, one_line};

/// What another stack's `#[input]` has to know of an output.
pub(crate) struct OutputDefinition {
    pub(crate) ident: Ident,
    pub(crate) name: String,
    /// The field's type; `None` for a unit struct.
    pub(crate) type_: Option<syn::Type>,
    pub(crate) carried: &'static str,
    pub(crate) is_sensitive: bool,
    /// The parameter's name, as a constant of Rust's.
    pub(crate) parameter: Option<TokenStream>,
}

/// The types that Terraform has a word for.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    Text,
    Number,
    Truth,
    List,
    Map,
    Other,
}

impl Known {
    fn of(type_: &syn::Type) -> Self {
        let text = type_.to_token_stream().to_string().replace(' ', "");
        let outer = text.split('<').next().unwrap_or_default();
        match outer.rsplit("::").next().unwrap_or_default() {
            "String" | "&str" | "&'staticstr" => Self::Text,
            "bool" => Self::Truth,
            "Vec" | "HashSet" | "BTreeSet" => Self::List,
            "HashMap" | "BTreeMap" => Self::Map,
            "u8" | "u16" | "u32" | "u64" | "usize" | "i8" | "i16" | "i32" | "i64" | "isize"
            | "f32" | "f64" => Self::Number,
            _ => Self::Other,
        }
    }

    fn of_schema(type_: &Type) -> Self {
        match type_ {
            Type::String => Self::Text,
            Type::Number => Self::Number,
            Type::Bool => Self::Truth,
            Type::List(_) | Type::Set(_) | Type::Tuple(_) => Self::List,
            Type::Map(_) => Self::Map,
            _ => Self::Other,
        }
    }

    fn example(self) -> &'static str {
        match self {
            Self::Text => "String",
            Self::Number => "f64",
            Self::Truth => "bool",
            Self::List => "Vec<String>",
            Self::Map => "BTreeMap<String, String>",
            Self::Other => "webhook_infra::Json",
        }
    }

    /// How a parameter, whose value is text, carries it.
    fn carried(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Number => "number",
            Self::Truth => "bool",
            Self::List | Self::Map | Self::Other => "json",
        }
    }
}

/// Checks the type of an output against its value, makes its parameter, and takes down what inputs need.
pub(super) fn lower(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    value: &Value,
) {
    let type_ = value_type(declaration);
    let known = type_.map_or(Known::Other, Known::of);
    if let Some(type_) = type_ {
        check(context, declaration, known, type_, value);
    } else if declaration.fields().next().is_some() {
        context.errors.add(
            declaration.item.syntax.ident.span(),
            format!(
                "the struct of output `{}` holds something else than the type of its value",
                declaration.name()
            ),
            format!("write `pub struct {}(pub String);`", declaration.name()),
        );
    }
    let is_sensitive = settings.flag("sensitive");
    let parameter = parameter(context, declaration, settings, known, value);
    context.outputs.push(OutputDefinition {
        ident: declaration.item.syntax.ident.clone(),
        name: declaration.id.to_owned(),
        type_: type_.cloned(),
        carried: known.carried(),
        is_sensitive,
        parameter,
    });
}

fn check(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    known: Known,
    type_: &syn::Type,
    value: &Value,
) {
    let found = found(context, value);
    let fits = known == Known::Other || found == Known::Other || known == found;
    // A literal number or truth value is text as well.
    let is_converted = known == Known::Text && matches!(found, Known::Number | Known::Truth);
    if fits || is_converted && value.is_literal() {
        return;
    }
    let span = type_.to_token_stream().into_iter().next();
    context.errors.add(
        span.map_or(declaration.span(), |token| token.span()),
        format!(
            "output `{}` is a `{}`, but its value is a {}",
            declaration.name(),
            type_.to_token_stream().to_string().replace(' ', ""),
            noun(found)
        ),
        format!("write `{}`", found.example()),
    );
}

fn noun(known: Known) -> &'static str {
    match known {
        Known::Text => "string",
        Known::Number => "number",
        Known::Truth => "truth value",
        Known::List => "list",
        Known::Map => "map",
        Known::Other => "value of another type",
    }
}

/// The type of a value, where it is known here.
fn found(context: &Context<'_>, value: &Value) -> Known {
    match &value.kind {
        ValueKind::String(_) | ValueKind::Template(_) => Known::Text,
        ValueKind::Number(_) => Known::Number,
        ValueKind::Bool(_) => Known::Truth,
        ValueKind::List(_) => Known::List,
        ValueKind::Reference(reference) => {
            let [Step::Attribute(name)] = reference.path.as_slice() else {
                return Known::Other;
            };
            if context.is_repeated(&reference.target) {
                return Known::Other;
            }
            let schemas = &context.document.schemas;
            let schema = match &reference.target {
                Target::Resource(type_name, _) => schemas.resource(type_name),
                Target::Data(type_name, _) => schemas.data_source(type_name),
                _ => None,
            };
            schema
                .and_then(|schema| schema.attribute(name))
                .map_or(Known::Other, |attribute| {
                    Known::of_schema(&attribute.type_())
                })
        }
        _ => Known::Other,
    }
}

/// The parameter that carries the value to other stacks.
fn parameter(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    known: Known,
    value: &Value,
) -> Option<TokenStream> {
    let setting = settings.find("parameter")?;
    let name = settings.value("parameter")?.clone();
    let tokens = match &name.kind {
        ValueKind::String(text) => quote! { #text },
        ValueKind::Constant(index) => context
            .constants
            .get(usize::try_from(*index).ok()?)?
            .clone(),
        _ => {
            context.errors.add(
                setting.span,
                "the name of a parameter for other stacks is the same in both, so it takes no reference",
                "write a literal, `parameter = \"/network/vpc_id\"`, or a Rust constant",
            );
            return None;
        }
    };
    let is_sensitive = settings.flag("sensitive");
    let carried = match known.carried() {
        "json" => ValueKind::json(value.clone()).at(value.origin),
        _ => value.clone(),
    };
    let mut body = webhook_infra_core::Object::new()
        .with(webhook_infra_core::Key::new("name", setting.origin), name)
        .with(
            "type",
            if is_sensitive {
                "SecureString"
            } else {
                "String"
            },
        )
        .with("value", carried);
    if !declaration.item.docs.is_empty() {
        body.set("description", one_line(&declaration.item.docs));
    }
    let mut block = Block::resource("aws_ssm_parameter", declaration.id);
    block.origin = setting.origin;
    block.body = body;
    context.push(block);
    Some(tokens)
}

impl Context<'_> {
    /// Whether a block that a target names has `count` or `for_each`, as far as it is lowered.
    fn is_repeated(&self, target: &Target) -> bool {
        self.document
            .blocks
            .iter()
            .find(|block| block.target().as_ref() == Some(target))
            .is_none_or(|block| {
                block.body.get("count").is_some() || block.body.get("for_each").is_some()
            })
    }
}
