//! The inside of a block: arguments, nested blocks, and what is neither.

use super::comment;
use super::expression::{assignments, indent, inline, quoted, render};
use crate::document::{Block, BlockKind};
use crate::json::{Position, position};
use crate::schema::{BlockSchema, Nesting, Schemas};
use crate::value::{Object, Value, ValueKind};

/// Writes bodies of one kind of block.
pub(super) struct Body<'s> {
    kind: BlockKind,
    schemas: &'s Schemas,
    schema: Option<BlockSchema<'static>>,
    /// The names on the way to this body.
    path: Vec<String>,
}

/// What an argument of a body becomes.
enum Form<'s> {
    Argument,
    /// A nested block, with the schema of what is in it.
    Blocks(Option<BlockSchema<'s>>),
    /// Blocks with labels: as many as given, each a level of the JSON.
    Labelled(usize),
    /// `dynamic "name" { … }`.
    Dynamic,
}

impl<'s> Body<'s> {
    pub(super) fn new(
        kind: BlockKind,
        schemas: &'s Schemas,
        schema: Option<BlockSchema<'static>>,
    ) -> Self {
        Self {
            kind,
            schemas,
            schema,
            path: Vec::new(),
        }
    }

    fn inside(&self, name: &str, schema: Option<BlockSchema<'static>>) -> Self {
        let mut path = self.path.clone();
        path.push(name.to_owned());
        Self {
            path,
            schema,
            ..*self
        }
    }

    /// Writes ` {`, the body and `}`.
    pub(super) fn write(&self, object: &Object, depth: usize, text: &mut String) {
        let mut first = Vec::new();
        let mut arguments = Vec::new();
        let mut blocks = Vec::new();
        let mut last = Vec::new();
        let mut entries = object.iter().collect::<Vec<_>>();
        entries
            .sort_by(|(a, _), (b, _)| rank(&a.name).cmp(&rank(&b.name)).then(a.name.cmp(&b.name)));
        for (key, value) in entries {
            let name = key.name.as_str();
            if name == "//" {
                continue;
            }
            match self.form(name, value) {
                Form::Argument => {
                    let line = (name.to_owned(), self.argument(name, value, depth + 1));
                    match name {
                        "provider" | "count" | "for_each" if self.path.is_empty() => {
                            first.push(line)
                        }
                        "depends_on" if self.path.is_empty() => last.push(line),
                        _ => arguments.push(line),
                    }
                }
                form => self.blocks(name, value, &form, depth + 1, &mut blocks),
            }
        }
        let lines = |entries: &[(String, String)]| {
            let mut text = String::new();
            assignments(entries, depth + 1, &mut text);
            text
        };
        let parts = [lines(&first), lines(&arguments)]
            .into_iter()
            .chain(blocks)
            .chain([lines(&last)])
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>();
        if parts.is_empty() {
            text.push_str(" {}\n");
            return;
        }
        text.push_str(" {\n");
        text.push_str(&parts.join("\n"));
        text.push_str(&indent(depth));
        text.push_str("}\n");
    }

