//! `content_hash(…)`: a hash of the definition of other blocks.
//!
//! API Gateway deploys a snapshot, so a deployment has to be replaced whenever a method or integration
//! changes. Hashing the definitions once they are complete gives a trigger that changes when, and only
//! when, they do; hashing Terraform's view of the resources shows a difference after the first apply
//! (Terraform documentation of `aws_api_gateway_deployment`).

use crate::document::{Block, Document};
use crate::json::{self, Piece};
use crate::value::{Object, Target, Value, ValueKind};

/// The name of the function in a graph that is not finished.
pub(crate) const FUNCTION: &str = "content_hash";

impl<P> Document<P> {
    /// Replaces every `content_hash(…)` by the hash of the blocks it names.
    pub fn resolve_content_hashes(&mut self) {
        let resolved = self
            .blocks
            .iter()
            .enumerate()
            .filter(|(_, block)| mentions_hash(&block.body))
            .map(|(place, block)| (place, replaced(&block.body, &self.blocks)))
            .collect::<Vec<_>>();
        for (place, body) in resolved {
            self.blocks[place].body = body;
        }
    }
}

impl ValueKind {
    /// The hash of the definitions of `targets`, filled in when the document is finished.
    pub fn content_hash(targets: impl IntoIterator<Item = Target>) -> Self {
        Self::Call {
            function: FUNCTION.to_owned(),
            arguments: targets
                .into_iter()
                .map(|target| {
                    Self::Reference(crate::Reference {
                        target,
                        path: Vec::new(),
                    })
                    .into()
                })
                .collect(),
            spread: false,
        }
    }
}

fn mentions_hash(body: &Object) -> bool {
    let mut found = false;
    for (_, value) in body.iter() {
        value.walk(&mut |value| found |= hash_arguments(value).is_some());
    }
    found
}

fn hash_arguments(value: &Value) -> Option<&[Value]> {
    match &value.kind {
        ValueKind::Call {
            function,
            arguments,
            ..
        } if function == FUNCTION => Some(arguments),
        _ => None,
    }
}

fn replaced(body: &Object, blocks: &[Block]) -> Object {
    body.iter()
        .map(|(key, value)| (key.clone(), replaced_value(value, blocks)))
        .collect()
}

fn replaced_value(value: &Value, blocks: &[Block]) -> Value {
    if let Some(arguments) = hash_arguments(value) {
        return ValueKind::String(hash(arguments, blocks)).at(value.origin);
    }
    match &value.kind {
        ValueKind::Object(object) => ValueKind::Object(replaced(object, blocks)),
        ValueKind::List(items) => ValueKind::List(
            items
                .iter()
                .map(|item| replaced_value(item, blocks))
                .collect(),
        ),
        other => other.clone(),
    }
    .at(value.origin)
}

fn hash(arguments: &[Value], blocks: &[Block]) -> String {
    let targets = arguments
        .iter()
        .filter_map(|argument| Some(&argument.as_reference()?.target))
        .collect::<Vec<_>>();
    let mut chosen = blocks
        .iter()
        .filter(|block| {
            block
                .target()
                .is_some_and(|target| targets.contains(&&target))
        })
        .cloned()
        .map(|mut block| {
            block.owner = None;
            block
        })
        .collect::<Vec<_>>();
    chosen.sort_by(|a, b| a.labels.cmp(&b.labels));
    let mut hash = Fnv::new();
    for piece in json::pieces(&chosen, |_| (0, 0)) {
        if let Piece::Text(text) = piece {
            hash.update(text.as_bytes());
        }
    }
    format!("{:032x}", hash.0)
}

/// FNV-1a with 128 bits: it only has to differ when the definition does, and never to change between
/// versions of Rust, as the standard library's hashers may.
struct Fnv(u128);

impl Fnv {
    fn new() -> Self {
        Self(0x6c62_272e_07bb_0142_62b8_2175_6295_c58d)
    }

    fn update(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u128::from(*byte)).wrapping_mul(0x0100_0000_0000_0000_0000_013b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Address;

    fn document(path: &str) -> Document<String> {
        let mut document = Document::new();
        let mut part = Block::resource("aws_api_gateway_resource", "a");
        part.body.set("path_part", path);
        let mut deployment = Block::resource("aws_api_gateway_deployment", "d");
        let target = part.target().expect("a resource has a target");
        let trigger = ValueKind::content_hash([target]);
        deployment
            .body
            .set("triggers", Object::new().with("redeployment", trigger));
        document.blocks = vec![part, deployment];
        document.resolve_content_hashes();
        document
    }

    fn trigger(document: &Document<String>) -> String {
        let value = document.blocks[1].body.get("triggers").unwrap();
        value
            .get("redeployment")
            .unwrap()
            .as_str()
            .unwrap()
            .to_owned()
    }

    #[test]
    fn the_hash_changes_exactly_when_the_definition_does() {
        assert_eq!(trigger(&document("a")), trigger(&document("a")));
        assert_ne!(trigger(&document("a")), trigger(&document("b")));
        assert_eq!(trigger(&document("a")).len(), 32);
    }

    #[test]
    fn no_call_is_left_for_terraform() {
        let json = crate::json::render(&document("a"));
        assert!(!json.contains(FUNCTION), "{json}");
        assert_eq!(Address::new("x").as_str(), "x");
    }
}
