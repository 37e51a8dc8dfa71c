//! The names that serde would give to fields, read from the same attributes.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;

use crate::names;

/// How a struct's fields are renamed.
#[derive(Clone, Copy)]
pub(crate) enum Case {
    Verbatim,
    Camel,
    Pascal,
    Kebab,
    Screaming,
}

/// The struct's `#[serde(rename_all = "…")]`.
pub(crate) fn case(attributes: &[syn::Attribute]) -> Case {
    match setting(attributes, "rename_all").as_deref() {
        Some("camelCase") => Case::Camel,
        Some("PascalCase") => Case::Pascal,
        Some("kebab-case") => Case::Kebab,
        Some("SCREAMING_SNAKE_CASE") => Case::Screaming,
        _ => Case::Verbatim,
    }
}

/// The name of a field outside of Rust.
pub(crate) fn field(field: &syn::Field, case: Case) -> Option<String> {
    let name = field.ident.as_ref()?.to_string();
    let name = name.trim_start_matches("r#");
    Some(
        setting(&field.attrs, "rename").unwrap_or_else(|| match case {
            Case::Verbatim => name.to_owned(),
            Case::Camel => names::camel(name),
            Case::Pascal => names::pascal(name),
            Case::Kebab => names::kebab(name),
            Case::Screaming => names::screaming(name),
        }),
    )
}

/// Takes serde's attributes off a struct that does not derive serde's traits: without the derive, rustc
/// would not know them, and the stack file has no serde of its own.
pub(crate) fn strip(input: &mut syn::DeriveInput) {
    if is_derived(input) {
        return;
    }
    let is_serde = |attribute: &syn::Attribute| attribute.path().is_ident("serde");
    input.attrs.retain(|attribute| !is_serde(attribute));
    let strip_fields = |fields: &mut syn::Fields| {
        for field in fields {
            field.attrs.retain(|attribute| !is_serde(attribute));
        }
    };
    match &mut input.data {
        syn::Data::Struct(data) => strip_fields(&mut data.fields),
        syn::Data::Enum(data) => {
            for variant in &mut data.variants {
                variant.attrs.retain(|attribute| !is_serde(attribute));
                strip_fields(&mut variant.fields);
            }
        }
        syn::Data::Union(_) => {}
    }
}

/// Whether the author derives one of serde's traits.
pub(crate) fn is_derived(input: &syn::DeriveInput) -> bool {
    input.attrs.iter().any(|attribute| {
        attribute.path().is_ident("derive")
            && ["Serialize", "Deserialize"]
                .iter()
                .any(|name| attribute.meta.to_token_stream().to_string().contains(name))
    })
}

/// The text of `key = "text"` in any of serde's attributes.
fn setting(attributes: &[syn::Attribute], key: &str) -> Option<String> {
    attributes
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
        .find_map(|attribute| match &attribute.meta {
            syn::Meta::List(list) => text_of(list.tokens.clone(), key),
            _ => None,
        })
}

fn text_of(tokens: TokenStream, key: &str) -> Option<String> {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        if matches!(&token, TokenTree::Ident(name) if name == key) {
            tokens.next();
            let literal = tokens.next()?.to_string();
            return syn::parse_str::<syn::LitStr>(&literal)
                .ok()
                .map(|text| text.value());
        }
    }
    None
}
