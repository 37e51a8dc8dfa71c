//! `#[moved(from = OldName)]` beside the use of a component: everything that the component declares goes along.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::quote;

use crate::errors::Errors;
use crate::names;

/// The names that a use had, the oldest first.
pub(super) struct Moves(Vec<Ident>);

impl Moves {
    /// Reads the attributes beside the use `name`.
    pub(super) fn read(name: &Ident, attributes: &[&Group], errors: &mut Errors) -> Self {
        let mut old_names = Vec::new();
        for attribute in attributes {
            let Some(old) = old_name(attribute) else {
                errors.add(
                    attribute.span(),
                    format!("`#[moved]` beside a component takes the name that `{name}` had"),
                    "write `#[moved(from = OldName)]`",
                );
                continue;
            };
            if names::snake(&old.to_string()) == names::snake(&name.to_string()) {
                errors.add(
                    old.span(),
                    format!("`{name}` is called `{old}` now"),
                    "write the name that it had before",
                );
                continue;
            }
            old_names.push(old);
        }
        Self(old_names)
    }

    /// The attributes for one struct of the component.
    pub(super) fn of(&self, inner: &str) -> TokenStream {
        let moves = self.0.iter().map(|old| {
            let old = Ident::new(
                &format!("{}{inner}", names::pascal(&old.to_string())),
                old.span(),
            );
            quote! { #[moved(from = #old)] }
        });
        moves.collect()
    }
}

/// The name in `moved(from = OldName)`, or in `moved(from = "old_name")`.
fn old_name(attribute: &Group) -> Option<Ident> {
    let Some(TokenTree::Group(content)) = attribute.stream().into_iter().last() else {
        return None;
    };
    let content = content.stream().into_iter().collect::<Vec<_>>();
    let content = match content.as_slice() {
        [content @ .., TokenTree::Punct(comma)] if comma.as_char() == ',' => content,
        content => content,
    };
    let [TokenTree::Ident(key), TokenTree::Punct(equals), value] = content else {
        return None;
    };
    if key != "from" || equals.as_char() != '=' {
        return None;
    }
    match value {
        TokenTree::Ident(name) => Some(name.clone()),
        TokenTree::Literal(text) => {
            let text = syn::parse_str::<syn::LitStr>(&text.to_string()).ok()?;
            let mut name = syn::parse_str::<Ident>(&text.value()).ok()?;
            name.set_span(value.span());
            Some(name)
        }
        _ => None,
    }
}
