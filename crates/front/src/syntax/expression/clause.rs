//! `for` expressions, in Terraform's own spelling: `[for x in values : upper(x) if x != ""]`.

use proc_macro2::{Ident, TokenTree};

use super::{Clause, Expression, ExpressionKind, Parsed};
use crate::syntax::cursor::Cursor;

const LIST: &str = "write `[for x in values : upper(x) if x != \"\"]`";
const MAP: &str = "write `{ for k, v in values : k => upper(v) if v != \"\" }`";

/// Whether the content of a bracket or brace is a `for` expression, and not a key called `for`.
pub(super) fn starts(cursor: &Cursor) -> bool {
    matches!(cursor.peek(), Some(TokenTree::Ident(word)) if word == "for")
        && !matches!(cursor.peek_second(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=' || punct.as_char() == ':')
}

/// Parses the whole content, from `for` on.
pub(super) fn parse(cursor: &mut Cursor, is_map: bool) -> Parsed<ExpressionKind> {
    let example = if is_map { MAP } else { LIST };
    cursor.next();
    let first = name(cursor, example)?;
    let second = match cursor.take_symbol(",") {
        Some(_) => Some(name(cursor, example)?),
        None => None,
    };
    match cursor.take_ident() {
        Some(word) if word == "in" => {}
        _ => return Err(cursor.error("expected `in` after the names of a `for`", example)),
    }
    let collection = super::parse(cursor)?;
    expect(cursor, ":", "before the result of a `for`", example)?;
    let mut result = super::parse(cursor)?;
    let mut result_key = None;
    if is_map {
        expect(
            cursor,
            "=>",
            "between the key and the value of a `for`",
            example,
        )?;
        result_key = Some(std::mem::replace(&mut result, super::parse(cursor)?));
    } else if cursor.peek_symbol("=>") {
        return Err(cursor.error(
            "a `for` between `[` and `]` makes a list, which has no keys",
            MAP,
        ));
    }
    let is_grouped = cursor.take_symbol("...").is_some();
    if is_grouped && !is_map {
        return Err(cursor.error("only a map's values can be grouped by `...`", MAP));
    }
    let condition = filter(cursor)?;
    if !cursor.is_empty() {
        let found = cursor.found();
        return Err(cursor.error(format!("unexpected {found} after a `for`"), example));
    }
    let (key, item) = match second {
        Some(item) => (Some(first), item),
        None => (None, first),
    };
    Ok(ExpressionKind::For(Box::new(Clause {
        key,
        item,
        collection,
        result_key,
        result,
        is_grouped,
        condition,
    })))
}

fn filter(cursor: &mut Cursor) -> Parsed<Option<Expression>> {
    if !matches!(cursor.peek(), Some(TokenTree::Ident(word)) if word == "if") {
        return Ok(None);
    }
    cursor.next();
    super::parse(cursor).map(Some)
}

fn name(cursor: &mut Cursor, example: &str) -> Parsed<Ident> {
    cursor
        .take_ident()
        .ok_or_else(|| cursor.error("expected a name after `for`", example))
}

fn expect(cursor: &mut Cursor, symbol: &str, place: &str, example: &str) -> Parsed<()> {
    match cursor.take_symbol(symbol) {
        Some(_) => Ok(()),
        None => Err(cursor.error(format!("expected `{symbol}` {place}"), example)),
    }
}
