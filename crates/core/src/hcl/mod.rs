//! Document to HCL, Terraform's own language: what somebody goes on with who leaves.
//!
//! The same blocks in the same order as in the JSON, as `terraform fmt` would write them. What the
//! provider's schema calls a nested block is written as one, everything else as an argument. Of a provider
//! without a schema here, lists of objects are taken for blocks.

mod body;
mod expression;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::document::{Block, BlockKind, Document};
use crate::value::{Value, ValueKind};

use body::Body;
use expression::quoted;

/// Renders the document as the text of a `main.tf`.
pub fn render<P>(document: &Document<P>) -> String {
    let mut kinds: BTreeMap<BlockKind, Vec<&Block>> = BTreeMap::new();
    for block in &document.blocks {
        kinds.entry(block.kind).or_default().push(block);
    }
    let mut parts = Vec::new();
    for (kind, mut blocks) in kinds {
        blocks.sort_by(|a, b| a.labels.cmp(&b.labels));
        if kind == BlockKind::Locals {
            parts.push(locals(&blocks));
            continue;
        }
        for block in blocks {
            let mut text = String::new();
            comment(block.body.get("//"), 0, &mut text);
            text.push_str(kind.keyword());
            for label in &block.labels {
                text.push(' ');
                text.push_str(&quoted(label));
            }
            let schema = document.schemas.block(block);
            let body = Body::new(kind, &document.schemas, schema);
            body.write(&block.body, 0, &mut text);
            parts.push(text);
        }
    }
    parts.join("\n")
}

fn locals(blocks: &[&Block]) -> String {
    let entries = blocks
        .iter()
        .filter_map(|block| Some((block.labels.first()?.clone(), block.body.get("value")?)))
        .map(|(name, value)| (name, expression::render(value, 1)))
        .collect::<Vec<_>>();
    let mut text = "locals {\n".to_owned();
    expression::assignments(&entries, 1, &mut text);
    text.push_str("}\n");
    text
}

/// The comment on a block.
fn comment(value: Option<&Value>, depth: usize, text: &mut String) {
    let Some(ValueKind::String(content)) = value.map(|value| &value.kind) else {
        return;
    };
    for line in content.lines() {
        let line = format!("# {line}");
        text.push_str(&expression::indent(depth));
        text.push_str(line.trim_end());
        text.push('\n');
    }
}
