//! Literals: numbers and texts.

use proc_macro2::Literal;

use super::{Expression, ExpressionKind, Parsed};
use crate::errors::Error;

pub(super) fn literal_value(literal: &Literal) -> Parsed<Expression> {
    let span = literal.span();
    let text = literal.to_string();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        return number(literal);
    }
    // syn knows Rust's escapes and raw strings.
    match syn::parse_str::<syn::LitStr>(&text) {
        Ok(string) => Ok(Expression {
            kind: ExpressionKind::String(string.value()),
            span,
        }),
        Err(_) => Err(Error::new(
            span,
            format!("{text} is no value that Terraform has"),
            "write a string in double quotes, a number, `true` or `false`",
        )),
    }
}

pub(super) fn number(literal: &Literal) -> Parsed<Expression> {
    let span = literal.span();
    let text = literal.to_string().replace('_', "");
    let value = match text.get(..2) {
        Some("0x") => i64::from_str_radix(&text[2..], 16).ok().map(Into::into),
        Some("0b") => i64::from_str_radix(&text[2..], 2).ok().map(Into::into),
        Some("0o") => i64::from_str_radix(&text[2..], 8).ok().map(Into::into),
        _ => text.parse().ok(),
    };
    // A number is kept in 64 bits; digits beyond would be lost without a word.
    let is_whole = text.bytes().all(|byte| byte.is_ascii_digit());
    let is_lost = is_whole
        && value
            .as_ref()
            .is_some_and(|number: &webhook_infra_core::Number| number.is_f64());
    if is_lost {
        return Err(Error::new(
            span,
            format!("`{text}` has more digits than can be kept"),
            format!("write it as a text, which Terraform converts: `\"{text}\"`"),
        ));
    }
    match value {
        Some(number) => Ok(Expression {
            kind: ExpressionKind::Number(number),
            span,
        }),
        None => Err(Error::new(
            span,
            format!("`{text}` is no number that Terraform has"),
            "write a plain number, such as `50` or `0.5`",
        )),
    }
}
