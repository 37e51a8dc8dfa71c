//! Values in Rust's spelling: literals, references, lists, maps, calls and operators.

mod clause;
mod interpolation;
mod literal;
mod macros;
mod primary;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use webhook_infra_core::value::BinaryOperator;

use super::cursor::Cursor;
use crate::errors::Error;
use literal::number;
use primary::{primary, whole};

pub(crate) use interpolation::{closing_brace, parse_interpolation};
pub(super) use primary::spread;

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
    /// `name(argument, …)`; the last argument may be a [`ExpressionKind::Spread`].
    Call(String, Vec<Expression>),
    /// `values...`: the last argument of a call, expanded.
    Spread(Box<Expression>),
    List(Vec<Expression>),
    Map(Vec<(Expression, Expression)>),
    Unary(char, Box<Expression>),
    Binary(BinaryOperator, Box<Expression>, Box<Expression>),
    /// `if condition { then } else { otherwise }`.
    Conditional(Box<[Expression; 3]>),
    /// `[for …]` and `{ for … }`.
    For(Box<Clause>),
    /// `format!("…")`.
    Template(Vec<Piece>),
    /// `expr!("…")`: Terraform's own text.
    Source(String),
    /// `Type { … }` and the like never parse; this stands for tokens in a macro's invisible group.
    Group(Box<Expression>),
}

/// `for key, item in collection : result if condition`, in a list or a map.
#[derive(Clone, Debug)]
pub(crate) struct Clause {
    pub(crate) key: Option<Ident>,
    pub(crate) item: Ident,
    pub(crate) collection: Expression,
    /// The key of each entry, in a map.
    pub(crate) result_key: Option<Expression>,
    pub(crate) result: Expression,
    /// Whether values of one key are grouped (`...`).
    pub(crate) is_grouped: bool,
    pub(crate) condition: Option<Expression>,
}

/// A piece of `format!`.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    Text(String),
    Value(Expression),
}

type Parsed<T> = Result<T, Error>;

const MAX_DEPTH: usize = 64;

/// Longer chains of operators or attributes than any person writes; they make deep trees, too.
const MAX_CHAIN: usize = 512;

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

/// A cursor over the tokens of a group, as deep as the one around it.
fn inside(cursor: &Cursor, group: &Group) -> Cursor {
    let mut inner = Cursor::new(group.stream(), group.span_close());
    inner.depth = cursor.depth;
    inner
}

fn binary(cursor: &mut Cursor, minimum: u8) -> Parsed<Expression> {
    let mut left = unary(cursor)?;
    let mut length = 0;
    while let Some(operator) = peek_operator(cursor, minimum) {
        length += 1;
        if length > MAX_CHAIN {
            return Err(cursor.error("the expression is too long", ""));
        }
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
    for _ in 0..MAX_CHAIN {
        let span = value.span;
        // `values...` ends the argument of a call.
        if cursor.peek_symbol("...") {
            return Ok(value);
        }
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
                Some(TokenTree::Punct(punct)) if punct.as_char() == '*' => {
                    return Err(Error::new(
                        punct.span(),
                        "`.*` is the old way to take all of a list",
                        "write `[*]`: `Things[*].arn`",
                    ));
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
            let mut inner = inside(cursor, &group);
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
    Err(cursor.error("the expression is too long", ""))
}
