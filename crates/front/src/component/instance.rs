//! `#[component(worker_queue, visibility = "10m")] pub struct Orders;` in a stack.

use std::collections::HashMap;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::quote;
use webhook_infra_core::suggest::{did_you_mean, nearest};

use super::arguments::{self, Argument};
use super::definition::structs;
use super::marker::{marker, named_as_of};
use super::moves::Moves;
use super::substitution::{Substitution, parameters};
use super::{Definition, NAMED_AS, text};
use crate::constructs;
use crate::errors::{Error, Errors};
use crate::lower::listed;
use crate::names;
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
        if let Some(attribute) = attributes.iter().find(|it| is_named(it, "component")) {
            if rest
                .iter()
                .any(|token| matches!(token, TokenTree::Ident(word) if word == "mod"))
            {
                errors.add(
                    attribute.stream().into_iter().next().map_or(attribute.span(), |it| it.span()),
                    "a component is defined outside of the stack",
                    "move the module out of the `#[stack]`; inside, `#[component(my_component, …)] pub struct Name;` uses it",
                );
                continue;
            }
        }
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
    last_name(attribute)
        .is_some_and(|name| name == "component" || constructs::find(&name).is_some())
}

/// Whether it declares what Terraform keeps in its state, so that it can have moved.
fn is_kept_in_state(attribute: &Group) -> bool {
    last_name(attribute).is_some_and(|name| {
        matches!(name.as_str(), "component" | "resource" | "module")
            || constructs::find(&name).is_some_and(|construct| !construct.main.is_empty())
    })
}

fn is_named(attribute: &Group, name: &str) -> bool {
    last_name(attribute).is_some_and(|last| last == name)
}

/// The last name of the attribute's path.
fn last_name(attribute: &Group) -> Option<String> {
    let names = attribute
        .stream()
        .into_iter()
        .take_while(|token| !matches!(token, TokenTree::Group(_)));
    names
        .filter_map(|token| match token {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        })
        .last()
}

/// Takes `named_as = "…"` out of what is passed.
fn take_named_as(passed: &mut Vec<Argument>, errors: &mut Errors) -> Option<String> {
    let place = passed
        .iter()
        .position(|argument| argument.name == NAMED_AS)?;
    let argument = passed.remove(place);
    let text = match argument.value.as_deref() {
        Some([TokenTree::Literal(text)]) => syn::parse_str::<syn::LitStr>(&text.to_string()).ok(),
        _ => None,
    };
    let text = text.map(|text| text.value());
    let is_name = |text: &String| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let text = text.filter(is_name);
    if text.is_none() {
        errors.add(
            argument.name.span(),
            format!("`{NAMED_AS}` is what the names in AWS have in the place of the struct's name"),
            format!("write it as a text of letters, digits, `-` and `_`: `{NAMED_AS} = \"mail\"`"),
        );
    }
    text
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
    let mut passed = arguments::read(passed.iter().cloned().collect(), name.span(), errors);
    // Inside of a component that goes by another name, this goes by that one, too.
    let own = take_named_as(&mut passed, errors);
    let named_as = named_as_of(others).or(own);
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
    let (moves, rules): (Vec<&Group>, Vec<&Group>) =
        rules.into_iter().partition(|rule| is_named(rule, "moved"));
    let moves = Moves::read(name, &moves, errors);
    let mut result = TokenStream::new();
    for item in split_items(definition.items.clone()) {
        let (attributes, rest) = split_attributes(item);
        let has_docs = attributes.iter().any(is_doc);
        let is_declaration = attributes.iter().any(is_construct);
        let is_in_state = attributes.iter().any(is_kept_in_state);
        let attributes = attributes
            .iter()
            .map(|attribute| substitution.apply(TokenTree::Group(attribute.clone()).into()));
        let docs = docs.iter().filter(|_| is_declaration && !has_docs);
        let rules = rules.iter().filter(|_| is_declaration);
        let inner = struct_name(&rest).filter(|_| is_declaration);
        let marker = inner.as_ref().map(|inner| {
            let span = inner.span();
            let place = format!(
                "`{inner}` of component `{}` at {}:{}",
                definition.name,
                span.file(),
                span.start().line
            );
            let inner = names::kebab(&inner.to_string());
            let named_as = named_as.as_ref().map(|named| format!("{named}-{inner}"));
            marker(name, named_as.as_deref(), &place)
        });
        let history = inner
            .filter(|_| is_in_state)
            .map(|inner| moves.of(&inner.to_string()));
        result.extend(quote! { #(# #docs)* #(# #attributes)* #marker #history #(# #rules)* });
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
                // The component wrote it, in a file that may be another one.
                Some(default) => placed(default, span),
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

/// The same tokens at another place.
fn placed(tokens: &[TokenTree], span: Span) -> Vec<TokenTree> {
    tokens
        .iter()
        .map(|token| {
            let mut token = match token {
                TokenTree::Group(group) => {
                    let inner = group.stream().into_iter().collect::<Vec<_>>();
                    let inner = placed(&inner, span).into_iter().collect();
                    TokenTree::Group(Group::new(group.delimiter(), inner))
                }
                other => other.clone(),
            };
            token.set_span(span);
            token
        })
        .collect()
}
