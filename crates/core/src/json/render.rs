//! Document to Terraform JSON.

use std::collections::BTreeMap;

use super::position::{Position, position};
use crate::document::{Block, BlockKind, Document};
use crate::expression::{
    ConstantPosition, Writer, escape_template, write_expression, write_template,
};
use crate::value::{Key, Object, Value, ValueKind};

/// Renders the document as indented Terraform JSON that ends in a line break.
pub fn render<P>(document: &Document<P>) -> String {
    let mut writer = JsonWriter::new(String::new(), Layout::Indented);
    writer.document(&document.blocks);
    writer.out.push('\n');
    writer.out
}

/// A value as compact JSON, for an argument that takes expressions.
pub fn render_value(value: &Value) -> String {
    let mut writer = JsonWriter::new(String::new(), Layout::Compact);
    writer.value(value, BlockKind::Resource, &mut vec!["value"]);
    writer.out
}

/// How much white space is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Layout {
    Indented,
    Compact,
}

pub(super) struct JsonWriter<W> {
    pub(super) out: W,
    layout: Layout,
    depth: usize,
}

impl<W: Writer> JsonWriter<W> {
    pub(super) fn new(out: W, layout: Layout) -> Self {
        Self {
            out,
            layout,
            depth: 0,
        }
    }

    fn document(&mut self, blocks: &[Block]) {
        let mut kinds: BTreeMap<BlockKind, Vec<&Block>> = BTreeMap::new();
        for block in blocks {
            kinds.entry(block.kind).or_default().push(block);
        }
        self.braces('{', '}', kinds, |writer, (kind, blocks)| {
            writer.name(kind.keyword());
            writer.section(kind, blocks);
        });
    }

    fn section(&mut self, kind: BlockKind, mut blocks: Vec<&Block>) {
        match kind.label_count() {
            0 if kind.is_repeatable() => {
                self.braces('[', ']', &blocks, |writer, block| writer.body(block));
            }
            0 => {
                if let Some(block) = blocks.first() {
                    self.body(block);
                }
            }
            labels => {
                // Stable, so that providers of one name keep the order they were declared in.
                blocks.sort_by(|a, b| a.labels.cmp(&b.labels));
                self.labelled(&blocks, 0, labels);
            }
        }
    }

    /// Blocks sorted by labels, nested by their labels from `level` on.
    fn labelled(&mut self, blocks: &[&Block], level: usize, levels: usize) {
        let groups = blocks.chunk_by(|a, b| a.labels.get(level) == b.labels.get(level));
        self.braces('{', '}', groups, |writer, group| {
            writer.name(group[0].labels.get(level).map_or("", String::as_str));
            if level + 1 < levels {
                writer.labelled(group, level + 1, levels);
            } else if group[0].kind.is_repeatable() {
                writer.braces('[', ']', group, |writer, block| writer.body(block));
            } else {
                writer.body(group[0]);
            }
        });
    }

    pub(super) fn body(&mut self, block: &Block) {
        if block.kind == BlockKind::Locals {
            if let Some(value) = block.body.get("value") {
                self.value(value, block.kind, &mut vec!["value"]);
            }
            return;
        }
        self.object(&block.body, block.kind, &mut Vec::new());
    }

