//! The way of a document from the macro to `build()`: one text, a line a block, with the values of Rust
//! constants left open for the compiler.
//!
//! A line is `owner line column kind label… body`, separated by tabs: the place of the declaration in
//! the source, and the block as compact JSON.

use super::parse;
use super::render::{JsonWriter, Layout};
use crate::document::{Block, BlockKind, OwnerId};
use crate::expression::{ConstantPosition, Writer};
use crate::value::{Object, Value};

/// A piece of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that is known now.
    Text(String),
    /// A constant that the compiler fills in.
    Constant(u32, ConstantPosition),
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Writer for Pieces {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    fn constant(&mut self, constant: u32, position: ConstantPosition) {
        self.0.push(Piece::Constant(constant, position));
    }
}

/// The text of the blocks. `place` gives the line and column of a block's declaration.
pub fn pieces(blocks: &[Block], place: impl Fn(&Block) -> (usize, usize)) -> Vec<Piece> {
    let mut writer = JsonWriter::new(Pieces::default(), Layout::Compact);
    for block in blocks {
        let owner = block.owner.map_or(-1, |owner| i64::from(owner.0));
        let (line, column) = place(block);
        let kind = block.kind.keyword();
        writer
            .out
            .text(&format!("{owner}\t{line}\t{column}\t{kind}\t"));
        for label in &block.labels {
            writer.out.text(label);
            writer.out.text("\t");
        }
        writer.body(block);
        writer.out.text("\n");
    }
    writer.out.0
}

/// Reads the text back, once the constants are in it. `origin` registers the place of each block.
///
/// # Errors
/// When the text is not what [`pieces`] wrote.
pub fn read(
    text: &str,
    mut origin: impl FnMut(usize, usize) -> crate::Origin,
) -> Result<Vec<Block>, String> {
    text.lines()
        .map(|line| read_block(line, &mut origin).map_err(|problem| format!("{problem}: {line}")))
        .collect()
}

fn read_block(
    line: &str,
    origin: &mut impl FnMut(usize, usize) -> crate::Origin,
) -> Result<Block, String> {
    let mut rest = line;
    let mut field = || {
        let (field, tail) = rest.split_once('\t').ok_or("a field is missing")?;
        rest = tail;
        Ok::<_, String>(field)
    };
    let owner = field()?.parse::<i64>().map_err(|error| error.to_string())?;
    let line = field()?.parse().unwrap_or_default();
    let column = field()?.parse().unwrap_or_default();
    let kind = BlockKind::from_keyword(field()?).ok_or("an unknown kind of block")?;
    let labels = (0..kind.label_count())
        .map(|_| field().map(str::to_owned))
        .collect::<Result<Vec<_>, _>>()?;
    let mut json =
        serde_json::from_str::<serde_json::Value>(rest).map_err(|error| error.to_string())?;
    // Whether objects keep the order of the text depends on who else is built with serde_json.
    json.sort_all_objects();
    let body = if kind == BlockKind::Locals {
        Object::new().with("value", value(json, kind))
    } else if let serde_json::Value::Object(entries) = json {
        parse::entries(entries, kind, &mut Vec::new())
    } else {
        return Err("a body that is no object".to_owned());
    };
    Ok(Block {
        kind,
        labels,
        body,
        origin: origin(line, column),
        owner: u32::try_from(owner).ok().map(OwnerId),
    })
}

fn value(json: serde_json::Value, kind: BlockKind) -> Value {
    parse::value(json, kind, &mut vec!["value".to_owned()])
}
