//! Terraform JSON: written in one documented order, and read back into the graph.
//!
//! Order: the kinds of block as [`BlockKind::ALL`](crate::BlockKind::ALL) lists them; inside a kind by
//! label; inside a block `//`, `provider`, `count`, `for_each`, then every argument by name, then
//! `lifecycle` and `depends_on`. Lists keep their order, since it means something.
//!
//! Terraform reads a string in one of three ways, depending on where it stands; see [`Position`].

mod parse;
mod position;
mod render;
mod transport;

pub use crate::expression::ConstantPosition;
pub use parse::{ParseError, parse, parse_some};
pub use position::{Position, position};
#[cfg(feature = "hcl")]
pub(crate) use render::canonical_number;
pub use render::{render, render_value};
pub use transport::{Piece, pieces, read as read_transport};

#[cfg(test)]
mod tests;
