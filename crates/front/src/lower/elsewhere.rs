//! Structs of other modules and crates, by their paths: `shared::Events`.
//!
//! This macro cannot see them. What they stand for is left open in the document, and rustc fills it from
//! the constants that the expansion of the other stack has. rustc also checks what can be checked early:
//! that the path leads to a struct of the wanted kind, and that it has the attribute.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::quote_spanned;
use webhook_infra_core::{Target, ValueKind};

use crate::constructs;
use crate::context::{Context, Declaration};
use crate::names;

/// A struct of another module.
#[derive(Clone, Debug)]
pub(crate) struct Elsewhere {
    /// The path's place in [`Context::paths`].
    index: usize,
    /// The last name of the path.
    pub(crate) name: Ident,
    /// The path as it was written.
    pub(crate) shown: String,
}

/// What a key names: a struct of this module, or one of another.
#[derive(Clone)]
pub(crate) enum Named<'s> {
    Here(Declaration<'s>),
    Elsewhere(Elsewhere),
}

impl Named<'_> {
    /// The struct's name.
    pub(crate) fn name(&self) -> String {
        match self {
            Self::Here(declaration) => declaration.name(),
            Self::Elsewhere(elsewhere) => elsewhere.name.to_string(),
        }
    }

    /// Its name in the addresses of what is made for it here.
    pub(crate) fn id(&self) -> String {
        match self {
            Self::Here(declaration) => declaration.id.to_owned(),
            Self::Elsewhere(elsewhere) => names::snake(&elsewhere.name.to_string()),
        }
    }

    /// The main block.
    pub(crate) fn target(&self, context: &mut Context<'_>) -> Target {
        match self {
            Self::Here(declaration) => declaration.target(),
            Self::Elsewhere(elsewhere) => context.open(elsewhere, &[]),
        }
    }
}

/// The last name of a path that names a struct, and no constant.
pub(crate) fn struct_name(path: &TokenStream) -> Option<Ident> {
    let name = last_name(path)?;
    let text = name.to_string();
    let is_struct = text.starts_with(|c: char| c.is_uppercase()) && !names::is_constant(&text);
    is_struct.then_some(name)
}

fn last_name(path: &TokenStream) -> Option<Ident> {
    path.clone().into_iter().filter_map(ident).last()
}

fn ident(token: TokenTree) -> Option<Ident> {
    match token {
        TokenTree::Ident(ident) => Some(ident),
        _ => None,
    }
}

impl Context<'_> {
    /// The struct that a path leads to. Whether it does is for rustc to say.
    pub(crate) fn elsewhere(&mut self, path: &TokenStream) -> Option<Elsewhere> {
        let name = last_name(path)?;
        let shown = path.to_string().replace(' ', "");
        let known = self.paths.iter().position(|(known, _)| *known == shown);
        let index = known.unwrap_or_else(|| {
            self.paths.push((shown.clone(), path.clone()));
            self.paths.len() - 1
        });
        Some(Elsewhere { index, name, shown })
    }

    /// The place in the document that the way from the struct over these names will fill.
    pub(crate) fn open(&mut self, elsewhere: &Elsewhere, names: &[String]) -> Target {
        let declaration = declaration(elsewhere);
        let span = elsewhere.name.span();
        Target::Open(self.hole(&quote_spanned! {span=>
            Borrowed { declaration: #declaration, names: &[#(#names),*] }
        }))
    }

    /// The ARNs of a table and its indexes, as one list.
    pub(crate) fn open_indexes(&mut self, elsewhere: &Elsewhere) -> ValueKind {
        let declaration = declaration(elsewhere);
        let span = elsewhere.name.span();
        ValueKind::Constant(self.hole(&quote_spanned! {span=> WithIndexes(#declaration) }))
    }

    /// What of a function is invoked: its alias, when it has one.
    pub(crate) fn open_invoked(&mut self, elsewhere: &Elsewhere) -> Target {
        let declaration = declaration(elsewhere);
        let span = elsewhere.name.span();
        Target::Open(self.hole(&quote_spanned! {span=> Invoked(#declaration) }))
    }

    /// The name of a function's alias; `null` when it has none.
    pub(crate) fn open_alias_name(&mut self, elsewhere: &Elsewhere) -> ValueKind {
        let declaration = declaration(elsewhere);
        let span = elsewhere.name.span();
        ValueKind::Constant(self.hole(&quote_spanned! {span=> AliasName(#declaration) }))
    }

    /// The statement for the key that encrypts it; it is dropped when there is no such key.
    pub(crate) fn open_key_statement(
        &mut self,
        elsewhere: &Elsewhere,
        sid: &str,
        actions: &[&str],
    ) -> ValueKind {
        let declaration = declaration(elsewhere);
        let span = elsewhere.name.span();
        ValueKind::Constant(self.hole(&quote_spanned! {span=>
            KeyStatement { declaration: #declaration, sid: #sid, actions: &[#(#actions),*] }
        }))
    }

    /// A constant of a type that only the macro and `build()` know; equal ones are one.
    pub(crate) fn hole(&mut self, value: &TokenStream) -> u32 {
        let tokens = quote::quote! { const { ::webhook_infra::__::#value } };
        let text = tokens.to_string();
        let known = self.holes.get(&text).copied();
        known.unwrap_or_else(|| {
            let index = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
            self.constants.push(tokens);
            self.holes.insert(text, index);
            index
        })
    }

    /// Has rustc check that the struct is one resource, and not several by `count` or `for_each`.
    pub(crate) fn check_single(&mut self, elsewhere: &Elsewhere) {
        let declaration = declaration(elsewhere);
        let (shown, span) = (&elsewhere.shown, elsewhere.name.span());
        self.checks.push(quote_spanned! {span=>
            const _: () = ::webhook_infra::__::check_single(#declaration, #shown);
        });
    }

    /// Has rustc check that the struct is of the kind that a construct makes.
    pub(crate) fn check_kind(&mut self, elsewhere: &Elsewhere, construct: &str) {
        let marker = constructs::find(construct).map_or("", |construct| construct.marker);
        if !marker.is_empty() {
            self.check_trait(elsewhere, marker);
        }
    }

    /// Has rustc check that the struct has this trait.
    pub(crate) fn check_trait(&mut self, elsewhere: &Elsewhere, name: &str) {
        let (alias, span) = (alias(elsewhere), elsewhere.name.span());
        let name = Ident::new(name, span);
        self.checks.push(quote_spanned! {span=>
            const _: () = <#alias as ::webhook_infra::#name>::CHECKED;
        });
    }

    /// Has rustc check that the way leads somewhere; the message is placed at `span`.
    pub(crate) fn check_way(&mut self, elsewhere: &Elsewhere, names: &[String], span: Span) {
        self.check_trait(elsewhere, "Declared");
        let declaration = declaration(elsewhere);
        let shown = &elsewhere.shown;
        self.checks.push(quote_spanned! {span=>
            const _: () = ::webhook_infra::__::check_path(#declaration, &[#(#names),*], #shown);
        });
    }
}

/// The path's own name in the expansion, so that rustc reads, and complains about, the path once.
pub(crate) fn alias_of(index: usize, span: Span) -> Ident {
    Ident::new(&format!("__Elsewhere{index}"), span)
}

pub(crate) fn alias(elsewhere: &Elsewhere) -> Ident {
    alias_of(elsewhere.index, elsewhere.name.span())
}

fn declaration(elsewhere: &Elsewhere) -> TokenStream {
    let alias = alias(elsewhere);
    let span = elsewhere.name.span();
    quote_spanned! {span=> <::webhook_infra::__::Probe<#alias>>::DECLARATION }
}
