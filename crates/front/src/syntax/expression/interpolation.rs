//! `${…}` in a text.

use proc_macro2::{Span, TokenStream, TokenTree};

use super::{Expression, Parsed, parse};
use crate::errors::Error;
use crate::syntax::cursor::Cursor;

/// Parses the text between `${` and `}` of a string. Everything in it is placed at the string.
pub(crate) fn parse_interpolation(text: &str, span: Span) -> Parsed<Expression> {
    let tokens = text.parse::<TokenStream>().map_err(|_| {
        Error::new(
            span,
            format!("`{text}` is no expression"),
            "quotes and brackets have to be closed",
        )
    })?;
    let mut cursor = Cursor::new(respan(tokens, span), span);
    let value = parse(&mut cursor)?;
    if cursor.is_empty() {
        Ok(value)
    } else {
        Err(Error::new(
            span,
            format!("`{text}` is no expression"),
            "write one reference, call or operation between `${` and `}`",
        ))
    }
}

fn respan(tokens: TokenStream, span: Span) -> TokenStream {
    tokens
        .into_iter()
        .map(|mut token| {
            if let TokenTree::Group(group) = &token {
                let inner = respan(group.stream(), span);
                token = TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner));
            }
            token.set_span(span);
            token
        })
        .collect()
}

/// The place of the `}` that closes an interpolation.
pub(crate) fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted && depth == 0 => return Some(place),
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interpolation_ends_at_its_own_brace() {
        assert_eq!(closing_brace("a.b}c"), Some(3));
        assert_eq!(closing_brace("f({a = \"}\"})}x"), Some(12));
        assert_eq!(closing_brace("a"), None);
    }
}
