//! Completion and documentation of keys in editors.
//!
//! A language server completes paths, not the keys of an attribute that only a macro understands. So
//! the expansion has, for language servers alone (`cfg(rust_analyzer)`), a `use` of every key that was
//! typed, at its own span, from a module in which the keys are documented items. The technique is
//! bon's.

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use crate::constructs::{CONSTRUCTS, Key, Shape};
use crate::stack;

/// The `use` of every key that was typed, by the module that documents it.
pub(super) fn uses(seen: &[(String, Vec<Ident>)]) -> TokenStream {
    if seen.is_empty() {
        return TokenStream::new();
    }
    let uses = seen.iter().map(|(module, keys)| {
        let path = module
            .split("::")
            .map(|part| Ident::new(part, Span::call_site()));
        let keys = keys.iter().filter_map(importable);
        quote! { use ::webhook_infra::__::ide::#(#path::)*{#(#keys as _),*}; }
    });
    quote! {
        #[cfg(rust_analyzer)]
        const _: () = {
            #(#uses)*
        };
    }
}

/// The key as the name of an item: `type` is a keyword, which has to be written raw.
fn importable(key: &Ident) -> Option<Ident> {
    let text = key.to_string();
    if matches!(text.as_str(), "self" | "Self" | "super" | "crate" | "_") {
        return None;
    }
    if text.starts_with("r#") || syn::parse_str::<Ident>(&text).is_ok() {
        return Some(key.clone());
    }
    Some(Ident::new_raw(&text, key.span()))
}

/// A module for each construct, with an item for each key that carries its documentation.
pub fn ide_modules() -> TokenStream {
    let constructs = CONSTRUCTS.iter().map(|construct| {
        let name = Ident::new(construct.name, Span::call_site());
        let doc = construct.summary;
        let inner = keys(construct.keys);
        let route = match construct.name {
            "rest_api" => {
                let routes = keys(
                    construct
                        .fields
                        .first()
                        .map_or(&[] as &[Key], |field| field.keys),
                );
                quote! { pub mod route { #routes } }
            }
            "lambda" => {
                let fields = construct.fields.iter().map(|field| {
                    let name = Ident::new(field.name, Span::call_site());
                    let inner = keys(field.keys);
                    quote! { pub mod #name { #inner } }
                });
                quote! { #(#fields)* }
            }
            _ => TokenStream::new(),
        };
        quote! {
            #[doc = #doc]
            pub mod #name { #inner #route }
        }
    });
    let stack = keys(stack::KEYS);
    quote! {
        #(#constructs)*
        /// A stack: the infrastructure of one module.
        pub mod stack { #stack }
    }
}

fn keys(table: &'static [Key]) -> TokenStream {
    table
        .iter()
        .map(|key| {
            // A key such as `type` is a keyword, which no item can be called.
            let name = syn::parse_str::<Ident>(key.name)
                .unwrap_or_else(|_| Ident::new_raw(key.name, Span::call_site()));
            let doc = format!("{}\n\n{}", key.doc, key.shape.example(key.name));
            match key.shape {
                Shape::Block(inner) | Shape::Resource(inner, _) => {
                    let inner = keys(inner);
                    quote! { #[doc = #doc] pub mod #name { #inner } }
                }
                Shape::BySource(sources) => {
                    let kinds = sources.iter().map(|source| {
                        let kind = Ident::new(source.construct, Span::call_site());
                        let inner = keys(source.keys);
                        quote! { pub mod #kind { #inner } }
                    });
                    quote! { #[doc = #doc] pub mod #name { #(#kinds)* } }
                }
                _ => quote! { #[doc = #doc] #[allow(non_camel_case_types)] pub struct #name; },
            }
        })
        .collect()
}
