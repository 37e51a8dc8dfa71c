//! Several stacks as one document.

use webhook_infra_core::value::Object;
use webhook_infra_core::{Block, BlockKind, Document, Value, ValueKind, json};

use crate::build::{Failure, Place};
use crate::definition::Definition;

/// The stacks as one document. The first one's settings are those of the whole.
pub(crate) fn document(stacks: &[Definition]) -> Result<Document<Place>, Failure> {
    let mut document = Document::new();
    let mut mistakes = Vec::new();
    for (place, stack) in stacks.iter().enumerate() {
        // Two ways to one stack are one stack.
        let is_there = stacks[..place].iter().any(|other| {
            (other.module, other.file, other.line) == (stack.module, stack.file, stack.line)
        });
        if is_there {
            continue;
        }
        let before = document.blocks.len();
        stack.add_to(&mut document).map_err(Failure::Definition)?;
        if place > 0 {
            let added = document.blocks.split_off(before);
            let mut merge = Merge {
                blocks: &mut document.blocks,
                including: stacks[0].name,
                included: stack.name,
                mistakes: Vec::new(),
            };
            for block in added {
                merge.block(block);
            }
            mistakes.append(&mut merge.mistakes);
        }
    }
    if mistakes.is_empty() {
        Ok(document)
    } else {
        Err(Failure::Mistakes(mistakes))
    }
}

struct Merge<'d> {
    blocks: &'d mut Vec<Block>,
    including: &'static str,
    included: &'static str,
    mistakes: Vec<String>,
}

impl Merge<'_> {
    fn block(&mut self, block: Block) {
        let place = self.blocks.iter().position(|other| {
            other.kind == block.kind
                && other.labels == block.labels
                && other.body.get("alias") == block.body.get("alias")
        });
        let Some(place) = place else {
            return self.blocks.push(block);
        };
        match block.kind {
            BlockKind::Terraform => self.terraform(place, &block.body),
            BlockKind::Provider => self.provider(place, &block),
            // What both look up, or ask for, in the same words is one.
            BlockKind::Data | BlockKind::Variable if is_same(&self.blocks[place], &block) => {}
            // Otherwise it is declared twice, which the checks say.
            _ => self.blocks.push(block),
        }
    }

    fn terraform(&mut self, place: usize, theirs: &Object) {
        for (key, value) in theirs.iter() {
            let ours = self.blocks[place].body.get(&key.name).cloned();
            let merged = match (key.name.as_str(), ours) {
                ("//", _) => continue,
                (_, Some(ours)) if ours.kind == value.kind => continue,
                // Terraform takes several conditions on a version.
                ("required_version", ours) => both_versions(ours.as_ref(), value),
                ("required_providers", Some(ours)) => self.requirements(&ours, value),
                (name, ours) => {
                    self.differs(&format!("`{name}`"), ours.as_ref(), value);
                    continue;
                }
            };
            self.blocks[place].body.set(key.name.as_str(), merged);
        }
    }

    fn requirements(&mut self, ours: &Value, theirs: &Value) -> Value {
        let mut merged = ours.as_object().cloned().unwrap_or_default();
        for (name, theirs) in theirs.as_object().into_iter().flat_map(Object::iter) {
            let Some(ours) = merged.get(&name.name).cloned() else {
                merged.set(name.name.as_str(), theirs.clone());
                continue;
            };
            let (source, other) = (ours.get("source"), theirs.get("source"));
            if source.map(|value| &value.kind) != other.map(|value| &value.kind) {
                let what = format!("the source of provider `{}`", name.name);
                self.differs(&what, source, other.unwrap_or(&ValueKind::Null.into()));
                continue;
            }
            let mut both = ours.as_object().cloned().unwrap_or_default();
            if let Some(version) = theirs.get("version") {
                both.set("version", both_versions(ours.get("version"), version));
            }
            merged.set(name.name.as_str(), both);
        }
        merged.into()
    }

    /// What the included stack does not say is as the first one has it.
    fn provider(&mut self, place: usize, theirs: &Block) {
        let name = theirs.labels.first().cloned().unwrap_or_default();
        for (key, value) in theirs.body.iter() {
            let ours = self.blocks[place].body.get(&key.name).cloned();
            if key.name != "//" && ours.as_ref().map(|ours| &ours.kind) != Some(&value.kind) {
                let what = format!("`{}` of provider `{name}`", key.name);
                self.differs(&what, ours.as_ref(), value);
            }
        }
    }

    fn differs(&mut self, what: &str, ours: Option<&Value>, theirs: &Value) {
        let ours = ours.map_or("not there".to_owned(), json::render_value);
        self.mistakes.push(format!(
            "stack `{included}` cannot be included in stack `{including}`: {what} is {theirs} in `{included}` and {ours} in `{including}`\nwhy: one document has one of it, and resources of `{included}` would silently get that of `{including}`\nhelp: write the same in both, or leave it out in `{included}`; a stack with settings of its own gets a directory of its own and is read by `#[input]`",
            included = self.included,
            including = self.including,
            theirs = json::render_value(theirs),
        ));
    }
}

fn both_versions(ours: Option<&Value>, theirs: &Value) -> Value {
    match (ours.and_then(Value::as_str), theirs.as_str()) {
        (Some(ours), Some(theirs)) if ours != theirs => format!("{ours}, {theirs}").into(),
        _ => theirs.clone(),
    }
}

fn is_same(ours: &Block, theirs: &Block) -> bool {
    json::render_value(&ours.body.clone().into()) == json::render_value(&theirs.body.clone().into())
}
