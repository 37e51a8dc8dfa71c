//! The types that travel: what queues carry, tables hold and APIs check.
//!
//! They get serde's traits where a feature for an AWS service is on; a build script has no serde. What they
//! contain of the module's own types gets them too.

use std::collections::{HashMap, HashSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

use crate::serde_names;
use crate::syntax::Item;

/// The names of the types that travel: those in `roots`, and what they contain.
pub(super) fn names(items: &[Item], roots: &[TokenStream]) -> HashSet<String> {
    let mut open = Vec::new();
    for root in roots {
        collect(root.clone(), &mut open);
    }
    let mut names = HashSet::new();
    if open.is_empty() {
        return names;
    }
    // Each item is looked at once, and each name: a stack may have thousands of both.
    let types = items.iter().filter_map(fields).collect::<HashMap<_, _>>();
    let mut seen = HashSet::new();
    while let Some(name) = open.pop() {
        if !seen.insert(name.clone()) {
            continue;
        }
        if let Some(fields) = types.get(&name) {
            for field in fields {
                collect(field.clone(), &mut open);
            }
            names.insert(name);
        }
    }
    names
}

/// The item's name and the types of its fields, when it is a type that can travel.
fn fields(item: &Item) -> Option<(String, Vec<TokenStream>)> {
    let parsed;
    let syntax = match item {
        Item::Struct(item) => &item.syntax,
        Item::Other(tokens) => {
            parsed = as_enum(tokens)?;
            &parsed
        }
    };
    if !syntax.generics.params.is_empty() {
        return None;
    }
    let types = |fields: &syn::Fields| {
        fields
            .iter()
            .map(|field| field.ty.to_token_stream())
            .collect::<Vec<_>>()
    };
    let fields = match &syntax.data {
        syn::Data::Struct(data) => types(&data.fields),
        syn::Data::Enum(data) => data
            .variants
            .iter()
            .flat_map(|variant| types(&variant.fields))
            .collect(),
        syn::Data::Union(_) => Vec::new(),
    };
    Some((syntax.ident.to_string(), fields))
}

/// An item that is no struct, as an enum.
fn as_enum(tokens: &TokenStream) -> Option<syn::DeriveInput> {
    let is_enum = tokens
        .clone()
        .into_iter()
        .any(|token| matches!(token, TokenTree::Ident(word) if word == "enum"));
    is_enum
        .then(|| syn::parse2::<syn::DeriveInput>(tokens.clone()).ok())
        .flatten()
}

fn collect(tokens: TokenStream, names: &mut Vec<String>) {
    for token in tokens {
        match token {
            TokenTree::Ident(name) => names.push(name.to_string()),
            TokenTree::Group(group) => collect(group.stream(), names),
            _ => {}
        }
    }
}

/// An item that is no struct: an enum may travel.
pub(super) fn item(tokens: TokenStream, travels: &HashSet<String>) -> TokenStream {
    if travels.is_empty() {
        return tokens;
    }
    match as_enum(&tokens) {
        Some(input) if travels.contains(&input.ident.to_string()) => type_(&input, true),
        _ => tokens,
    }
}

/// A struct or enum, in both forms when it travels: with serde's attributes, and without.
pub(super) fn type_(with: &syn::DeriveInput, travels: bool) -> TokenStream {
    let is_derived = serde_names::is_derived(with);
    let mut without = with.clone();
    serde_names::strip(&mut without);
    if travels && !is_derived {
        quote! { ::webhook_infra::__payload! { { #with } { #without } } }
    } else {
        without.into_token_stream()
    }
}
