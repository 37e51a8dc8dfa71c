//! Values in Rust's spelling: literals, references, lists, maps, calls and operators.

use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use webhook_infra_core::value::BinaryOperator;

use super::cursor::Cursor;
use crate::errors::Error;

/// A value as it was written.
#[derive(Clone, Debug)]
pub(crate) struct Expression {
    pub(crate) kind: ExpressionKind,
    pub(crate) span: Span,
}

/// The forms of an [`Expression`].
#[derive(Clone, Debug)]
pub(crate) enum ExpressionKind {
    Bool(bool),
    Number(webhook_infra_core::Number),
    String(String),
    /// A name: `Events`, `var`, `TIMEOUT`.
    Name(Ident),
    /// `a::b::C`: a Rust constant.
    Path(TokenStream),
    /// `base.name`.
    Field(Box<Expression>, Ident),
    /// `base[index]`; no index is the splat `[*]`.
    Index(Box<Expression>, Option<Box<Expression>>),
    Call(String, Vec<Expression>),
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    Unary(char, Box<Expression>),
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `if condition { then } else { otherwise }`.
    Conditional(Box<[Expression; 3]>),
    /// `Type { … }` and the like never parse; this stands for tokens in a macro's invisible group.
    Group(Box<Expression>),
}

type Parsed<T> = Result<T, Error>;

const MAX_DEPTH: usize = 64;

/// Parses the expression at the cursor.
pub(super) fn parse(cursor: &mut Cursor) -> Parsed<Expression> {
    cursor.depth += 1;
    if cursor.depth > MAX_DEPTH {
        return Err(cursor.error("the expression is nested too deeply", ""));
    }
    let value = binary(cursor, 1);
    cursor.depth -= 1;
    value
}

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

fn binary(cursor: &mut Cursor, minimum: u8) -> Parsed<Expression> {
    let mut left = unary(cursor)?;
    while let Some(operator) = peek_operator(cursor, minimum) {
        cursor.take_symbol(operator.symbol());
        let right = binary(cursor, operator.precedence() + 1)?;
        let span = left.span;
        left = Expression {
            kind: ExpressionKind::Binary(operator, Box::new(left), Box::new(right)),
            span,
        };
    }
    Ok(left)
}

fn peek_operator(cursor: &Cursor, minimum: u8) -> Option<BinaryOperator> {
    BinaryOperator::ALL
        .into_iter()
        .find(|operator| cursor.peek_symbol(operator.symbol()))
        .filter(|operator| operator.precedence() >= minimum)
}

fn unary(cursor: &mut Cursor) -> Parsed<Expression> {
    let span = cursor.span();
    for sign in ['!', '-'] {
        if cursor.take_symbol(sign.encode_utf8(&mut [0; 4])).is_some() {
            cursor.depth += 1;
            if cursor.depth > MAX_DEPTH {
                return Err(cursor.error("the expression is nested too deeply", ""));
            }
            let operand = unary(cursor)?;
            cursor.depth -= 1;
            let kind = match (&operand.kind, sign) {
                (ExpressionKind::Number(number), '-') => negated(number).map_or(
                    ExpressionKind::Unary('-', Box::new(operand.clone())),
                    ExpressionKind::Number,
                ),
                _ => ExpressionKind::Unary(sign, Box::new(operand)),
            };
            return Ok(Expression { kind, span });
        }
    }
    postfix(cursor)
}

fn negated(number: &webhook_infra_core::Number) -> Option<webhook_infra_core::Number> {
    match number.as_i64() {
        Some(integer) => integer.checked_neg().map(Into::into),
        None => webhook_infra_core::Number::from_f64(-number.as_f64()?),
    }
}

fn postfix(cursor: &mut Cursor) -> Parsed<Expression> {
    let mut value = primary(cursor)?;
    loop {
        let span = value.span;
        if cursor.take_symbol(".").is_some() {
            match cursor.next() {
                Some(TokenTree::Ident(name)) => {
                    // One message has one span: of `Events.arm` the last name is the one to change.
                    let span = name.span();
                    value = Expression {
                        kind: ExpressionKind::Field(Box::new(value), name),
                        span,
                    };
                }
                Some(TokenTree::Literal(literal)) => {
                    let index = number(&literal)?;
                    value = Expression {
                        kind: ExpressionKind::Index(Box::new(value), Some(Box::new(index))),
                        span,
                    };
                }
                _ => {
                    return Err(Error::new(
                        span,
                        "a name has to follow the `.`",
                        "write an attribute, such as `Events.arn`",
                    ));
                }
            }
        } else if let Some(group) = cursor.take_group(Delimiter::Bracket) {
            let mut inner = Cursor::new(group.stream(), group.span_close());
            inner.depth = cursor.depth;
            let index = if inner.take_symbol("*").is_some() && inner.is_empty() {
                None
            } else {
                Some(Box::new(whole(&mut inner)?))
            };
            value = Expression {
                kind: ExpressionKind::Index(Box::new(value), index),
                span,
            };
        } else {
            return Ok(value);
        }
    }
}

/// The expression that fills the rest of the list.
fn whole(cursor: &mut Cursor) -> Parsed<Expression> {
    let value = parse(cursor)?;
    if cursor.is_empty() {
        Ok(value)
    } else {
        let found = cursor.found();
        Err(cursor.error(
            format!("unexpected {found} after a value"),
            "is a comma missing?",
        ))
    }
}

fn primary(cursor: &mut Cursor) -> Parsed<Expression> {
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
            let mut inner = Cursor::new(group.stream(), group.span_close());
            inner.depth = cursor.depth;
            match group.delimiter() {
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
        let mut inner = Cursor::new(group.stream(), group.span_close());
        inner.depth = cursor.depth;
        whole(&mut inner)
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

/// `Events`, `jsonencode(…)`, or a path to a Rust constant.
fn name_or_call(cursor: &mut Cursor) -> Parsed<Expression> {
    let span = cursor.span();
    let mut tokens = TokenStream::new();
    let mut last = None;
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
        last = last.or(Some(name));
        if !cursor.peek_symbol("::") {
            break;
        }
    }
    let Some(name) = last else {
        return Err(cursor.error("expected a name", ""));
    };
    let kind = if is_path {
        ExpressionKind::Path(tokens)
    } else if let Some(group) = cursor.take_group(Delimiter::Parenthesis) {
        let mut inner = Cursor::new(group.stream(), group.span_close());
        inner.depth = cursor.depth;
        ExpressionKind::Call(name.to_string(), separated(&mut inner, parse)?)
    } else {
        ExpressionKind::Name(name)
    };
    Ok(Expression { kind, span })
}

fn separated<T>(cursor: &mut Cursor, parse: impl Fn(&mut Cursor) -> Parsed<T>) -> Parsed<Vec<T>> {
    let mut items = Vec::new();
    while !cursor.is_empty() {
        items.push(parse(cursor)?);
        if !cursor.is_empty() && cursor.take_symbol(",").is_none() {
            let found = cursor.found();
            return Err(cursor.error(format!("expected `,`, found {found}"), ""));
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

fn literal_value(literal: &Literal) -> Parsed<Expression> {
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

fn number(literal: &Literal) -> Parsed<Expression> {
    let span = literal.span();
    let text = literal.to_string().replace('_', "");
    let value = match text.get(..2) {
        Some("0x") => i64::from_str_radix(&text[2..], 16).ok().map(Into::into),
        Some("0b") => i64::from_str_radix(&text[2..], 2).ok().map(Into::into),
        Some("0o") => i64::from_str_radix(&text[2..], 8).ok().map(Into::into),
        _ => text.parse().ok(),
    };
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