    fn object<'v>(&mut self, object: &'v Object, kind: BlockKind, path: &mut Vec<&'v str>) {
        let mut entries = object.iter().collect::<Vec<_>>();
        entries.sort_by_key(|(key, _)| (rank(&key.name, path.is_empty()), key.name.as_str()));
        // The names of a block's own arguments are no templates; the keys of a map are.
        let is_body = path.is_empty();
        self.braces('{', '}', entries, |writer, (key, value)| {
            path.push(&key.name);
            writer.name(&key_text(key, is_body, kind, path));
            writer.value(value, kind, path);
            path.pop();
        });
    }

    fn value<'v>(&mut self, value: &'v Value, kind: BlockKind, path: &mut Vec<&'v str>) {
        let position = position(kind, path);
        match (&value.kind, position) {
            (ValueKind::Null, _) => self.out.text("null"),
            (ValueKind::Bool(flag), _) => self.out.text(if *flag { "true" } else { "false" }),
            (ValueKind::Number(number), _) => self.out.text(&canonical_number(number)),
            (ValueKind::String(text), Position::Literal | Position::Address)
            | (
                ValueKind::Raw {
                    text,
                    template: true,
                },
                _,
            ) => self.string(text),
            (ValueKind::String(text), Position::Expression) => self.string(&escape_template(text)),
            (ValueKind::Address(address), _) => self.string(address.as_str()),
            (ValueKind::List(items), _) => {
                self.braces('[', ']', items, |writer, item| {
                    writer.value(item, kind, path);
                });
            }
            (ValueKind::Object(object), _) => self.object(object, kind, path),
            (ValueKind::Constant(constant), Position::Expression) => {
                self.out.constant(*constant, ConstantPosition::Json);
            }
            (ValueKind::Constant(constant), _) => {
                self.out.constant(*constant, ConstantPosition::Literal);
            }
            (ValueKind::Template(parts), _) => {
                self.quoted(|writer| write_template(parts, writer));
            }
            // A reference where an address is wanted is meant as one.
            (_, Position::Address) => self.quoted(|writer| write_expression(value, writer)),
            (_, Position::Expression | Position::Literal) => self.quoted(|writer| {
                writer.text("${");
                write_expression(value, writer);
                writer.text("}");
            }),
        }
    }

    fn quoted(&mut self, write: impl FnOnce(&mut dyn Writer)) {
        self.out.text("\"");
        write(&mut Escaping(&mut self.out));
        self.out.text("\"");
    }

    fn string(&mut self, text: &str) {
        self.quoted(|writer| writer.text(text));
    }

    fn name(&mut self, name: &str) {
        self.string(name);
        self.out.text(match self.layout {
            Layout::Indented => ": ",
            Layout::Compact => ":",
        });
    }

    fn braces<T>(
        &mut self,
        open: char,
        close: char,
        items: impl IntoIterator<Item = T>,
        mut write: impl FnMut(&mut Self, T),
    ) {
        self.out.text(open.encode_utf8(&mut [0; 4]));
        self.depth += 1;
        let mut is_empty = true;
        for item in items {
            if !is_empty {
                self.out.text(",");
            }
            is_empty = false;
            self.line_break();
            write(self, item);
        }
        self.depth -= 1;
        if !is_empty {
            self.line_break();
        }
        self.out.text(close.encode_utf8(&mut [0; 4]));
    }

    fn line_break(&mut self) {
        const SPACES: &str = "                                                                ";
        if self.layout == Layout::Indented {
            self.out.text("\n");
            self.out.text(&SPACES[..(self.depth * 2).min(SPACES.len())]);
        }
    }
}

fn key_text<'k>(
    key: &'k Key,
    is_body: bool,
    kind: BlockKind,
    path: &[&str],
) -> std::borrow::Cow<'k, str> {
    let is_plain = key.template
        || is_body
        || !key.name.contains('{')
        || position(kind, path) != Position::Expression;
    if is_plain {
        key.name.as_str().into()
    } else {
        escape_template(&key.name).into()
    }
}

/// Where an argument stands among its siblings: what governs the block comes first or last.
fn rank(name: &str, is_body: bool) -> u8 {
    match name {
        _ if !is_body => 4,
        "//" => 0,
        "provider" => 1,
        "count" => 2,
        "for_each" => 3,
        "lifecycle" => 5,
        "depends_on" => 6,
        _ => 4,
    }
}

/// Whole numbers are written without a fraction: `7.0` would hide an argument from scanners.
pub(crate) fn canonical_number(number: &serde_json::Number) -> String {
    match number.as_f64() {
        Some(float) if number.is_f64() && float.fract() == 0.0 && float.abs() < 1e15 => {
            format!("{float:.0}")
        }
        _ => number.to_string(),
    }
}

/// Escapes text for the inside of a JSON string.
struct Escaping<'w>(&'w mut dyn Writer);

impl Writer for Escaping<'_> {
    fn text(&mut self, text: &str) {
        if text
            .bytes()
            .all(|byte| byte >= 0x20 && byte != b'"' && byte != b'\\')
        {
            return self.0.text(text);
        }
        for c in text.chars() {
            match c {
                '"' => self.0.text("\\\""),
                '\\' => self.0.text("\\\\"),
                '\n' => self.0.text("\\n"),
                '\r' => self.0.text("\\r"),
                '\t' => self.0.text("\\t"),
                c if u32::from(c) < 0x20 => self.0.text(&format!("\\u{:04x}", u32::from(c))),
                c => self.0.text(c.encode_utf8(&mut [0; 4])),
            }
        }
    }

    fn constant(&mut self, constant: u32, position: ConstantPosition) {
        self.0.constant(constant, position);
    }
}
