//! The checked stack as Rust: the author's items, a marker on each resource, and the document as text.

mod declared;
mod ide;
mod payload;

use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote};
use webhook_infra_core::json::{self, ConstantPosition, Piece};
use webhook_infra_core::{Document, SuppressionKind};

pub use ide::ide_modules;

use crate::component::{self, Inlined};
use crate::constructs;
use crate::errors::Errors;
use crate::serde_names;
use crate::stack::{self, Stack};
use crate::syntax::{Item, Module, parse_module};

/// Expands `#[stack(attribute)] item`.
///
/// Whatever the tokens are, the result is Rust: the author's items stay, so that names still resolve,
/// and each mistake becomes a `compile_error!` at its own token.
pub fn expand(attribute: TokenStream, item: &TokenStream) -> TokenStream {
    expand_knowing(attribute, item, &TokenStream::new())
}

/// Expands what the macro of a component answers when `#[stack]` has asked for its definition.
pub fn expand_with_component(answer: TokenStream) -> TokenStream {
    component::answer(answer)
        .map(|(attribute, item, known)| expand_knowing(attribute, &item, &known))
        .unwrap_or_default()
}

fn expand_knowing(attribute: TokenStream, item: &TokenStream, known: &TokenStream) -> TokenStream {
    let mut errors = Errors::default();
    let inlined = match component::inline(&attribute, item, known, &mut errors) {
        Inlined::Ask(call) => return call,
        Inlined::Done(inlined) => inlined,
    };
    match module_and_stack(attribute, &inlined, errors) {
        Ok((module, stack)) => module_tokens(module, stack),
        Err(errors) => {
            let errors = errors.into_tokens();
            quote! { #errors #item }
        }
    }
}

/// A stack that was read and checked, as data.
pub struct Reading {
    /// The Terraform graph. Rust constants are open in it.
    pub document: Document<Span>,
    /// The text of each mistake, in the order of the source.
    pub errors: Vec<String>,
}

/// Reads `#[stack(attribute)] item` without writing Rust, for tests and tools.
pub fn read(attribute: TokenStream, item: &TokenStream) -> Reading {
    let (mut document, errors) = match module_and_stack(attribute, item, Errors::default()) {
        Ok((_, stack)) => (stack.document, stack.errors),
        Err(errors) => (Document::new(), errors),
    };
    document.resolve_content_hashes();
    Reading {
        document,
        errors: errors.into_texts(),
    }
}

fn module_and_stack(
    attribute: TokenStream,
    item: &TokenStream,
    mut errors: Errors,
) -> Result<(Module, Stack), Errors> {
    let is_ours = |name: &str| {
        constructs::is_attribute(name)
            || name == "expect"
            || name == "allow"
            || name == component::MARKER
    };
    match parse_module(item.clone(), &is_ours, &mut errors) {
        Some(module) => {
            let stack = stack::read(attribute, &module, errors);
            Ok((module, stack))
        }
        None => Err(errors),
    }
}

fn module_tokens(module: Module, stack: Stack) -> TokenStream {
    let head = module.head;
    let definition = if stack.takes_our_name {
        constants(&stack)
    } else {
        definition(&stack)
    };
    let ide = ide::uses(&stack.seen_keys);
    let travels = payload::names(&module.items, &stack.code.payloads);
    let items = module.items.into_iter().map(|item| match item {
        Item::Other(tokens) => payload::item(tokens, &travels),
        Item::Struct(item) if item.broken.is_some() => item.broken.unwrap_or_default(),
        Item::Struct(mut item) => {
            let name = item.syntax.ident.to_string();
            if stack.broken.contains(&name) {
                serde_names::strip(&mut item.syntax);
                blank_fields(&mut item.syntax);
                item.syntax.into_token_stream()
            } else {
                payload::type_(&item.syntax, travels.contains(&name))
            }
        }
    });
    let declarations = declared::declarations(&stack);
    let checks = declared::checks(&stack);
    // With mistakes too, so that one of them does not leave every handler without its clients.
    let code = stack
        .code
        .items
        .iter()
        .filter(|(struct_, _)| !stack.broken.contains(&struct_.to_string()))
        .map(|(_, call)| call);
    let code = quote! { #(#code)* };
    let errors = stack.errors.into_tokens();
    quote! {
        // In build.rs nothing constructs these structs, the prelude is not always needed, and a field
        // such as `events: SendMessage<Events>` says all there is to say.
        #[allow(clippy::wildcard_imports, dead_code, missing_docs, unexpected_cfgs, unreachable_pub, unused_imports)]
        #head {
            #(#items)*
            #declarations
            #checks
            #definition
            #code
            #ide
        }
        #errors
    }
}

/// Gives every field the type `()`, so that rustc does not say again what was said already.
fn blank_fields(input: &mut syn::DeriveInput) {
    if let syn::Data::Struct(data) = &mut input.data {
        for field in &mut data.fields {
            field.ty = syn::parse_quote! { () };
        }
    }
}

/// Has rustc look at the constants, where nothing else would.
fn constants(stack: &Stack) -> TokenStream {
    let constants = &stack.constants;
    quote! { #(const _: &dyn ::webhook_infra::Constant = &#constants;)* }
}

/// The type that stands for the whole stack, with the document in transport form.
fn definition(stack: &Stack) -> TokenStream {
    let name = &stack.name;
    let document = &stack.document;
    // When a component was asked for, the macro is called by that, which may be of another crate.
    let file = &stack.file;
    // A stack with mistakes does not compile; there is nothing to hand on.
    let blocks = if stack.errors.is_empty() {
        document.blocks.as_slice()
    } else {
        &[]
    };
    let place = |origin| {
        document.provenance(origin).map_or((0, 0), |span| {
            let start = span.start();
            (start.line, start.column + 1)
        })
    };
    let pieces = json::pieces(blocks, |block| place(block.origin));
    let text = pieces.into_iter().map(|piece| match piece {
        Piece::Text(text) => {
            let text = Literal::string(&text);
            quote! { ::webhook_infra::__::Piece::Text(#text) }
        }
        Piece::Constant(index, position) => {
            let constant = usize::try_from(index)
                .ok()
                .and_then(|index| stack.constants.get(index));
            let position = match position {
                ConstantPosition::Json => quote! { Json },
                ConstantPosition::Literal => quote! { Literal },
                ConstantPosition::Expression => quote! { Expression },
            };
            quote! { ::webhook_infra::__::Piece::#position(&#constant) }
        }
    });
    let owners = document
        .owners
        .iter()
        .map(|owner| {
            let (line, column) = place(owner.origin);
            let type_ = owner.type_.as_ref().map(ToString::to_string);
            let type_ = type_.unwrap_or_default();
            let component = owner.component.as_ref().map_or(("", ""), |component| {
                (component.name.as_str(), component.id.as_str())
            });
            let (used, id) = component;
            format!(
                "{}\t{}\t{line}\t{column}\t{type_}\t{used}\t{id}\n",
                owner.name, owner.main
            )
        })
        .collect::<String>();
    let targets = document.targets.to_string();
    let suppressions = document.suppressions.iter().map(|suppression| {
        let (rule, reason) = (&suppression.rule, &suppression.reason);
        let expected = suppression.kind == SuppressionKind::Expect;
        let owners = suppression
            .owners
            .iter()
            .map(|owner| Literal::u32_unsuffixed(owner.0));
        let owners = quote! { &[#(#owners),*] };
        let (line, column) = place(suppression.origin);
        let (line, column) = (Literal::usize_unsuffixed(line), Literal::usize_unsuffixed(column));
        quote! {
            ::webhook_infra::__::SuppressionDefinition {
                rule: #rule, reason: #reason, expected: #expected, owners: #owners, line: #line, column: #column,
            }
        }
    });
    let borrowed = declared::borrowed(stack);
    let (module, line) = (&stack.module, Literal::usize_unsuffixed(stack.line));
    let schemas = stack.schema_files.iter().map(|file| {
        let (provider, table) = (&file.provider, Literal::byte_string(file.table));
        quote! { (#provider, #table) }
    });
    // rustc does not see what a macro reads, but it sees this.
    let watched = stack.schema_files.iter().map(|file| {
        let path = format!("/{}", file.path);
        quote! {
            const _: &[u8] = ::core::include_bytes!(::core::concat!(::core::env!("CARGO_MANIFEST_DIR"), #path));
        }
    });
    let constants = if stack.errors.is_empty() {
        TokenStream::new()
    } else {
        constants(stack)
    };
    let outputs = declared::outputs(stack);
    quote! {
        #constants
        #(#watched)*
        #outputs

        /// The whole stack, for `webhook_infra::build` in build.rs.
        pub struct Stack;

        impl ::webhook_infra::StackDefinition for Stack {
            #[doc(hidden)]
            const DEFINITION: ::webhook_infra::__::Definition = ::webhook_infra::__::Definition {
                name: #name,
                module: #module,
                file: #file,
                line: #line,
                text: &[#(#text),*],
                owners: #owners,
                targets: #targets,
                suppressions: &[#(#suppressions),*],
                schemas: &[#(#schemas),*],
                borrowed: #borrowed,
            };
        }
    }
}
