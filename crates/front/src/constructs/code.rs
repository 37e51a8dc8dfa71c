//! What a function's own code gets of the stack: clients for its permissions, and the types of what it
//! sends, stores and is called with.
//!
//! All of it is calls of macros of `webhook-infra`, which are empty there unless a feature for an AWS
//! service is on: a build script compiles nothing of this.

use proc_macro2::{Ident, Literal, TokenStream};
use quote::{ToTokens, quote};
use webhook_infra_core::{Value, ValueKind};

use super::dynamodb::key_type;
use super::rest_api_routes::http_method;
use super::{Settings, failures};
use crate::context::{Context, Declaration};
use crate::syntax::{Annotation, Entry, EntryKind, Expression, ExpressionKind};

/// What Lambda allows an invocation when nothing is said.
///
/// Source: AWS Lambda Developer Guide, "Configure Lambda function timeout".
const DEFAULT_TIMEOUT: u64 = 3;

/// What `#[stack]` leaves for the code of the functions.
#[derive(Default)]
pub(crate) struct Code {
    /// Calls of macros by the struct they are for, in the order of the structs.
    pub(crate) items: Vec<(Ident, TokenStream)>,
    /// The types of what travels, in which names of the module's own structs may stand.
    pub(crate) payloads: Vec<TokenStream>,
}

/// A field with a permission, and the variable that says where its resource is.
pub(crate) struct Client {
    pub(crate) field: Ident,
    pub(crate) type_: TokenStream,
    pub(crate) variable: String,
    /// Whether the variable says it of each instance.
    pub(crate) is_repeated: bool,
}

