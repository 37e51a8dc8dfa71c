//! Tokens to annotated items: what the author wrote, with the spans of every part.

mod attribute;
mod cursor;
mod expression;
mod item;

pub(crate) use attribute::{Entry, EntryKind, parse_entries};
pub(crate) use expression::{
    Clause, Expression, ExpressionKind, Piece, closing_brace, parse_interpolation,
};
pub(crate) use item::{
    Annotation, Item, Module, StructItem, parse_module, split_attributes, split_items,
};
