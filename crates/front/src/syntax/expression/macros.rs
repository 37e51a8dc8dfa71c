//! What is written like a Rust macro: `format!("…")`, `json!({ … })` and `expr!("…")`.

use proc_macro2::{Ident, Span, TokenTree};

use super::primary::{separated, whole};
use super::{
    Expression, ExpressionKind, Parsed, Piece, closing_brace, inside, parse, parse_interpolation,
};
use crate::errors::Error;
use crate::syntax::cursor::Cursor;

/// Parses from the `!` on.
pub(super) fn expression(cursor: &mut Cursor, name: &Ident, span: Span) -> Parsed<Expression> {
    cursor.next();
    let Some(TokenTree::Group(group)) = cursor.next() else {
        return Err(cursor.error(format!("expected `(…)` after `{name}!`"), ""));
    };
    let mut inner = inside(cursor, &group);
    inner.depth += 1;
    let kind = match name.to_string().as_str() {
        "format" => ExpressionKind::Template(format(&mut inner)?),
        "json" => {
            // `json!{ … }` and `json![ … ]` are the content themselves.
            let value = if group.delimiter() == proc_macro2::Delimiter::Parenthesis {
                whole(&mut inner)?
            } else {
                let mut whole = Cursor::new(TokenTree::Group(group.clone()).into(), group.span());
                whole.depth = inner.depth;
                parse(&mut whole)?
            };
            ExpressionKind::Call("jsonencode".to_owned(), vec![value])
        }
        "expr" => {
            let text = whole(&mut inner)?;
            return match text.kind {
                ExpressionKind::String(source) => Ok(Expression {
                    kind: ExpressionKind::Source(source),
                    span: text.span,
                }),
                _ => Err(Error::new(
                    text.span,
                    "`expr!` takes Terraform's own text",
                    "write it in quotes: `expr!(\"…\")`; everything else needs no `expr!`",
                )),
            };
        }
        other => {
            return Err(Error::new(
                span,
                format!("there is no macro `{other}!` in a stack"),
                "write `format!(\"{}/x\", Events.arn)`, `json!({ \"key\" = value })` or `expr!(\"…\")`",
            ));
        }
    };
    Ok(Expression { kind, span })
}

/// An argument of `format!`, and whether it was used.
struct Argument {
    name: Option<String>,
    value: Expression,
    is_used: bool,
}

fn format(cursor: &mut Cursor) -> Parsed<Vec<Piece>> {
    let example = "write `format!(\"{Events.arn}/x\")` or `format!(\"{}/x\", Events.arn)`";
    let text = parse(cursor)?;
    let ExpressionKind::String(content) = &text.kind else {
        return Err(Error::new(
            text.span,
            "`format!` starts with a text",
            example,
        ));
    };
    if !cursor.is_empty() && cursor.take_symbol(",").is_none() {
        let found = cursor.found();
        return Err(cursor.error(format!("expected `,`, found {found}"), example));
    }
    let mut arguments = separated(cursor, argument)?;
    let pieces = pieces(content, text.span, &mut arguments)?;
    match arguments.iter().find(|argument| !argument.is_used) {
        Some(argument) => Err(Error::new(
            argument.value.span,
            "the text of `format!` has no `{}` for this value",
            "add a `{}`, or remove the value",
        )),
        None => Ok(pieces),
    }
}

fn argument(cursor: &mut Cursor) -> Parsed<Argument> {
    let is_named = matches!(cursor.peek_second(), Some(TokenTree::Punct(punct)) if punct.as_char() == '=')
        && matches!(cursor.peek(), Some(TokenTree::Ident(_)));
    let mut name = None;
    if is_named && !cursor.clone_ahead().peek_symbol("==") {
        name = cursor.take_ident().map(|name| name.to_string());
        cursor.next();
    }
    Ok(Argument {
        name,
        value: parse(cursor)?,
        is_used: false,
    })
}

fn pieces(text: &str, span: Span, arguments: &mut [Argument]) -> Parsed<Vec<Piece>> {
    let mut pieces = Vec::new();
    let mut literal = String::new();
    let mut next = 0;
    let mut rest = text;
    while let Some(place) = rest.find(['{', '}']) {
        literal.push_str(&rest[..place]);
        let brace = &rest[place..=place];
        rest = &rest[place + 1..];
        if let Some(behind) = rest.strip_prefix(brace) {
            literal.push_str(brace);
            rest = behind;
            continue;
        }
        let Some(end) = closing_brace(rest).filter(|_| brace == "{") else {
            return Err(Error::new(
                span,
                format!("a `{brace}` of `format!` stands alone"),
                "write `{{` or `}}` for the text `{` or `}`",
            ));
        };
        if !literal.is_empty() {
            pieces.push(Piece::Text(std::mem::take(&mut literal)));
        }
        let value = value(rest[..end].trim(), span, arguments, &mut next)?;
        pieces.push(Piece::Value(value));
        rest = &rest[end + 1..];
    }
    literal.push_str(rest);
    if !literal.is_empty() {
        pieces.push(Piece::Text(literal));
    }
    Ok(pieces)
}

/// What stands between `{` and `}`: nothing, the number or name of an argument, or an expression.
fn value(
    text: &str,
    span: Span,
    arguments: &mut [Argument],
    next: &mut usize,
) -> Parsed<Expression> {
    let place = if text.is_empty() {
        *next += 1;
        Some(*next - 1)
    } else if text.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(text.parse().unwrap_or(usize::MAX))
    } else {
        arguments
            .iter()
            .position(|argument| argument.name.as_deref() == Some(text))
    };
    if let Some(place) = place {
        let count = arguments.len();
        let Some(argument) = arguments.get_mut(place) else {
            return Err(Error::new(
                span,
                match count {
                    0 => format!("`format!` has no value for `{{{text}}}`: none follows the text"),
                    1 => format!("`format!` has no value for `{{{text}}}`: one follows the text"),
                    _ => {
                        format!("`format!` has no value for `{{{text}}}`: {count} follow the text")
                    }
                },
                "write the value behind the text, or between the braces: `{Events.arn}`",
            ));
        };
        argument.is_used = true;
        return Ok(argument.value.clone());
    }
    if has_specification(text) {
        return Err(Error::new(
            span,
            format!("`{{{text}}}` says how to print a value, which Terraform does in a function"),
            "write, for instance, `format(\"%05d\", value)`",
        ));
    }
    parse_interpolation(text, span)
}

/// Whether there is a `:` outside of brackets and quotes that is not part of a `::`.
fn has_specification(text: &str) -> bool {
    let mut depth = 0_usize;
    let mut is_quoted = false;
    let plain = text.replace("::", "  ");
    for c in plain.chars() {
        match c {
            '"' => is_quoted = !is_quoted,
            '(' | '[' | '{' if !is_quoted => depth += 1,
            ')' | ']' | '}' if !is_quoted => depth = depth.saturating_sub(1),
            ':' if !is_quoted && depth == 0 => return true,
            _ => {}
        }
    }
    false
}