/// What a queue, a topic or a stream carries: the type in its struct, or else plain text.
pub(super) fn carrier(context: &mut Context<'_>, declaration: &Declaration<'_>) {
    let ident = &declaration.item.syntax.ident;
    let message = declaration
        .fields()
        .next()
        .filter(|(field, _, _)| field.ident.is_none())
        .map(|(field, _, _)| field.ty.to_token_stream());
    let call = match &message {
        Some(message) => quote! { ::webhook_infra::__carrier! { #ident, #message } },
        None => quote! { ::webhook_infra::__carrier! { #ident } },
    };
    context.code.items.push((ident.clone(), call));
    context.code.payloads.extend(message);
}

/// A table: its struct is its item, and two of the fields are its key.
pub(super) fn table(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    names: [Option<String>; 2],
) {
    let [Some(hash), range] = names else { return };
    let Some((hash_type, range_type)) = key_types(declaration) else {
        return;
    };
    let ident = &declaration.item.syntax.ident;
    let range = match (range, range_type) {
        (Some(name), Some(type_)) => quote! { , #name: #type_ },
        (None, None) => TokenStream::new(),
        _ => return,
    };
    let call = quote! { ::webhook_infra::__table! { #ident, #hash: #hash_type #range } };
    context.code.items.push((ident.clone(), call));
    context.code.payloads.push(quote! { #ident });
    for (field, _, _) in declaration.fields() {
        context.code.payloads.push(field.ty.to_token_stream());
    }
}

/// The types of a table's partition key and of its sort key, when fields of its struct are the whole key: then the
/// struct is its item. A key that is given as an argument has no type here, and bytes would travel as a list.
fn key_types(table: &Declaration<'_>) -> Option<(TokenStream, Option<TokenStream>)> {
    let of_field = |wanted: &str| {
        let mut fields = table.fields();
        let is_wanted = |annotation: &Annotation| annotation.name == wanted;
        fields
            .find(|(_, annotations, _)| annotations.iter().any(is_wanted))
            .map(|(field, _, _)| &field.ty)
    };
    let (hash, range) = (of_field("hash_key")?, of_field("range_key"));
    let mut arguments = table.annotation.entries.iter().filter_map(Entry::key);
    if range.is_none() && arguments.any(|key| key == "range_key") {
        return None;
    }
    if [Some(hash), range].into_iter().flatten().any(is_bytes) {
        return None;
    }
    Some((hash.to_token_stream(), range.map(ToTokens::to_token_stream)))
}

fn is_bytes(key: &syn::Type) -> bool {
    key_type(key) == Some("B")
}

/// The bodies that an API's routes check.
pub(super) fn bodies(context: &mut Context<'_>, api: &Declaration<'_>) {
    for (_, annotations, _) in api.fields() {
        for annotation in annotations {
            let struct_ = body(&annotation.entries).and_then(named);
            context.code.payloads.extend(struct_);
        }
    }
}

/// The struct that an expression names.
fn named(expression: &Expression) -> Option<TokenStream> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.to_token_stream()),
        ExpressionKind::Path(path) => Some(path.clone()),
        _ => None,
    }
}

fn body(entries: &[Entry]) -> Option<&Expression> {
    entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Block(key, inner) if key == "validate" => body(inner),
        EntryKind::Assign(key, value) if key == "body" => Some(value),
        _ => None,
    })
}

/// A function: its clients, its timeout, and what calls it.
pub(super) fn function(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    settings: &Settings,
    timeout: Option<&Value>,
    clients: &[Client],
) {
    let ident = &declaration.item.syntax.ident;
    let timeout = seconds(context, timeout);
    let clients = clients.iter().map(|client| {
        let (field, variable, type_) = (&client.field, &client.variable, &client.type_);
        let place = if client.is_repeated {
            quote! { Each }
        } else {
            quote! { One }
        };
        quote! { #field: #place #variable as #type_ }
    });
    let callers = callers(context, declaration, settings);
    let call = quote! {
        ::webhook_infra::__function! { #ident, #timeout, { #(#clients),* }, [#(#callers),*] }
    };
    context.code.items.push((ident.clone(), call));
}

/// The timeout as an expression of Rust. What only Terraform knows is 0: unknown.
fn seconds(context: &Context<'_>, timeout: Option<&Value>) -> TokenStream {
    let literal = |seconds| Literal::u64_unsuffixed(seconds).into_token_stream();
    match timeout.map(|timeout| &timeout.kind) {
        None => literal(DEFAULT_TIMEOUT),
        Some(ValueKind::Number(number)) => literal(number.as_u64().unwrap_or(0)),
        Some(ValueKind::Constant(index)) => usize::try_from(*index)
            .ok()
            .and_then(|index| context.constants.get(index))
            .map_or_else(
                || literal(0),
                |constant| quote! { ::webhook_infra::__::seconds(&#constant) },
            ),
        Some(_) => literal(0),
    }
}

/// What calls the function: `queue Events`, `rest_api Api`. What a handler has no types for is an `event`.
fn callers(
    context: &Context<'_>,
    function: &Declaration<'_>,
    settings: &Settings,
) -> Vec<TokenStream> {
    let mut callers = Vec::new();
    for (_, trigger) in settings.blocks("trigger") {
        let Some(source) = trigger.positional.first() else {
            continue;
        };
        let base = match &source.kind {
            ExpressionKind::Index(base, _) => base.as_ref(),
            _ => source,
        };
        let Some(tokens) = named(base) else { continue };
        let source = match &base.kind {
            ExpressionKind::Name(name) => context.scope.declarations.get(&name.to_string()),
            // Of another stack there are queues only.
            _ => None,
        };
        let construct = source.map_or("sqs", |source| source.construct.name);
        // Without them Lambda expects another answer.
        let is_partial = trigger
            .value("partial_batch_responses")
            .is_none_or(|value| matches!(value.kind, ValueKind::Bool(true)));
        let has_item = || source.is_some_and(|table| key_types(table).is_some());
        let caller = match construct {
            "sqs" if is_partial => quote! { queue #tokens },
            "kinesis" if is_partial => quote! { stream #tokens },
            "dynamodb" if is_partial && has_item() => quote! { table #tokens },
            "sns" => quote! { topic #tokens },
            "s3" => quote! { bucket #tokens },
            _ => quote! { event #tokens },
        };
        // Several triggers of one source, or of instances of it, are answered alike.
        let is_known = callers
            .iter()
            .any(|known: &TokenStream| known.to_string() == caller.to_string());
        if !is_known {
            callers.push(caller);
        }
    }
    let function = &function.item.syntax.ident;
    let (mut apis, mut others) = (Vec::new(), Vec::new());
    for caller in context.scope.declarations.values() {
        let ident = &caller.item.syntax.ident;
        match caller.construct.name {
            "rest_api" if has_route(caller, function) => apis.push(ident),
            // These call in forms of their own.
            "http_api" if has_route(caller, function) => others.push(ident),
            "schedule" | "event_rule" if is_target(&caller.annotation.entries, function) => {
                others.push(ident);
            }
            _ => {}
        }
    }
    // Several APIs ask in the same form.
    callers.extend(apis.iter().min().map(|api| quote! { rest_api #api }));
    callers.extend(others.iter().min().map(|other| quote! { event #other }));
    callers
}

/// Whether a route of an API calls the function.
fn has_route(api: &Declaration<'_>, function: &Ident) -> bool {
    api.fields().any(|(field, annotations, _)| {
        let is_route = annotations
            .iter()
            .any(|annotation| http_method(&annotation.name.to_string()).is_some());
        matches!(&field.ty, syn::Type::Path(path) if is_route && path.path.is_ident(function))
    })
}

/// Whether a schedule or a rule calls the function: `target = Report`, `target(Report, …)`.
fn is_target(entries: &[Entry], function: &Ident) -> bool {
    entries.iter().any(|entry| match &entry.kind {
        EntryKind::Assign(key, value) if key == "target" => {
            matches!(&value.kind, ExpressionKind::Name(name) if name == function)
        }
        EntryKind::Block(key, inner) if key == "target" => {
            failures::first(inner).is_some_and(|name| function == &name)
        }
        _ => false,
    })
}