    fn form(&self, name: &str, value: &Value) -> Form<'static> {
        let path = self.path.iter().map(String::as_str).collect::<Vec<_>>();
        let is_resource = matches!(
            self.kind,
            BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral
        );
        match (self.kind, path.as_slice(), name) {
            (BlockKind::Terraform, [], "backend" | "provider_meta") => Form::Labelled(1),
            (BlockKind::Terraform, [], "required_providers" | "cloud")
            | (BlockKind::Terraform, ["cloud"], "workspaces")
            | (BlockKind::Variable, [], "validation")
            | (BlockKind::Output, [], "precondition")
            | (BlockKind::Check, [], "assert")
            | (BlockKind::Removed, [], "lifecycle" | "connection") => Form::Blocks(None),
            (BlockKind::Check, [], "data") => Form::Labelled(2),
            (BlockKind::Removed, [], "provisioner") => Form::Labelled(1),
            _ if is_resource && path.is_empty() => match name {
                "lifecycle" | "connection" => Form::Blocks(None),
                "provisioner" => Form::Labelled(1),
                "dynamic" => Form::Dynamic,
                _ => self.of_schema(name, value),
            },
            _ if is_resource && path.first() == Some(&"lifecycle") => match name {
                "precondition" | "postcondition" => Form::Blocks(None),
                _ => Form::Argument,
            },
            _ if path.first() == Some(&"provisioner") => match name {
                "connection" => Form::Blocks(None),
                _ => Form::Argument,
            },
            (BlockKind::Provider, ..) => self.of_schema(name, value),
            _ if name == "dynamic" && self.schema.is_some() => Form::Dynamic,
            _ if is_resource || self.kind == BlockKind::Check => self.of_schema(name, value),
            _ => Form::Argument,
        }
    }

    fn of_schema(&self, name: &str, value: &Value) -> Form<'static> {
        let Some(schema) = self.schema else {
            // Only a guess, where nothing is known of the provider.
            let is_like_blocks = self.kind != BlockKind::Check
                && value.as_list().is_some_and(|items| {
                    !items.is_empty()
                        && items
                            .iter()
                            .all(|item| matches!(item.kind, ValueKind::Object(_)))
                });
            return if is_like_blocks {
                Form::Blocks(None)
            } else {
                Form::Argument
            };
        };
        match schema.block(name) {
            Some(nested) if nested.nesting == Nesting::Map => Form::Labelled(1),
            Some(nested) => Form::Blocks(Some(nested.block)),
            None => Form::Argument,
        }
    }

    fn argument(&self, name: &str, value: &Value, depth: usize) -> String {
        let path = self
            .path
            .iter()
            .map(String::as_str)
            .chain([name])
            .collect::<Vec<_>>();
        match (position(self.kind, &path), &value.kind) {
            (Position::Address, _) => bare(value, depth),
            // A type is no text in HCL.
            (Position::Literal, ValueKind::String(text))
                if self.kind == BlockKind::Variable && name == "type" =>
            {
                type_constraint(text)
            }
            // The name that a `dynamic` block binds.
            (_, ValueKind::String(text)) if name == "iterator" && path.contains(&"dynamic") => {
                text.clone()
            }
            _ => render(value, depth),
        }
    }

    fn blocks(
        &self,
        name: &str,
        value: &Value,
        form: &Form<'static>,
        depth: usize,
        blocks: &mut Vec<String>,
    ) {
        match form {
            Form::Argument => {}
            Form::Blocks(schema) => {
                for object in value.objects() {
                    let mut text = String::new();
                    comment(object.get("//"), depth, &mut text);
                    text.push_str(&format!("{}{name}", indent(depth)));
                    self.inside(name, *schema).write(object, depth, &mut text);
                    blocks.push(text);
                }
            }
            Form::Labelled(levels) => {
                self.labelled(name, value, *levels, &mut Vec::new(), depth, blocks);
            }
            Form::Dynamic => {
                for group in value.objects() {
                    for (key, value) in group.iter() {
                        for object in value.objects() {
                            blocks.push(self.dynamic(&key.name, object, depth));
                        }
                    }
                }
            }
        }
    }

    fn labelled(
        &self,
        name: &str,
        value: &Value,
        levels: usize,
        labels: &mut Vec<String>,
        depth: usize,
        blocks: &mut Vec<String>,
    ) {
        for object in value.objects() {
            if levels > 0 {
                for (key, value) in object.iter() {
                    labels.push(key.name.clone());
                    self.labelled(name, value, levels - 1, labels, depth, blocks);
                    labels.pop();
                }
                continue;
            }
            let mut text = String::new();
            comment(object.get("//"), depth, &mut text);
            text.push_str(&format!("{}{name}", indent(depth)));
            for label in labels.iter() {
                text.push(' ');
                text.push_str(&quoted(label));
            }
            let schema = match labels.as_slice() {
                [type_name, data] if self.kind == BlockKind::Check => {
                    self.schemas.block(&Block::data(type_name, data))
                }
                [_] => self
                    .schema
                    .and_then(|schema| schema.block(name))
                    .map(|nested| nested.block),
                _ => None,
            };
            self.inside(name, schema).write(object, depth, &mut text);
            blocks.push(text);
        }
    }

    /// `dynamic "name" { for_each = … content { … } }`.
    fn dynamic(&self, name: &str, object: &Object, depth: usize) -> String {
        let mut text = format!("{}dynamic {} {{\n", indent(depth), quoted(name));
        let body = self.inside("dynamic", None);
        let entries = object
            .iter()
            .filter(|(key, _)| key.name != "content" && key.name != "//")
            .map(|(key, value)| (key.name.clone(), body.argument(&key.name, value, depth + 1)))
            .collect::<Vec<_>>();
        assignments(&entries, depth + 1, &mut text);
        let schema = self
            .schema
            .and_then(|schema| schema.block(name))
            .map(|nested| nested.block);
        for content in object.get("content").into_iter().flat_map(Value::objects) {
            text.push_str(&format!("\n{}content", indent(depth + 1)));
            self.inside("dynamic", schema)
                .write(content, depth + 1, &mut text);
        }
        text.push_str(&format!("{}}}\n", indent(depth)));
        text
    }
}

/// A type in the spelling of the formatter.
fn type_constraint(text: &str) -> String {
    crate::expression::parse(text).map_or_else(|_| text.to_owned(), |type_| inline(&type_))
}

/// Bare names, where Terraform wants no expressions.
fn bare(value: &Value, depth: usize) -> String {
    match &value.kind {
        ValueKind::String(text) => text.clone(),
        ValueKind::List(items) => {
            let items = items
                .iter()
                .map(|item| bare(item, depth))
                .collect::<Vec<_>>();
            format!("[{}]", items.join(", "))
        }
        ValueKind::Object(object) => {
            let entries = object
                .iter()
                .map(|(key, value)| (key.name.clone(), bare(value, depth + 1)))
                .collect::<Vec<_>>();
            let mut text = "{\n".to_owned();
            assignments(&entries, depth + 1, &mut text);
            text.push_str(&format!("{}}}", indent(depth)));
            text
        }
        _ => render(value, depth),
    }
}

/// `lifecycle` is the last of the blocks.
fn rank(name: &str) -> u8 {
    u8::from(name == "lifecycle")
}
