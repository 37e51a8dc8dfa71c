//! `#[component(worker_queue, visibility = "10m")] pub struct Orders;` in a stack.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use webhook_infra_core::suggest::{did_you_mean, nearest};

use super::arguments::{self, Argument};
use super::definition::structs;
use super::substitution::{Substitution, parameters};
use super::{Definition, text};
use crate::constructs;
use crate::errors::{Error, Errors};
use crate::lower::listed;
use crate::syntax::{split_attributes, split_items};

/// How deep components may stand in components.
const MAX_DEPTH: usize = 16;

/// Replaces each use by what it stands for; or gives the path of a component that is not known yet.
pub(super) fn inline_items(
    body: TokenStream,
    known: &[(String, Definition)],
    errors: &mut Errors,
) -> Result<TokenStream, TokenStream> {
    inline_at(body, known, errors, 0)
}

fn inline_at(
    body: TokenStream,
    known: &[(String, Definition)],
    errors: &mut Errors,
    depth: usize,
) -> Result<TokenStream, TokenStream> {
    let mut result = TokenStream::new();
    for item in split_items(body) {
        let (attributes, rest) = split_attributes(item);
        let found = attributes
            .iter()
            .find_map(|attribute| Some((attribute, content(attribute)?)));
        let Some((attribute, arguments)) = found else {
            result.extend(quote! { #(# #attributes)* });
            result.extend(rest);
            continue;
        };
        let others = attributes
            .iter()
            .filter(|other| !std::ptr::eq(*other, attribute))
            .collect::<Vec<_>>();
        let Some(name) = struct_name(&rest) else {
            errors.add(
                attribute.span(),
                "a component is declared by a struct",
                "write `#[component(my_component, …)] pub struct Name;`",
            );
            continue;
        };
        let arguments = arguments.into_iter().collect::<Vec<_>>();
        let path = arguments::split(&arguments).next().unwrap_or_default();
        if path.is_empty() || path.iter().any(is_equals) {
            errors.add(
                attribute.span(),
                format!("`{name}` does not say which component it is"),
                "write its name first: `#[component(my_component, parameter = value)]`",
            );
            continue;
        }
        let Some((_, definition)) = known.iter().find(|(known, _)| *known == text(path)) else {
            return Err(path.iter().cloned().collect());
        };
        // The struct itself stays, with its documentation.
        let docs = others.iter().filter(|other| is_doc(other));
        result.extend(quote! { #(# #docs)* });
        result.extend(rest.iter().cloned());
        if depth >= MAX_DEPTH {
            errors.add(
                name.span(),
                format!("component `{}` contains itself", definition.name),
                "a component may use others, but not itself",
            );
            continue;
        }
        let passed = arguments.get(path.len()..).unwrap_or_default();
        let inner = items(definition, &name, path, passed, &others, errors);
        result.extend(inline_at(inner, known, errors, depth + 1)?);
    }
    Ok(result)
}

/// The entries of `#[component(…)]`.
fn content(attribute: &Group) -> Option<TokenStream> {
    let tokens = attribute.stream().into_iter().collect::<Vec<_>>();
    let [.., TokenTree::Ident(name), TokenTree::Group(content)] = tokens.as_slice() else {
        return None;
    };
    let is_ours = matches!(tokens.len(), 2)
        || matches!(tokens.first(), Some(TokenTree::Ident(first)) if first == "webhook_infra");
    (name == "component" && is_ours && content.delimiter() == Delimiter::Parenthesis)
        .then(|| content.stream())
}

/// Whether the attribute declares something: plain structs carry data and have no rules to suppress.
fn is_construct(attribute: &Group) -> bool {
    let names = attribute
        .stream()
        .into_iter()
        .take_while(|token| !matches!(token, TokenTree::Group(_)));
    let last = names
        .filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        })
        .last();
    last.is_some_and(|name| name == "component" || constructs::find(&name).is_some())
}

fn is_equals(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == '=')
}

fn is_doc(attribute: &Group) -> bool {
    matches!(attribute.stream().into_iter().next(), Some(TokenTree::Ident(name)) if name == "doc")
}

fn struct_name(rest: &[TokenTree]) -> Option<Ident> {
    let place = rest
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(word) if word == "struct"))?;
    match rest.get(place + 1) {
        Some(TokenTree::Ident(name)) => Some(name.clone()),
        _ => None,
    }
}

