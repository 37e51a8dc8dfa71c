//! The fields of a function or a state machine, as statements of its policy; of a function also as variables
//! of its environment.

use std::collections::HashSet;

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Object, Target, Value, ValueKind};

use super::capability::{CAPABILITIES, Capability, Scope, environment};
use super::code::Client;
use super::statement::{allow, wildcard};
use super::{each_instance, encryption, lambda_alias, objects};
use crate::context::{Context, Declaration, attribute, suffixed};
use crate::lower::{Named, listed};
use crate::names;
use crate::stack::Instances;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

/// What the capability fields of a declaration amount to.
#[derive(Default)]
pub(crate) struct Grants {
    pub(crate) statements: Vec<Value>,
    pub(crate) environment: Object,
    /// Which variable each field reads, for the function's own code.
    pub(crate) clients: Vec<Client>,
}

/// How the statement is called that lets a function ask Secrets Manager for a new password.
///
/// Source: AWS Secrets Manager User Guide, "Lambda rotation function execution role permissions for AWS Secrets
/// Manager".
const RANDOM_PASSWORD: &str = "GetRandomPassword";

/// Reads the fields of a function or a state machine.
pub(crate) fn grants(context: &mut Context<'_>, declaration: &Declaration<'_>) -> Grants {
    let mut grants = Grants::default();
    let mut seen = HashSet::new();
    for (field, annotations, _) in declaration.fields() {
        let mistakes = context.errors.len();
        let Some((capability, resource)) = read(context, declaration, &field.ty) else {
            if context.errors.len() > mistakes {
                context.broken.insert(declaration.name());
                grants.statements.push(unknown());
            }
            continue;
        };
        let (capability, capability_span) = capability;
        let origin = context.origin(capability_span);
        let prefix = objects::prefix(context, annotations, capability);
        let name = resource.name();
        let actions = capability
            .actions
            .iter()
            .map(|action| ValueKind::String((*action).to_owned()).at(origin))
            .collect::<Vec<_>>();
        let sid = format!("{}{}", capability.name, name);
        if !seen.insert(sid.clone()) {
            context.errors.add(
                capability_span,
                format!(
                    "{} `{}` has `{}<{name}>` twice",
                    declaration.construct.noun(),
                    declaration.name(),
                    capability.name
                ),
                "remove one of the two",
            );
        }
        let resources = resources(context, capability, &resource, prefix.as_ref());
        grants.statements.push(
            Object::new()
                .with("sid", sid.as_str())
                .with("effect", "Allow")
                .with("actions", actions)
                .with("resources", resources)
                .into(),
        );
        // A password that comes of nothing has no resource to name.
        if capability.name == "RotateSecret" && seen.insert(RANDOM_PASSWORD.to_owned()) {
            let actions = ["secretsmanager:GetRandomPassword"];
            grants
                .statements
                .push(allow(RANDOM_PASSWORD, &actions, wildcard()).into());
        }
        if !capability.key_actions.is_empty() {
            let sid = format!("{sid}Key");
            let statement = key_statement(context, &resource, &sid, capability.key_actions);
            grants.statements.extend(statement);
        }
        let (ending, whereabouts) =
            whereabouts(context, &resource, environment(capability.construct));
        let variable = format!("{}_{ending}", names::screaming(&name));
        let other = grants.environment.get(&variable);
        if other.is_some_and(|other| other.kind != whereabouts.kind) {
            context.errors.add(
                capability_span,
                format!(
                    "function `{}` would find two resources called `{name}` in one variable, `{variable}`",
                    declaration.name()
                ),
                "rename one of the two structs",
            );
        }
        if let Some(ident) = &field.ident {
            grants.clients.push(Client {
                field: ident.clone(),
                type_: quote::ToTokens::to_token_stream(&field.ty),
                variable: variable.clone(),
                is_repeated: is_repeated(&resource),
            });
        }
        grants.environment.set(variable, whereabouts);
    }
    grants
}

/// A statement that may allow anything, for a field that could not be read: no rule calls it missing.
fn unknown() -> Value {
    Object::new()
        .with("effect", "Allow")
        .with("actions", crate::context::unknown())
        .with("resources", crate::context::unknown())
        .into()
}

