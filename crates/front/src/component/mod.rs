//! Reusable components: structs that are written once, and declared in any stack under a name and with
//! parameters.
//!
//! A macro sees the tokens it is given and no others, so a component travels as a macro: `#[component]`
//! leaves a `macro_rules!` of the component's name, and `#[stack]`, when it meets
//! `#[component(name, …)] pub struct Orders;`, calls that macro with its own tokens. The answer is a
//! stack in which the definition stands beside its uses, and its structs take the place of the struct.
//! Everything that a component writes is placed at the struct that asks for it, and what the author
//! passed at the author's tokens, so that mistakes point there.

mod arguments;
mod definition;
mod instance;
mod marker;
mod moves;
mod substitution;

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};

use self::arguments::Argument;
pub use self::definition::define;
pub(crate) use self::marker::{MARKER, named_as, use_of, written_at};
use crate::errors::Errors;

/// What every use takes besides the component's parameters: the name that its structs go by in AWS.
const NAMED_AS: &str = "named_as";

/// A component, as it travels.
struct Definition {
    /// The name of the module that defines it.
    name: String,
    parameters: Vec<Argument>,
    items: TokenStream,
}

/// What a stack has to do with components.
pub(crate) enum Inlined {
    /// There is nothing left to ask for: the stack, with its components in place.
    Done(TokenStream),
    /// A definition has to be asked for first: the call of its macro.
    Ask(TokenStream),
}

/// Puts the components into a stack whose definitions are `known`, by path.
pub(crate) fn inline(
    attribute: &TokenStream,
    item: &TokenStream,
    known: &TokenStream,
    errors: &mut Errors,
) -> Inlined {
    let mut tokens = item.clone().into_iter().collect::<Vec<_>>();
    let is_module = matches!(tokens.last(), Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace);
    if !is_module || !mentions_component(item) {
        return Inlined::Done(item.clone());
    }
    let Some(TokenTree::Group(body)) = tokens.pop() else {
        return Inlined::Done(item.clone());
    };
    let definitions = read_known(known);
    match instance::inline_items(body.stream(), &definitions, errors) {
        Ok(items) => {
            let mut body_again = Group::new(Delimiter::Brace, items);
            body_again.set_span(body.span());
            tokens.push(TokenTree::Group(body_again));
            Inlined::Done(tokens.into_iter().collect())
        }
        Err(path) => Inlined::Ask(quote! {
            #path! { [#path] [#attribute] [#known] #item }
        }),
    }
}

/// Reads what the macro of a component answers: `name (parameters) {items} [path] [attribute] [known] item`;
/// gives the stack's attribute, its item, and what is known now.
pub(crate) fn answer(tokens: TokenStream) -> Option<(TokenStream, TokenStream, TokenStream)> {
    let mut tokens = tokens.into_iter();
    let name = tokens.next()?;
    let mut group = || match tokens.next() {
        Some(TokenTree::Group(group)) => Some(group),
        _ => None,
    };
    let (parameters, items, path) = (group()?, group()?, group()?);
    let (attribute, known) = (group()?, group()?);
    let known = known.stream();
    let known = quote! { #known #path #name #parameters #items };
    Some((attribute.stream(), tokens.collect(), known))
}

/// The definitions that came back: `[path] name (parameters) {items}` each.
fn read_known(known: &TokenStream) -> Vec<(String, Definition)> {
    let tokens = known.clone().into_iter().collect::<Vec<_>>();
    tokens
        .chunks(4)
        .filter_map(|chunk| match chunk {
            [
                TokenTree::Group(path),
                TokenTree::Ident(name),
                TokenTree::Group(parameters),
                TokenTree::Group(items),
            ] => Some((
                path.stream().to_string(),
                Definition {
                    name: name.to_string(),
                    parameters: arguments::read(
                        parameters.stream(),
                        Span::call_site(),
                        &mut Errors::default(),
                    ),
                    items: items.stream(),
                },
            )),
            _ => None,
        })
        .collect()
}

fn mentions_component(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Ident(name) => name == "component",
        TokenTree::Group(group) => mentions_component(&group.stream()),
        _ => false,
    })
}

fn text(tokens: &[TokenTree]) -> String {
    tokens
        .iter()
        .map(ToTokens::to_token_stream)
        .collect::<TokenStream>()
        .to_string()
}
