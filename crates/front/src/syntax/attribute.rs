//! The one grammar of every attribute: `flag`, `key = value`, `block(…)` and positional values.

use proc_macro2::{Delimiter, Ident, Span, TokenStream};

use super::cursor::Cursor;
use super::expression::{self, Expression, ExpressionKind};
use crate::errors::Errors;

/// One entry of an attribute.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) kind: EntryKind,
    pub(crate) span: Span,
}

/// The forms of an entry.
#[derive(Clone, Debug)]
pub(crate) enum EntryKind {
    /// `pitr`; also a positional name, such as `Events` in `trigger(Events)`.
    Flag(Ident),
    /// `timeout = "5m"`.
    Assign(Ident, Expression),
    /// `dlq(max_receives = 3)`.
    Block(Ident, Vec<Entry>),
    /// What could not be read, and was reported.
    Broken,
    /// A value without a key, such as `"/webhook"` or `Ingestion.errors >= 1`.
    Positional(Expression),
}

impl Entry {
    /// The key, where there is one.
    pub(crate) fn key(&self) -> Option<&Ident> {
        match &self.kind {
            EntryKind::Flag(key) | EntryKind::Assign(key, _) | EntryKind::Block(key, _) => {
                Some(key)
            }
            EntryKind::Positional(_) | EntryKind::Broken => None,
        }
    }
}

/// Parses the entries of an attribute. An entry that cannot be read is reported and left out; the
/// others are read all the same.
pub(crate) fn parse_entries(tokens: TokenStream, end: Span, errors: &mut Errors) -> Vec<Entry> {
    let mut cursor = Cursor::new(tokens, end);
    entries(&mut cursor, 0, errors)
}

const MAX_DEPTH: usize = 32;

fn entries(cursor: &mut Cursor, depth: usize, errors: &mut Errors) -> Vec<Entry> {
    let mut entries = Vec::new();
    while !cursor.is_empty() {
        if cursor.take_symbol(",").is_some() {
            continue;
        }
        match entry(cursor, depth, errors) {
            Ok(entry) => entries.push(entry),
            Err(error) => {
                entries.push(Entry {
                    kind: EntryKind::Broken,
                    span: error.span,
                });
                errors.push(error);
                cursor.skip_past_comma();
                continue;
            }
        }
        if !cursor.is_empty() && cursor.take_symbol(",").is_none() {
            let found = cursor.found();
            let is_text_key = cursor.peek_symbol("=")
                && matches!(entries.last().map(|entry| &entry.kind),
                    Some(EntryKind::Positional(value)) if matches!(value.kind, ExpressionKind::String(_)));
            errors.push(if is_text_key {
                entries.pop();
                cursor.error(
                    "a text cannot be a key here",
                    "write a map, whose keys are texts: `tags = { \"cost-center\" = \"42\" }`",
                )
            } else {
                cursor.error(
                    format!("expected `,` between two entries, found {found}"),
                    "entries are `flag`, `key = value` or `block(…)`, separated by commas",
                )
            });
            entries.push(Entry {
                kind: EntryKind::Broken,
                span: cursor.span(),
            });
            cursor.skip_past_comma();
        }
    }
    entries
}

fn entry(
    cursor: &mut Cursor,
    depth: usize,
    errors: &mut Errors,
) -> Result<Entry, crate::errors::Error> {
    let span = cursor.span();
    if depth > MAX_DEPTH {
        return Err(cursor.error("blocks are nested too deeply", ""));
    }
    if let Some(key) = keyed(cursor) {
        if cursor.take_symbol("=").is_some() {
            let value = expression::parse(cursor)?;
            return Ok(Entry {
                kind: EntryKind::Assign(key, value),
                span,
            });
        }
        if let Some(group) = cursor.take_group(Delimiter::Parenthesis) {
            let mut inner = Cursor::new(group.stream(), group.span_close());
            let inner = entries(&mut inner, depth + 1, errors);
            return Ok(Entry {
                kind: EntryKind::Block(key, inner),
                span,
            });
        }
        return Ok(Entry {
            kind: EntryKind::Flag(key),
            span,
        });
    }
    // `concat(values...)` reads like a block at first.
    let value = expression::parse(cursor)?;
    Ok(Entry {
        kind: EntryKind::Positional(expression::spread(cursor, value)),
        span,
    })
}

/// The key, when what follows is a keyed entry or a lone name rather than an expression.
fn keyed(cursor: &mut Cursor) -> Option<Ident> {
    use proc_macro2::TokenTree;
    let Some(TokenTree::Ident(key)) = cursor.peek() else {
        return None;
    };
    // A function of metric maths, `DIFF(…) > 0`, starts an expression; a block's key is lower case.
    let is_function = key
        .to_string()
        .chars()
        .all(|c| c.is_ascii_uppercase() || c == '_');
    let is_keyed = match cursor.peek_second() {
        None | Some(TokenTree::Literal(_)) => true,
        Some(TokenTree::Punct(punct)) => {
            punct.as_char() == ','
                || punct.as_char() == '='
                    && (punct.spacing() == proc_macro2::Spacing::Alone || !is_comparison(cursor))
        }
        Some(TokenTree::Group(group)) => {
            // `merge(…)["a"]` goes on as an expression does.
            let goes_on = match cursor.peek_third() {
                Some(TokenTree::Punct(punct)) => punct.as_char() != ',',
                Some(TokenTree::Group(group)) => group.delimiter() == Delimiter::Bracket,
                _ => false,
            };
            group.delimiter() == Delimiter::Parenthesis && !is_function && !goes_on
        }
        // Two names in a row are a missing comma; the first is read as a flag.
        Some(TokenTree::Ident(_)) => key != "if" && key != "for",
    };
    if is_keyed { cursor.take_ident() } else { None }
}

fn is_comparison(cursor: &mut Cursor) -> bool {
    let mut ahead = cursor.clone_ahead();
    ahead.peek_symbol("==") || ahead.take_symbol("=>").is_some()
}
