//! `#[component(notify, visibility = "5m")] pub mod worker_queue { … }`.

use std::collections::HashSet;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote};
use webhook_infra_core::suggest::{did_you_mean, nearest};

use super::arguments::{self, Argument};
use super::{NAMED_AS, substitution};
use crate::errors::Errors;
use crate::syntax::{split_attributes, split_items};

/// Expands `#[component(attribute)] item` to the macro that hands the component on.
pub fn define(attribute: &TokenStream, item: TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let parameters = arguments::read(attribute.clone(), Span::call_site(), &mut errors);
    let mut head = item.into_iter().collect::<Vec<_>>();
    let body = match head.pop() {
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => group.stream(),
        other => {
            let span = other.as_ref().map_or_else(Span::call_site, TokenTree::span);
            errors.add(
                span,
                "a component is defined by a module with its structs in braces",
                "write `#[component(parameter = default)] pub mod my_component { … }`; inside of a `#[stack]`, `#[component(my_component, …)] pub struct Name;` uses it",
            );
            return errors.into_tokens();
        }
    };
    let (attributes, rest) = split_attributes(head);
    let word = rest
        .iter()
        .position(|token| matches!(token, TokenTree::Ident(word) if word == "mod"));
    let name = word.and_then(|word| Some((word, rest.get(word + 1)?)));
    let Some((word, TokenTree::Ident(name))) = name.map(|(word, name)| (word, name.clone())) else {
        errors.add(
            Span::call_site(),
            "a component is defined by a module",
            "write `#[component(…)] pub mod my_component { … }`",
        );
        return errors.into_tokens();
    };
    let visibility = rest[..word].iter().cloned().collect::<TokenStream>();
    check(&name, &parameters, &body, &mut errors);
    let errors = errors.into_tokens();
    let hidden = format_ident!("__webhook_infra_component_{name}");
    quote! {
        #errors

        #[doc(hidden)]
        #[macro_export]
        macro_rules! #hidden {
            ($($stack:tt)*) => {
                ::webhook_infra::__::stack_with_component! { #name (#attribute) { #body } $($stack)* }
            };
        }

        #(# #attributes)*
        #[allow(unused_imports)]
        #visibility use #hidden as #name;
    }
}

/// What is wrong with a component whatever is passed to it.
fn check(name: &Ident, parameters: &[Argument], body: &TokenStream, errors: &mut Errors) {
    if let Some(reserved) = parameters
        .iter()
        .find(|parameter| parameter.name == NAMED_AS)
    {
        errors.add(
            reserved.name.span(),
            format!(
                "every component takes `{NAMED_AS}` already: the name that its structs go by in AWS"
            ),
            "choose another name for the parameter",
        );
    }
    for used in substitution::parameters(body) {
        if parameters.iter().any(|parameter| parameter.name == used) {
            continue;
        }
        let text = used.to_string();
        let names = parameters
            .iter()
            .map(|parameter| parameter.name.to_string())
            .collect::<Vec<_>>();
        let near = nearest(&text, names.iter().map(String::as_str));
        let help = match near.as_slice() {
            [] => format!(
                "declare it: `#[component({text})]`, or with a default `#[component({text} = …)]`"
            ),
            near => did_you_mean(near),
        };
        errors.add(
            used.span(),
            format!("component `{name}` has no parameter `{text}`"),
            help,
        );
    }
    if structs(body).is_empty() {
        errors.add(
            name.span(),
            format!("component `{name}` declares nothing"),
            "declare structs with the attributes of constructs, as in a stack",
        );
    }
}

/// The names of the structs that a component declares.
pub(super) fn structs(body: &TokenStream) -> HashSet<String> {
    split_items(body.clone())
        .into_iter()
        .filter_map(|item| {
            let place = item
                .iter()
                .position(|token| matches!(token, TokenTree::Ident(word) if word == "struct"))?;
            match item.get(place + 1) {
                Some(TokenTree::Ident(name)) => Some(name.to_string()),
                _ => None,
            }
        })
        .collect()
}
