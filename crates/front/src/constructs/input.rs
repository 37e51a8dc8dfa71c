//! `#[input(network::VpcId)]`: an output of another stack, which has a directory of its own.
//!
//! What the output is called, how it is carried and where the other stack keeps its state is known to
//! that stack's expansion only, so rustc fills it in.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote, quote_spanned};
use webhook_infra_core::{Block, Object, Target, Value, ValueKind};

use super::{Construct, Key, Settings, Shape};
use crate::context::{Context, Declaration};
use crate::lower::{Elsewhere, alias, struct_name};
use crate::names;
use crate::syntax::{EntryKind, ExpressionKind};

const KEYS: &[Key] = &[
    Key::new(
        "via",
        Shape::OneOf(&[("remote_state", "remote_state"), ("parameter", "parameter")]),
        "The way: `\"remote_state\"` reads the state of the other stack, where its `backend(…)` keeps it; `\"parameter\"` reads the SSM parameter that `#[output(…, parameter = \"…\")]` makes there, and needs no access to the state. Default: `\"remote_state\"`.",
    ),
    Key::new(
        "workspace",
        Shape::Value,
        "The workspace of the other stack, for `via = \"remote_state\"`: `terraform.workspace` is the one of this stack. Default: `\"default\"`.",
    ),
];

pub(super) static INPUT: Construct = Construct {
    name: "input",
    summary: "An output of another stack, as a value: `#[input(network::VpcId)] pub struct VpcId(pub String);`",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| {
        if is_parameter(declaration) {
            Target::Data("aws_ssm_parameter".to_owned(), declaration.id.to_owned())
        } else {
            Target::Data("terraform_remote_state".to_owned(), label(declaration))
        }
    },
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let Some(path) = path(declaration) else {
        if !settings.is_faulty {
            let span = settings
                .positional
                .first()
                .map_or(declaration.span(), |value| value.span);
            context.errors.add(
                span,
                format!(
                    "input `{}` does not say of which output",
                    declaration.name()
                ),
                "write the path of the output's struct: `#[input(network::VpcId)]`",
            );
        }
        return;
    };
    let Some(type_) = value_type(declaration) else {
        context.errors.add(
            declaration.item.syntax.ident.span(),
            format!(
                "input `{}` does not say of what type it is",
                declaration.name()
            ),
            format!(
                "write the type of the output: `pub struct {}(pub String);`",
                declaration.name()
            ),
        );
        return;
    };
    let Some(output) = context.elsewhere(&path) else {
        return;
    };
    check(context, declaration, &output, type_);
    if is_parameter(declaration) {
        parameter(context, declaration, &output, &settings);
    } else {
        remote_state(context, declaration, &output, &settings);
    }
}

fn remote_state(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    output: &Elsewhere,
    settings: &Settings,
) {
    let definition = output_of(output);
    let backend = context.hole(&quote! { StateBackend(#definition) });
    let config = context.hole(&quote! { StateConfig(#definition) });
    let mut block = Block::data("terraform_remote_state", &label(declaration));
    block.body = Object::new()
        .with("backend", Value::from(ValueKind::Constant(backend)))
        .with("config", Value::from(ValueKind::Constant(config)));
    match settings.value("workspace") {
        Some(workspace) => {
            block.body.set("workspace", workspace.clone());
            context.push(block);
        }
        // One for all inputs from that stack.
        None => context.shared(block),
    }
}

fn parameter(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    output: &Elsewhere,
    settings: &Settings,
) {
    if let Some(setting) = settings.find("workspace") {
        context.errors.add(
            setting.span,
            "`workspace` is for `via = \"remote_state\"`",
            "leave it out, or put the workspace into the parameter's name",
        );
    }
    let definition = output_of(output);
    let name = context.hole(&quote! { ParameterName(#definition) });
    let mut block = Block::data("aws_ssm_parameter", declaration.id);
    block
        .body
        .set("name", Value::from(ValueKind::Constant(name)));
    context.push(block);
}

/// Has rustc check that the path is an output of this type, and that the way to it exists.
fn check(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    output: &Elsewhere,
    type_: &syn::Type,
) {
    context.check_trait(output, "StackOutput");
    let alias = alias(output);
    let type_span = type_
        .to_token_stream()
        .into_iter()
        .next()
        .map_or(declaration.span(), |token| token.span());
    context.checks.push(quote_spanned! {type_span=>
        const _: fn() = || { <::webhook_infra::__::Probe<#alias>>::check_type::<#type_>(); };
    });
    let definition = output_of(output);
    let (shown, span) = (&output.shown, output.name.span());
    let check = if is_parameter(declaration) {
        quote_spanned! {span=> check_parameter }
    } else {
        quote_spanned! {span=> check_state }
    };
    context.checks.push(quote_spanned! {span=>
        const _: () = ::webhook_infra::__::#check(#definition, #shown);
    });
}

impl Context<'_> {
    /// The value of an input, which rustc fills in; `None` when its declaration has a mistake.
    pub(crate) fn input(&mut self, declaration: &Declaration<'_>) -> Option<Target> {
        let output = self.elsewhere(&path(declaration)?)?;
        let definition = output_of(&output);
        let way = if is_parameter(declaration) {
            let id = declaration.id;
            quote! { Parameter(#id) }
        } else {
            let label = label(declaration);
            quote! { State(#label) }
        };
        Some(Target::Open(self.hole(&quote! {
            Input { output: #definition, way: ::webhook_infra::__::Way::#way }
        })))
    }
}

fn output_of(output: &Elsewhere) -> TokenStream {
    let (alias, span) = (alias(output), output.name.span());
    quote_spanned! {span=> <::webhook_infra::__::Probe<#alias>>::OUTPUT }
}

/// The path of the output.
fn path(declaration: &Declaration<'_>) -> Option<TokenStream> {
    let entries = &declaration.annotation.entries;
    entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Positional(value) => match &value.kind {
            ExpressionKind::Path(path) => struct_name(path).map(|_| path.clone()),
            _ => None,
        },
        _ => None,
    })
}

fn is_parameter(declaration: &Declaration<'_>) -> bool {
    let entries = &declaration.annotation.entries;
    entries.iter().any(|entry| match &entry.kind {
        EntryKind::Assign(key, value) if key == "via" => {
            matches!(&value.kind, ExpressionKind::String(text) if text == "parameter")
        }
        _ => false,
    })
}

/// The name of the data source: of the other stack, as the path names it, unless it is for one input.
fn label(declaration: &Declaration<'_>) -> String {
    let entries = &declaration.annotation.entries;
    let is_alone = entries
        .iter()
        .any(|entry| entry.key().is_some_and(|key| key == "workspace"));
    let path = path(declaration).map(|path| path.to_string().replace(' ', ""));
    let path = path.unwrap_or_default();
    let modules = path
        .split("::")
        .filter(|part| !["", "crate", "self", "super"].contains(part))
        .collect::<Vec<_>>();
    match modules.split_last() {
        Some((_, modules)) if !is_alone && !modules.is_empty() => names::snake(&modules.join("_")),
        _ => declaration.id.to_owned(),
    }
}

/// The type in `struct Name(Type)`.
pub(crate) fn value_type<'s>(declaration: &Declaration<'s>) -> Option<&'s syn::Type> {
    match &declaration.item.syntax.data {
        syn::Data::Struct(data) => match &data.fields {
            syn::Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                fields.unnamed.first().map(|field| &field.ty)
            }
            _ => None,
        },
        _ => None,
    }
}