/// The structs of the component, under the name and with the arguments of this use.
fn items(
    definition: &Definition,
    name: &Ident,
    path: &[TokenTree],
    passed: &[TokenTree],
    others: &[&Group],
    errors: &mut Errors,
) -> TokenStream {
    let passed = arguments::read(passed.iter().cloned().collect(), name.span(), errors);
    let values = values(definition, path, &passed, name.span(), errors);
    let names = structs(&definition.items);
    let substitution = Substitution {
        structs: &names,
        prefix: name.to_string(),
        values,
        span: name.span(),
    };
    let (docs, rules): (Vec<&Group>, Vec<&Group>) =
        others.iter().copied().partition(|other| is_doc(other));
    let mut result = TokenStream::new();
    for item in split_items(definition.items.clone()) {
        let (attributes, rest) = split_attributes(item);
        let has_docs = attributes.iter().any(is_doc);
        let is_declaration = attributes.iter().any(is_construct);
        let attributes = attributes
            .iter()
            .map(|attribute| substitution.apply(TokenTree::Group(attribute.clone()).into()));
        let docs = docs.iter().filter(|_| is_declaration && !has_docs);
        let rules = rules.iter().filter(|_| is_declaration);
        result.extend(quote! { #(# #docs)* #(# #attributes)* #(# #rules)* });
        result.extend(substitution.apply(rest.into_iter().collect()));
    }
    result
}

/// What each parameter stands for: what was passed, else its default.
fn values(
    definition: &Definition,
    path: &[TokenTree],
    passed: &[Argument],
    span: Span,
    errors: &mut Errors,
) -> HashMap<String, Vec<TokenTree>> {
    let component = &definition.name;
    let names = definition
        .parameters
        .iter()
        .map(|parameter| parameter.name.to_string())
        .collect::<Vec<_>>();
    for argument in passed {
        let text = argument.name.to_string();
        if names.contains(&text) {
            continue;
        }
        let near = nearest(&text, names.iter().map(String::as_str));
        let help = match near.as_slice() {
            [] if names.is_empty() => "it takes none".to_owned(),
            [] => format!(
                "its parameters are {}",
                listed(names.iter().map(String::as_str))
            ),
            near => did_you_mean(near),
        };
        errors.add(
            argument.name.span(),
            format!("component `{component}` has no parameter `{text}`"),
            help,
        );
    }
    let mut values = HashMap::new();
    // The definition says that it has no such parameter; nothing else is to be said here.
    for used in parameters(&definition.items) {
        if !names.iter().any(|name| used == name) {
            values.insert(
                used.to_string(),
                vec![TokenTree::Ident(Ident::new("null", span))],
            );
        }
    }
    for parameter in &definition.parameters {
        let name = parameter.name.to_string();
        let value = match passed.iter().find(|argument| argument.name == name) {
            // A lone name is a flag that is set.
            Some(argument) => argument.value.clone().unwrap_or_else(|| {
                vec![TokenTree::Ident(Ident::new("true", argument.name.span()))]
            }),
            None => match &parameter.value {
                Some(default) => default.clone(),
                None => {
                    let span = path.last().map_or_else(Span::call_site, TokenTree::span);
                    errors.settle(Error::new(
                        span,
                        format!("component `{component}` needs a value for `{name}`"),
                        format!("write `#[component({}, {name} = …)]`", text(path)),
                    ));
                    vec![TokenTree::Ident(Ident::new("null", span))]
                }
            },
        };
        values.insert(name, value);
    }
    values
}