type Found = (&'static Capability, proc_macro2::Span);

/// `SendMessage<Events>` as a capability and the declaration it is for.
fn read<'s>(
    context: &mut Context<'s>,
    holder: &Declaration<'_>,
    type_: &syn::Type,
) -> Option<(Found, Named<'s>)> {
    let example = "write a capability and its resource: `pub events: SendMessage<Events>`";
    let syn::Type::Path(path) = type_ else {
        context.errors.add(
            span_of(type_),
            format!("{}'s fields are its permissions", holder.construct.a_noun()),
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
    if let Some(path) = path_elsewhere(&resource.path) {
        // That the kind fits, rustc says at the field's type.
        let elsewhere = context.elsewhere(&path)?;
        context.check_single(&elsewhere);
        return Some(((capability, span), Named::Elsewhere(elsewhere)));
    }
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
    Some(((capability, span), Named::Here(declaration)))
}

/// The path, when it leads out of the module.
fn path_elsewhere(path: &syn::Path) -> Option<proc_macro2::TokenStream> {
    let is_here = path.segments.len() == 1
        || path.segments.len() == 2 && path.segments.first()?.ident == "self";
    (!is_here).then(|| quote::ToTokens::to_token_stream(path))
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
        "state_machine" => "state machines",
        _ => "functions",
    }
}

/// Whether there are several of it. Of another stack's there is one.
fn is_repeated(resource: &Named<'_>) -> bool {
    matches!(resource, Named::Here(resource) if Instances::of(&resource.annotation.entries).is_some())
}

/// What tells a function where a resource is: the ending of the variable's name, and the value.
fn whereabouts(
    context: &mut Context<'_>,
    resource: &Named<'_>,
    (ending, name): (&str, &str),
) -> (String, Value) {
    let (target, attribute_name) = match resource {
        Named::Here(resource) => {
            let invoked = lambda_alias::invoked(resource);
            // A function is named by the ARN of its alias, too.
            let name = if invoked.has_alias() { "arn" } else { name };
            if Instances::of(&resource.annotation.entries).is_some() {
                let values = each_instance::as_json(&invoked.target, name);
                return (format!("{ending}S"), values);
            }
            (invoked.target, name)
        }
        // Whether it has an alias is not known here; a function's ARN names it as well.
        Named::Elsewhere(function) if name == "function_name" => {
            (context.open_invoked(function), "arn")
        }
        Named::Elsewhere(elsewhere) => (context.open(elsewhere, &[]), name),
    };
    (ending.to_owned(), attribute(&target, attribute_name))
}

/// The ARNs that a permission is for: a list, or an expression for one when there are several instances.
fn resources(
    context: &mut Context<'_>,
    capability: &Capability,
    resource: &Named<'_>,
    prefix: Option<&Value>,
) -> Value {
    let scope = capability.scope;
    let resource = match resource {
        Named::Here(resource) => resource,
        Named::Elsewhere(elsewhere) => {
            let target = match (scope, capability.construct) {
                (Scope::WithIndexes, _) => return context.open_indexes(elsewhere).into(),
                (_, "lambda") => context.open_invoked(elsewhere),
                _ => context.open(elsewhere, &[]),
            };
            return arns(scope, &[], &attribute(&target, "arn"), prefix).into();
        }
    };
    let indexes = index_names(resource);
    let target = lambda_alias::invoked(resource).target;
    if Instances::of(&resource.annotation.entries).is_none() {
        return arns(scope, &indexes, &attribute(&target, "arn"), prefix).into();
    }
    each_instance::flattened(&target, |item| arns(scope, &indexes, item, prefix))
}

fn arns(scope: Scope, indexes: &[String], arn: &Value, prefix: Option<&Value>) -> Vec<Value> {
    if let (Scope::Objects, Some(prefix)) = (scope, prefix) {
        return vec![objects::with_prefix(arn, prefix)];
    }
    match scope {
        Scope::Itself => vec![arn.clone()],
        Scope::Objects => vec![suffixed(arn, "/*")],
        Scope::Streams => vec![suffixed(arn, ":*")],
        Scope::WithIndexes => {
            let index = |name: &String| suffixed(&suffixed(arn, "/index/"), name);
            std::iter::once(arn.clone())
                .chain(indexes.iter().map(index))
                .collect()
        }
    }
}

/// The statement that lets a function use the key of what it has a permission on.
pub(super) fn key_statement(
    context: &mut Context<'_>,
    resource: &Named<'_>,
    sid: &str,
    actions: &[&str],
) -> Option<Value> {
    match resource {
        Named::Here(declaration) => {
            own_key_statement(context, declaration, sid, actions).map(Value::from)
        }
        Named::Elsewhere(elsewhere) => {
            Some(context.open_key_statement(elsewhere, sid, actions).into())
        }
    }
}

/// The same for a resource of this module.
pub(super) fn own_key_statement(
    context: &mut Context<'_>,
    resource: &Declaration<'_>,
    sid: &str,
    actions: &[&str],
) -> Option<Object> {
    let key = key(context, resource)?;
    Some(allow(sid, actions, vec![key]))
}

/// The names of a table's indexes, from its own attribute.
pub(crate) fn index_names(table: &Declaration<'_>) -> Vec<String> {
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

/// The key of another module in `shared::Key.arn` or `shared::Key.id`.
fn key_elsewhere(context: &mut Context<'_>, value: &Expression) -> Option<Target> {
    let ExpressionKind::Field(base, _) = &value.kind else {
        return None;
    };
    let ExpressionKind::Path(path) = &base.kind else {
        return None;
    };
    let key = context.elsewhere(path)?;
    Some(context.open(&key, &[]))
}

/// The ARN of the key that encrypts a resource, when it is a key of the stack's.
pub(crate) fn key(context: &mut Context<'_>, resource: &Declaration<'_>) -> Option<Value> {
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
                if let Some(target) = key_elsewhere(context, value) {
                    return Some(attribute(&target, "arn"));
                }
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
