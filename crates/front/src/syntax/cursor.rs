//! A place in a list of tokens.

use proc_macro2::{Delimiter, Group, Ident, Spacing, Span, TokenStream, TokenTree};

use crate::errors::Error;

pub(super) struct Cursor {
    tokens: Vec<TokenTree>,
    place: usize,
    /// Where the list ends, for messages about what is missing.
    end: Span,
    /// How deep expressions are nested.
    pub(super) depth: usize,
}

impl Cursor {
    pub(super) fn new(tokens: TokenStream, end: Span) -> Self {
        Self {
            tokens: tokens.into_iter().collect(),
            place: 0,
            end,
            depth: 0,
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.place >= self.tokens.len()
    }

    pub(super) fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.place)
    }

    pub(super) fn peek_second(&self) -> Option<&TokenTree> {
        self.tokens.get(self.place + 1)
    }

    pub(super) fn peek_third(&self) -> Option<&TokenTree> {
        self.tokens.get(self.place + 2)
    }

    pub(super) fn next(&mut self) -> Option<TokenTree> {
        let token = self.tokens.get(self.place).cloned();
        self.place += 1;
        token
    }

    /// The span of the next token, or of the end.
    pub(super) fn span(&self) -> Span {
        self.peek().map_or(self.end, TokenTree::span)
    }

    /// Whether the next tokens are this punctuation, such as `=` or `>=`, and not a longer one.
    pub(super) fn peek_symbol(&self, symbol: &str) -> bool {
        let mut place = self.place;
        let mut characters = symbol.chars().peekable();
        while let Some(wanted) = characters.next() {
            match self.tokens.get(place) {
                Some(TokenTree::Punct(punct)) if punct.as_char() == wanted => {
                    let more = characters.peek().is_some();
                    if more && punct.spacing() != Spacing::Joint {
                        return false;
                    }
                    // `=` must not match the start of `==` or `=>`.
                    let goes_on = punct.spacing() == Spacing::Joint
                        && matches!(self.tokens.get(place + 1),
                            Some(TokenTree::Punct(next)) if matches!(next.as_char(), '=' | '>' | '&' | '|'));
                    if !more && goes_on && matches!(wanted, '=' | '<' | '>' | '!') {
                        return false;
                    }
                }
                _ => return false,
            }
            place += 1;
        }
        true
    }

    pub(super) fn take_symbol(&mut self, symbol: &str) -> Option<Span> {
        if !self.peek_symbol(symbol) {
            return None;
        }
        let span = self.span();
        self.place += symbol.chars().count();
        Some(span)
    }

    pub(super) fn take_ident(&mut self) -> Option<Ident> {
        match self.peek() {
            Some(TokenTree::Ident(ident)) => {
                let ident = ident.clone();
                self.place += 1;
                Some(ident)
            }
            _ => None,
        }
    }

    pub(super) fn take_group(&mut self, delimiter: Delimiter) -> Option<Group> {
        match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == delimiter => {
                let group = group.clone();
                self.place += 1;
                Some(group)
            }
            _ => None,
        }
    }

    /// A cursor one token further on.
    pub(super) fn clone_ahead(&self) -> Self {
        Self {
            tokens: self.tokens[self.place.min(self.tokens.len())..]
                .iter()
                .skip(1)
                .take(2)
                .cloned()
                .collect(),
            place: 0,
            end: self.end,
            depth: self.depth,
        }
    }

    /// Goes to behind the next comma of this list.
    pub(super) fn skip_past_comma(&mut self) {
        while let Some(token) = self.next() {
            if matches!(&token, TokenTree::Punct(punct) if punct.as_char() == ',') {
                break;
            }
        }
    }

    /// The source text of the next token, for messages.
    pub(super) fn found(&self) -> String {
        match self.peek() {
            None => "the end".to_owned(),
            Some(TokenTree::Group(group)) => match group.delimiter() {
                Delimiter::Parenthesis => "`(…)`".to_owned(),
                Delimiter::Brace => "`{…}`".to_owned(),
                Delimiter::Bracket => "`[…]`".to_owned(),
                Delimiter::None => "a macro's output".to_owned(),
            },
            Some(TokenTree::Punct(first)) if first.spacing() == Spacing::Joint => {
                let second = match self.peek_second() {
                    Some(TokenTree::Punct(second)) => second.to_string(),
                    _ => String::new(),
                };
                format!("`{first}{second}`")
            }
            Some(token) => format!("`{token}`"),
        }
    }

    pub(super) fn error(&self, message: impl Into<String>, help: &str) -> Error {
        Error::new(self.span(), message, help)
    }
}
