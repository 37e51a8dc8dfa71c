//! What is known of a declaration that a component has made: the use that it comes from.
//!
//! It stands on the struct as an attribute that no author writes, after the attributes that the component wrote and
//! before those that stand beside the use. Where components use components there are several, the outermost last.

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::quote;
use webhook_infra_core::ComponentUse;

use crate::names;
use crate::syntax::Annotation;

/// The attribute's name.
pub(crate) const MARKER: &str = "__component";

/// The attribute for a struct that the use `name` made, that goes by `named_as` in AWS, and that is written at
/// `place`.
pub(super) fn marker(name: &Ident, named_as: Option<&str>, place: &str) -> TokenStream {
    let marker = Ident::new(MARKER, name.span());
    let [named_as, place] = [named_as.unwrap_or_default(), place].map(|text| {
        let mut text = Literal::string(text);
        text.set_span(name.span());
        text
    });
    quote! { #[#marker(#name, #named_as, #place)] }
}

/// Where the component wrote it, for mistakes that are shown at its use: what, and `file:line`; and the place of that
/// use.
pub(crate) fn written_at(annotations: &[Annotation]) -> Option<(String, Span)> {
    let marker = annotations
        .iter()
        .find(|annotation| annotation.name == MARKER)?;
    let place = text_of(&marker.tokens, 4).filter(|place| !place.is_empty())?;
    Some((place, marker.name.span()))
}

/// The use that the author of the stack wrote.
pub(crate) fn use_of(annotations: &[Annotation]) -> Option<ComponentUse> {
    let marker = annotations
        .iter()
        .rfind(|annotation| annotation.name == MARKER)?;
    let name = marker.tokens.clone().into_iter().next()?.to_string();
    Some(ComponentUse {
        id: names::snake(&name),
        name,
    })
}

/// What the struct is called in AWS, where a use says so.
pub(crate) fn named_as(annotations: &[Annotation]) -> Option<String> {
    annotations
        .iter()
        .filter(|annotation| annotation.name == MARKER)
        .find_map(|annotation| text_of(&annotation.tokens, 2))
}

/// [`named_as`], of attributes that were not read yet.
pub(super) fn named_as_of(attributes: &[&Group]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let tokens = attribute.stream().into_iter().collect::<Vec<_>>();
        match tokens.as_slice() {
            [TokenTree::Ident(name), TokenTree::Group(content)] if name == MARKER => {
                text_of(&content.stream(), 2)
            }
            _ => None,
        }
    })
}

fn text_of(content: &TokenStream, place: usize) -> Option<String> {
    match content.clone().into_iter().nth(place)? {
        TokenTree::Literal(text) => syn::parse_str::<syn::LitStr>(&text.to_string())
            .ok()
            .map(|text| text.value())
            .filter(|text| !text.is_empty()),
        _ => None,
    }
}
