//! The tokens of a component, made those of one use of it.

use std::collections::{HashMap, HashSet};

use proc_macro2::{Group, Ident, Literal, Span, TokenStream, TokenTree};

/// What stands for what.
pub(super) struct Substitution<'a> {
    /// The structs that the component declares.
    pub(super) structs: &'a HashSet<String>,
    /// What goes before their names.
    pub(super) prefix: String,
    /// What is passed for each parameter.
    pub(super) values: HashMap<String, Vec<TokenTree>>,
    /// Where everything is placed that the component wrote.
    pub(super) span: Span,
}

/// The word before the name of a parameter: `param.visibility`.
pub(super) const PARAM: &str = "param";

impl Substitution<'_> {
    pub(super) fn apply(&self, tokens: TokenStream) -> TokenStream {
        let tokens = tokens.into_iter().collect::<Vec<_>>();
        let mut result = TokenStream::new();
        let mut place = 0;
        while let Some(token) = tokens.get(place) {
            if let Some(name) = parameter(&tokens[place..]) {
                // What the author passed keeps its place: a mistake in it is a mistake there.
                if let Some(value) = self.values.get(&name.to_string()) {
                    result.extend(value.iter().cloned());
                    place += 3;
                    continue;
                }
            }
            result.extend([self.token(token)]);
            place += 1;
        }
        result
    }

    fn token(&self, token: &TokenTree) -> TokenTree {
        match token {
            TokenTree::Group(group) => {
                let mut again = Group::new(group.delimiter(), self.apply(group.stream()));
                again.set_span(self.span);
                TokenTree::Group(again)
            }
            TokenTree::Ident(name) if self.structs.contains(&name.to_string()) => {
                TokenTree::Ident(Ident::new(&format!("{}{name}", self.prefix), self.span))
            }
            TokenTree::Literal(literal) => {
                let mut literal = self.literal(literal);
                literal.set_span(self.span);
                TokenTree::Literal(literal)
            }
            other => {
                let mut token = other.clone();
                token.set_span(self.span);
                token
            }
        }
    }

    /// `"${param.stage}-jobs"`: parameters inside of a text.
    fn literal(&self, literal: &Literal) -> Literal {
        let text = literal.to_string();
        if !text.contains("${") || !text.contains(PARAM) {
            return literal.clone();
        }
        let Ok(text) = syn::parse_str::<syn::LitStr>(&text) else {
            return literal.clone();
        };
        let mut text = text.value();
        for (name, value) in &self.values {
            text = text.replace(
                &format!("${{{PARAM}.{name}}}"),
                &format!("${{{}}}", super::text(value)),
            );
        }
        Literal::string(&text)
    }
}

/// The name in `param.name`, when the tokens start with that.
pub(super) fn parameter(tokens: &[TokenTree]) -> Option<&Ident> {
    match tokens {
        [
            TokenTree::Ident(word),
            TokenTree::Punct(dot),
            TokenTree::Ident(name),
            ..,
        ] if word == PARAM && dot.as_char() == '.' => Some(name),
        _ => None,
    }
}

/// Every `param.name` in the tokens, those inside of texts too.
pub(super) fn parameters(tokens: &TokenStream) -> Vec<Ident> {
    let tokens = tokens.clone().into_iter().collect::<Vec<_>>();
    let mut found = Vec::new();
    for (place, token) in tokens.iter().enumerate() {
        if let Some(name) = parameter(&tokens[place..]) {
            found.push(name.clone());
        }
        match token {
            TokenTree::Group(group) => found.extend(parameters(&group.stream())),
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let start = format!("${{{PARAM}.");
                for part in text.split(start.as_str()).skip(1) {
                    let end = part.find('}').unwrap_or(part.len());
                    if let Ok(mut name) = syn::parse_str::<Ident>(&part[..end]) {
                        name.set_span(literal.span());
                        found.push(name);
                    }
                }
            }
            _ => {}
        }
    }
    found
}
