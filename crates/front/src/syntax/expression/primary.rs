//! What an expression is made of: literals, names, calls, lists, maps, conditions and groups.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::literal::literal_value;
use super::{Expression, ExpressionKind, Parsed, clause, inside, macros, parse, postfix};
use crate::errors::Error;
use crate::syntax::cursor::Cursor;

/// The expression that fills the rest of the list.
pub(super) fn whole(cursor: &mut Cursor) -> Parsed<Expression> {
    let value = parse(cursor)?;
    if cursor.is_empty() {
        Ok(value)
    } else {
        let found = cursor.found();
        let is_ternary = cursor.peek_symbol("?");
        Err(cursor.error(
            format!("unexpected {found} after a value"),
            if is_ternary {
                "a condition is written `if condition { value } else { value }`"
            } else {
                "is a comma missing?"
            },
        ))
    }
}

pub(super) fn primary(cursor: &mut Cursor) -> Parsed<Expression> {
    let span = cursor.span();
    let error = |cursor: &Cursor| {
        let found = cursor.found();
        cursor.error(
            format!("expected a value, found {found}"),
            "values are literals (`50`, `\"5m\"`, `true`), references (`Events.arn`), lists `[a, b]`, maps `{ \"key\" = value }` and constants",
        )
    };
    let kind = match cursor.peek() {
        Some(TokenTree::Literal(literal)) => {
            let literal = literal.clone();
            cursor.next();
            return literal_value(&literal);
        }
        Some(TokenTree::Group(group)) => {
            let group = group.clone();
            cursor.next();
            let mut inner = inside(cursor, &group);
            match group.delimiter() {
                Delimiter::Bracket | Delimiter::Brace if clause::starts(&inner) => {
                    clause::parse(&mut inner, group.delimiter() == Delimiter::Brace)?
                }
                Delimiter::Bracket => ExpressionKind::List(separated(&mut inner, parse)?),
                Delimiter::Brace => ExpressionKind::Map(separated(&mut inner, map_entry)?),
                Delimiter::Parenthesis | Delimiter::None => {
                    ExpressionKind::Group(Box::new(whole(&mut inner)?))
                }
            }
        }
        Some(TokenTree::Ident(name)) => match name.to_string().as_str() {
            "true" | "false" => {
                let flag = name == "true";
                cursor.next();
                ExpressionKind::Bool(flag)
            }
            "if" => {
                cursor.next();
                conditional(cursor)?
            }
            _ => return name_or_call(cursor),
        },
        Some(TokenTree::Punct(punct)) if punct.as_char() == ':' || punct.as_char() == '<' => {
            return name_or_call(cursor);
        }
        _ => return Err(error(cursor)),
    };
    Ok(Expression { kind, span })
}

fn conditional(cursor: &mut Cursor) -> Parsed<ExpressionKind> {
    let condition = parse(cursor)?;
    let branch = |cursor: &mut Cursor| {
        let Some(group) = cursor.take_group(Delimiter::Brace) else {
            return Err(cursor.error(
                "expected `{ value }`",
                "write `if condition { value } else { value }`",
            ));
        };
        whole(&mut inside(cursor, &group))
    };
    let then = branch(cursor)?;
    match cursor.take_ident() {
        Some(word) if word == "else" => {}
        _ => {
            return Err(cursor.error(
                "an `if` without `else` has no value",
                "write `if condition { value } else { value }`",
            ));
        }
    }
    let otherwise = if matches!(cursor.peek(), Some(TokenTree::Ident(word)) if word == "if") {
        parse(cursor)?
    } else {
        branch(cursor)?
    };
    Ok(ExpressionKind::Conditional(Box::new([
        condition, then, otherwise,
    ])))
}

/// `Events`, `jsonencode(…)`, `format!(…)`, or a path to a Rust constant.
fn name_or_call(cursor: &mut Cursor) -> Parsed<Expression> {
    let span = cursor.span();
    let mut tokens = TokenStream::new();
    let mut names = Vec::new();
    let mut is_path = false;
    loop {
        if cursor.peek_symbol("::") {
            is_path = true;
            for _ in 0..2 {
                tokens.extend(cursor.next());
            }
        }
        let Some(name) = cursor.take_ident() else {
            let found = cursor.found();
            return Err(cursor.error(format!("expected a name, found {found}"), ""));
        };
        tokens.extend([TokenTree::Ident(name.clone())]);
        names.push(name);
        if !cursor.peek_symbol("::") {
            break;
        }
    }
    let [first, ..] = names.as_slice() else {
        return Err(cursor.error("expected a name", ""));
    };
    // `a != b` is a comparison; `a!(…)` is a macro.
    if !is_path
        && cursor.peek_symbol("!")
        && matches!(cursor.peek_second(), Some(TokenTree::Group(_)))
    {
        return macros::expression(cursor, first, span);
    }
    let Some(group) = cursor.take_group(Delimiter::Parenthesis) else {
        let kind = if is_path {
            ExpressionKind::Path(tokens)
        } else {
            ExpressionKind::Name(first.clone())
        };
        return Ok(Expression { kind, span });
    };
    if is_path && first != "provider" && first != "core" {
        return Err(Error::new(
            span,
            "a Rust function cannot be called in a stack",
            "name a constant; functions of a provider are written `provider::aws::arn_parse(…)`",
        ));
    }
    let function = names
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("::");
    let arguments = separated(&mut inside(cursor, &group), argument)?;
    Ok(Expression {
        kind: ExpressionKind::Call(function, arguments),
        span,
    })
}

/// An argument of a call: `values...` is expanded.
fn argument(cursor: &mut Cursor) -> Parsed<Expression> {
    let value = parse(cursor)?;
    Ok(spread(cursor, value))
}

/// The value as it is, or with the `...` behind it.
pub(in crate::syntax) fn spread(cursor: &mut Cursor, value: Expression) -> Expression {
    match cursor.take_symbol("...") {
        Some(span) => Expression {
            kind: ExpressionKind::Spread(Box::new(value)),
            span,
        },
        None => value,
    }
}

pub(super) fn separated<T>(
    cursor: &mut Cursor,
    parse: impl Fn(&mut Cursor) -> Parsed<T>,
) -> Parsed<Vec<T>> {
    let mut items = Vec::new();
    while !cursor.is_empty() {
        items.push(parse(cursor)?);
        if !cursor.is_empty() && cursor.take_symbol(",").is_none() {
            let found = cursor.found();
            let help = if cursor.peek_symbol("?") {
                "a condition is written `if condition { value } else { value }`"
            } else {
                ""
            };
            return Err(cursor.error(format!("expected `,`, found {found}"), help));
        }
    }
    Ok(items)
}

fn map_entry(cursor: &mut Cursor) -> Parsed<(Expression, Expression)> {
    let key = postfix(cursor)?;
    if cursor.take_symbol("=").is_none() && cursor.take_symbol(":").is_none() {
        let found = cursor.found();
        return Err(cursor.error(
            format!("expected `=` after a map's key, found {found}"),
            "write `{ \"key\" = value }`",
        ));
    }
    Ok((key, parse(cursor)?))
}
