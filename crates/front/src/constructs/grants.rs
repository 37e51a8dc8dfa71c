//! The fields of a function, as statements of its policy and variables of its environment.

use std::collections::HashSet;

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Object, Part, Target, Value};

use super::capability::{CAPABILITIES, Capability, Scope, environment};
use super::{Key, Shape, each_instance, encryption, lambda_alias};
use crate::context::{Context, Declaration, attribute, suffixed, surrounded};
use crate::lower::listed;
use crate::names;
use crate::stack::Instances;
use crate::syntax::{Annotation, Entry, EntryKind, ExpressionKind};

/// `#[objects(…)]` on a field.
pub(super) const OBJECTS: &[Key] = &[Key::new(
    "prefix",
    Shape::Text,
    "Only objects whose keys start with this: `#[objects(prefix = \"out/\")] pub results: PutObject<Files>`.",
)];

/// What the capability fields of a function amount to.
#[derive(Default)]
pub(crate) struct Grants {
    pub(crate) statements: Vec<Object>,
    pub(crate) environment: Object,
}

/// Reads the fields of a function.
pub(crate) fn grants(context: &mut Context<'_>, declaration: &Declaration<'_>) -> Grants {
    let mut grants = Grants::default();
    let mut seen = HashSet::new();
    for (field, annotations, _) in declaration.fields() {
        let mistakes = context.errors.len();
        let Some((capability, resource)) = read(context, &field.ty) else {
            if context.errors.len() > mistakes {
                context.broken.insert(declaration.name());
            }
            continue;
        };
        let origin = context.origin(capability.1);
        let capability = capability.0;
        let prefix = prefix(context, annotations, capability);
        let name = resource.name();
        let actions = capability
            .actions
            .iter()
            .map(|action| webhook_infra_core::ValueKind::String((*action).to_owned()).at(origin))
            .collect::<Vec<_>>();
        let sid = format!("{}{}", capability.name, name);
        if !seen.insert(sid.clone()) {
            let span = context.document.provenance(origin).copied();
            context.errors.add(
                span.unwrap_or_else(|| declaration.span()),
                format!(
                    "function `{}` has `{}<{name}>` twice",
                    declaration.name(),
                    capability.name
                ),
                "remove one of the two",
            );
        }
        grants.statements.push(
            Object::new()
                .with("sid", sid.as_str())
                .with("effect", "Allow")
                .with("actions", actions)
                .with(
                    "resources",
                    resources(capability.scope, &resource, prefix.as_ref()),
                ),
        );
        if let Some(key) = key(context, &resource).filter(|_| !capability.key_actions.is_empty()) {
            let actions = capability
                .key_actions
                .iter()
                .map(|action| Value::from(*action))
                .collect::<Vec<_>>();
            grants.statements.push(
                Object::new()
                    .with("sid", format!("{sid}Key"))
                    .with("effect", "Allow")
                    .with("actions", actions)
                    .with("resources", vec![key]),
            );
        }
        let (ending, value) = environment(capability.construct);
        let invoked = lambda_alias::invoked(&resource);
        // A function is named by the ARN of its alias, too.
        let value = invoked.alias_name().map_or(value, |_| "arn");
        let (ending, whereabouts) = match Instances::of(&resource.annotation.entries) {
            Some(_) => (
                format!("{ending}S"),
                each_instance::as_json(&invoked.target, value),
            ),
            None => (ending.to_owned(), attribute(&invoked.target, value)),
        };
        let variable = format!("{}_{ending}", names::screaming(&name));
        grants.environment.set(variable, whereabouts);
    }
    grants
}

type Found = (&'static Capability, proc_macro2::Span);

/// `SendMessage<Events>` as a capability and the declaration it is for.
fn read<'s>(context: &mut Context<'s>, type_: &syn::Type) -> Option<(Found, Declaration<'s>)> {
    let example = "write a capability and its resource: `pub events: SendMessage<Events>`";
    let syn::Type::Path(path) = type_ else {
        context.errors.add(
            span_of(type_),
            "a function's fields are its permissions",
            example,
        );
        return None;
    };
    let last = path.path.segments.last()?;
    let name = last.ident.to_string();
    let span = last.ident.span();
    let Some(capability) = CAPABILITIES
        .iter()
        .find(|capability| capability.name == name)
    else {
        let near = nearest(&name, CAPABILITIES.iter().map(|capability| capability.name));
        let help = if near.is_empty() {
            format!(
                "the capabilities are {}",
                listed(CAPABILITIES.iter().map(|capability| capability.name))
            )
        } else {
            did_you_mean(&near)
        };
        context
            .errors
            .add(span, format!("`{name}` is no capability"), help);
        return None;
    };
    let argument = match &last.arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments.args.first(),
        _ => None,
    };
    let Some(syn::GenericArgument::Type(syn::Type::Path(resource))) = argument else {
        context.errors.add(
            span,
            format!("`{name}` does not say of what"),
            example.replace("SendMessage<Events>", &format!("{name}<Resource>")),
        );
        return None;
    };
    let resource = &resource.path.segments.last()?.ident;
    let Some(declaration) = context
        .scope
        .declarations
        .get(&resource.to_string())
        .copied()
    else {
        let error = context.unknown_name(resource);
        context.errors.push(error);
        return None;
    };
    if declaration.construct.name != capability.construct {
        let fitting = CAPABILITIES
            .iter()
            .filter(|capability| capability.construct == declaration.construct.name)
            .map(|capability| capability.name)
            .collect::<Vec<_>>();
        let help = if fitting.is_empty() {
            format!("`{name}` needs a struct with `#[{}]`", capability.construct)
        } else {
            format!(
                "`{name}` needs a struct with `#[{}]`; for `{resource}` there are {}",
                capability.construct,
                listed(fitting)
            )
        };
        context.errors.add(
            resource.span(),
            format!(
                "`{name}` is for {}, but `{resource}` is {}",
                plural(capability.construct),
                declaration.construct.a_noun()
            ),
            help,
        );
        return None;
    }
    Some(((capability, span), declaration))
}

