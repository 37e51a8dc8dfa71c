//! What other modules and crates need to know of each struct, and what this one wants to know of theirs.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote};
use webhook_infra_core::{BlockKind, Value, ValueKind};

use crate::constructs::OutputDefinition;
use crate::lower::alias_of;
use crate::stack::{DeclaredStruct, Stack};

/// The traits of the declared structs.
pub(super) fn declarations(stack: &Stack) -> TokenStream {
    let declared = &stack.declared;
    if declared.structs.is_empty() {
        return TokenStream::new();
    }
    let attributes = declared
        .attributes
        .iter()
        .enumerate()
        .map(|(place, lines)| {
            let name = list_name(place);
            quote! { const #name: &str = #lines; }
        });
    let module = &stack.module;
    let kinds = declared.kinds.iter().enumerate().map(|(place, kind)| {
        let (name, noun) = (kind_name(place), kind.noun);
        let attributes = list(kind.attributes);
        let aliases = kind
            .aliases
            .iter()
            .map(|(from, to)| quote! { (#from, #to) });
        quote! {
            const #name: ::webhook_infra::__::Kind = ::webhook_infra::__::Kind {
                stack: #module, noun: #noun, attributes: #attributes, aliases: &[#(#aliases),*],
            };
        }
    });
    let structs = declared.structs.iter().map(declaration);
    quote! {
        const _: () = {
            #(#attributes)*
            #(#kinds)*
            #(#structs)*
        };
    }
}

fn declaration(declared: &DeclaredStruct) -> TokenStream {
    let (ident, address, kind) = (&declared.ident, &declared.address, kind_name(declared.kind));
    let mut details = TokenStream::new();
    if !declared.helpers.is_empty() {
        let helpers = declared.helpers.iter().map(|(name, address, attributes)| {
            let attributes = list(*attributes);
            quote! {
                ::webhook_infra::__::Helper { name: #name, address: #address, attributes: #attributes }
            }
        });
        details.extend(quote! { .parts(&[#(#helpers),*]) });
    }
    if !declared.key.is_empty() {
        let key = &declared.key;
        details.extend(quote! { .key(#key) });
    }
    if !declared.indexes.is_empty() {
        let indexes = &declared.indexes;
        details.extend(quote! { .indexes(&[#(#indexes),*]) });
    }
    if declared.is_repeated {
        details.extend(quote! { .repeated() });
    }
    let markers = declared.markers.iter().map(|marker| {
        let marker = Ident::new(marker, Span::call_site());
        quote! { impl ::webhook_infra::#marker for #ident {} }
    });
    quote! {
        impl ::webhook_infra::Declared for #ident {
            const DECLARATION: ::webhook_infra::__::Declaration =
                ::webhook_infra::__::Declaration::new(#address, &#kind) #details;
        }
        #(#markers)*
    }
}

/// What other stacks need to read this one's outputs.
pub(super) fn outputs(stack: &Stack) -> TokenStream {
    if stack.outputs.is_empty() {
        return TokenStream::new();
    }
    let module = &stack.module;
    let state = state(stack);
    let outputs = stack.outputs.iter().map(|output| {
        let OutputDefinition {
            ident,
            name,
            type_,
            carried,
            is_sensitive,
            parameter,
        } = output;
        let is_typed = type_.is_some();
        let type_ = type_.as_ref().map_or(
            quote! { ::webhook_infra::__::Untyped },
            ToTokens::to_token_stream,
        );
        let parameter = parameter
            .as_ref()
            .map_or(quote! { None }, |name| quote! { Some(&#name) });
        quote! {
            impl ::webhook_infra::StackOutput for #ident {
                type Value = #type_;
                const OUTPUT: ::webhook_infra::__::OutputDefinition = ::webhook_infra::__::OutputDefinition {
                    name: #name, stack: #module, is_typed: #is_typed, carried: #carried,
                    is_sensitive: #is_sensitive, state: #state, parameter: #parameter,
                    definition: || <Stack as ::webhook_infra::StackDefinition>::DEFINITION,
                };
            }
        }
    });
    quote! { #(#outputs)* }
}

/// What is wrong with where the state is kept, for a stack that wants to read it.
fn state(stack: &Stack) -> &'static str {
    let terraform = stack
        .document
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Terraform);
    let setting = |name| terraform.and_then(|block| block.body.get(name));
    if setting("cloud").is_some() {
        return "";
    }
    let Some(backend) = setting("backend").and_then(Value::as_object) else {
        return "none";
    };
    let Some(local) = backend.get("local") else {
        return "";
    };
    // A constant may be anything; what is absent is `terraform.tfstate`, beside the stack.
    match local.get("path").map(|path| &path.kind) {
        Some(ValueKind::String(path)) if path.starts_with('/') => "",
        Some(ValueKind::Constant(_)) => "",
        _ => "relative",
    }
}

fn list_name(place: usize) -> Ident {
    format_ident!("__ATTRIBUTES{place}")
}

fn kind_name(place: usize) -> Ident {
    format_ident!("__KIND{place}")
}

fn list(place: Option<usize>) -> TokenStream {
    place
        .map(list_name)
        .map_or(quote! { "" }, |name| quote! { #name })
}

/// The paths to other modules' structs, each read by rustc once, and what rustc has to check of them.
pub(super) fn checks(stack: &Stack) -> TokenStream {
    if stack.paths.is_empty() {
        return TokenStream::new();
    }
    let paths = stack.paths.iter().enumerate().map(|(place, (_, path))| {
        let last = path.clone().into_iter().last();
        let span = last.as_ref().map_or_else(Span::call_site, TokenTree::span);
        let alias = alias_of(place, span);
        quote! { #[allow(dead_code)] type #alias = #path; }
    });
    let checks = &stack.checks;
    quote! {
        use ::webhook_infra::__::{NoOutput as _, Undeclared as _};
        #(#paths)*
        #(#checks)*
    }
}

/// What the stack refers to in others, for messages of `build()`.
pub(super) fn borrowed(stack: &Stack) -> TokenStream {
    let borrowed = stack.paths.iter().enumerate().map(|(place, _)| {
        let alias = alias_of(place, Span::call_site());
        quote! { <::webhook_infra::__::Probe<#alias>>::DECLARATION }
    });
    quote! { &[#(#borrowed),*] }
}