fn span_of(type_: &syn::Type) -> proc_macro2::Span {
    quote::ToTokens::to_token_stream(type_)
        .into_iter()
        .next()
        .map_or_else(proc_macro2::Span::call_site, |token| token.span())
}

fn plural(construct: &str) -> &'static str {
    match construct {
        "sqs" => "queues",
        "dynamodb" => "tables",
        "s3" => "buckets",
        "sns" => "topics",
        "event_bus" => "event buses",
        "kinesis" => "streams",
        "kms_key" => "keys",
        "secret" => "secrets",
        "parameter" => "parameters",
        "log_group" => "log groups",
        _ => "functions",
    }
}

/// The prefix of the keys that a permission for objects is limited to.
fn prefix(
    context: &mut Context<'_>,
    annotations: &[Annotation],
    capability: &Capability,
) -> Option<Value> {
    let annotation = annotations
        .iter()
        .find(|annotation| annotation.name == "objects")?;
    if capability.scope != Scope::Objects {
        context.errors.add(
            annotation.name.span(),
            format!("`{}` is not about the objects of a bucket", capability.name),
            "remove `#[objects(…)]`: it is for `PutObject`, `GetObject` and `DeleteObject`",
        );
        return None;
    }
    let settings = context.settings(
        &annotation.entries,
        OBJECTS,
        None,
        "`#[objects]`",
        "lambda::objects",
    );
    if settings.value("prefix").is_none() && !settings.is_faulty {
        context.errors.add(
            annotation.name.span(),
            "`#[objects]` does not say which",
            "write `#[objects(prefix = \"out/\")]`",
        );
    }
    settings.value("prefix").cloned()
}

/// The ARNs that a permission is for: a list, or an expression for one when there are several instances.
fn resources(scope: Scope, resource: &Declaration<'_>, prefix: Option<&Value>) -> Value {
    let target = lambda_alias::invoked(resource).target;
    if Instances::of(&resource.annotation.entries).is_none() {
        return arns(scope, resource, &attribute(&target, "arn"), prefix).into();
    }
    each_instance::flattened(&target, |item| arns(scope, resource, item, prefix))
}

fn arns(
    scope: Scope,
    resource: &Declaration<'_>,
    arn: &Value,
    prefix: Option<&Value>,
) -> Vec<Value> {
    if let (Scope::Objects, Some(prefix)) = (scope, prefix) {
        return vec![Value::template(vec![
            Part::Interpolation(arn.clone()),
            Part::Text("/".to_owned()),
            Part::Interpolation(surrounded("", prefix, "*")),
        ])];
    }
    match scope {
        Scope::Itself => vec![arn.clone()],
        Scope::Objects => vec![suffixed(arn, "/*")],
        Scope::Streams => vec![suffixed(arn, ":*")],
        Scope::WithIndexes => {
            let indexes = index_names(resource);
            std::iter::once(arn.clone())
                .chain(
                    indexes
                        .into_iter()
                        .map(|name| suffixed(&suffixed(arn, "/index/"), &name)),
                )
                .collect()
        }
    }
}

/// The names of a table's indexes, from its own attribute.
fn index_names(table: &Declaration<'_>) -> Vec<String> {
    table
        .annotation
        .entries
        .iter()
        .filter_map(|entry| match &entry.kind {
            EntryKind::Block(key, entries) if key == "global_index" || key == "local_index" => {
                entries.iter().find_map(|entry| literal(entry, "name"))
            }
            _ => None,
        })
        .collect()
}

fn literal(entry: &Entry, key: &str) -> Option<String> {
    match &entry.kind {
        EntryKind::Assign(name, value) if name == key => match &value.kind {
            ExpressionKind::String(text) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}

/// The ARN of the key that encrypts a resource, when it is a key of the stack's.
pub(super) fn key(context: &mut Context<'_>, resource: &Declaration<'_>) -> Option<Value> {
    let mut is_encrypted = false;
    for entry in &resource.annotation.entries {
        match &entry.kind {
            EntryKind::Assign(name, value) if name == "key" && is_bare(value) => {
                return encryption::named(context, value);
            }
            EntryKind::Assign(name, value)
                if [
                    "key",
                    "kms_master_key_id",
                    "kms_key",
                    "kms_key_arn",
                    "kms_key_id",
                ]
                .iter()
                .any(|key| name == key) =>
            {
                let value = context.value(value)?;
                let reference = value.as_reference()?.clone();
                // An id or alias is no ARN, but its block has one.
                return Some(encryption::arn(&reference).unwrap_or(value));
            }
            EntryKind::Flag(name) if name == "encrypted" => is_encrypted = true,
            EntryKind::Assign(name, value) if name == "encrypted" => {
                is_encrypted = matches!(value.kind, ExpressionKind::Bool(true));
            }
            _ => {}
        }
    }
    (is_encrypted && resource.construct.name == "sns").then(|| {
        let key = Target::Resource("aws_kms_key".to_owned(), resource.id.to_owned());
        attribute(&key, "arn")
    })
}

/// Whether it is a struct's name, whose mistakes are reported where the key is used.
fn is_bare(expression: &crate::syntax::Expression) -> bool {
    matches!(&expression.kind, ExpressionKind::Name(name) if !names::is_constant(&name.to_string()))
}
