//! Where `moved` blocks lead from an address of before, and what `removed` blocks let go.

use crate::document::{Block, BlockKind};
use crate::expression;
use crate::value::{Value, ValueKind};

/// The address of one instance: of `aws_sqs_queue.work["a"]` the part before the brackets, and what is
/// between them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Instance {
    pub(super) base: String,
    pub(super) key: Option<String>,
}

impl Instance {
    pub(super) fn new(base: impl Into<String>, key: Option<String>) -> Self {
        Self {
            base: base.into(),
            key,
        }
    }

    fn parse(address: &str) -> Self {
        let address = address.trim();
        let Some(inner) = address.strip_suffix(']') else {
            return Self::new(address, None);
        };
        match last_bracket(address) {
            Some(place) => Self::new(
                &address[..place],
                Some(inner[place + 1..].trim().to_owned()),
            ),
            None => Self::new(address, None),
        }
    }

    /// The outermost module that it is in, or is, and the key of that: `module.m` and `"a"` of
    /// `module.m["a"].aws_sqs_queue.q`.
    pub(super) fn outermost(&self) -> (&str, Option<&str>) {
        let start = "module.".len().min(self.base.len());
        let Some(end) = self.base[start..].find(['.', '[']).map(|end| start + end) else {
            return (&self.base, self.key.as_deref());
        };
        let (module, rest) = self.base.split_at(end);
        (module, rest.strip_prefix('[').and_then(inner_key))
    }

    /// Without `count` and with `count = 1` it is the same instance, and Terraform knows that.
    fn has_key_of(&self, other: &Self) -> bool {
        let key = |instance: &Self| match instance.key.as_deref() {
            None | Some("0") => None,
            Some(key) => Some(key.to_owned()),
        };
        key(self) == key(other)
    }
}

impl std::fmt::Display for Instance {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.key {
            Some(key) => write!(f, "{}[{key}]", self.base),
            None => f.write_str(&self.base),
        }
    }
}

/// What is before the first `]` that is not in quotes.
fn inner_key(text: &str) -> Option<&str> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            ']' if !is_quoted => return Some(text[..place].trim()),
            _ => {}
        }
    }
    None
}

/// The place of the last `[` that is not in quotes.
fn last_bracket(address: &str) -> Option<usize> {
    let mut is_quoted = false;
    let mut is_escaped = false;
    let mut found = None;
    for (place, c) in address.char_indices() {
        match c {
            _ if is_escaped => is_escaped = false,
            '\\' if is_quoted => is_escaped = true,
            '"' => is_quoted = !is_quoted,
            '[' if !is_quoted => found = Some(place),
            _ => {}
        }
    }
    found
}

/// The `moved` and `removed` blocks of a document.
pub(super) struct Moves {
    moved: Vec<(Instance, Instance)>,
    removed: Vec<String>,
}

impl Moves {
    pub(super) fn of(blocks: &[Block]) -> Self {
        let mut moves = Self {
            moved: Vec::new(),
            removed: Vec::new(),
        };
        for block in blocks {
            let address = |name: &str| block.body.get(name).and_then(address);
            match block.kind {
                BlockKind::Moved => {
                    if let (Some(from), Some(to)) = (address("from"), address("to")) {
                        moves
                            .moved
                            .push((Instance::parse(&from), Instance::parse(&to)));
                    }
                }
                BlockKind::Removed => moves.removed.extend(address("from")),
                _ => {}
            }
        }
        moves
    }

    /// What a `moved` block moves.
    pub(super) fn from_of(block: &Block) -> Option<Instance> {
        let from = block.body.get("from").and_then(address)?;
        Some(Instance::parse(&from))
    }

    /// Where an instance is after all moves. A chain is followed to its end; one that goes in a circle,
    /// which Terraform refuses, ends where it began.
    pub(super) fn follow(&self, start: &Instance) -> Instance {
        let mut seen = vec![start.clone()];
        let mut current = start.clone();
        while let Some(next) = self.step(&current) {
            if seen.contains(&next) {
                return start.clone();
            }
            seen.push(next.clone());
            current = next;
        }
        current
    }

    fn step(&self, current: &Instance) -> Option<Instance> {
        self.moved.iter().find_map(|(from, to)| {
            if from.base == current.base {
                // To the key of an instance only an instance without one can move.
                let is_whole = from.key.is_none() && (to.key.is_none() || from.has_key_of(current));
                if is_whole {
                    let key = to.key.clone().or_else(|| current.key.clone());
                    return Some(Instance::new(to.base.as_str(), key));
                }
                return from.has_key_of(current).then(|| to.clone());
            }
            // A module moves with all that is in it.
            let from = from.to_string();
            let rest = current.base.strip_prefix(&from)?;
            let is_inside = from.starts_with("module.") && rest.starts_with(['.', '[']);
            is_inside.then(|| Instance::new(format!("{to}{rest}"), current.key.clone()))
        })
    }

    /// Whether a `removed` block says that what is at this address may go.
    pub(super) fn lets_go(&self, instance: &Instance) -> bool {
        self.removed.iter().any(|from| {
            let base = Instance::parse(from).base;
            instance.base == base
                || base.starts_with("module.")
                    && instance
                        .base
                        .strip_prefix(&base)
                        .is_some_and(|rest| rest.starts_with(['.', '[']))
        })
    }

    /// Whether the author has said of a part of this module where it goes.
    pub(super) fn concern_inside(&self, module: &str) -> bool {
        let is_inside = |address: &str| {
            address
                .strip_prefix(module)
                .is_some_and(|rest| rest.starts_with('.'))
        };
        self.moved.iter().any(|(from, _)| is_inside(&from.base))
            || self.removed.iter().any(|from| is_inside(from))
    }

    /// Whether an instance of this resource moves away by itself.
    pub(super) fn lead_from_instances(&self, base: &str) -> bool {
        self.moved
            .iter()
            .any(|(from, to)| from.base == base && (from.key.is_some() || to.key.is_some()))
    }

    /// The keys of the instances of this resource that move away by themselves.
    pub(super) fn keys_from(&self, base: &str) -> impl Iterator<Item = Option<String>> {
        self.moved
            .iter()
            .filter(move |(from, _)| from.base == base && from.key.is_some())
            .map(|(from, _)| from.key.clone())
    }

    /// Whether something moves to this resource, so that it is not new.
    pub(super) fn lead_to(&self, base: &str) -> bool {
        self.moved.iter().any(|(_, to)| to.base == base)
    }
}

/// The address that a value is, in whichever form it was read.
pub(super) fn address(value: &Value) -> Option<String> {
    match &value.kind {
        ValueKind::Address(address) => Some(address.as_str().to_owned()),
        ValueKind::String(text) => Some(text.clone()),
        ValueKind::Reference(_) => Some(expression::render(value)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    fn moves(pairs: &[(&str, &str)]) -> Moves {
        let moved = pairs
            .iter()
            .map(|(from, to)| serde_json::json!({"from": from, "to": to}))
            .collect::<Vec<_>>();
        let text = serde_json::json!({ "moved": moved }).to_string();
        Moves::of(&json::parse(&text).unwrap().blocks)
    }

    #[track_caller]
    fn leads(pairs: &[(&str, &str)], from: &str, to: &str) {
        let end = moves(pairs).follow(&Instance::parse(from));
        assert_eq!(end.to_string(), to);
    }

    #[test]
    fn chains_are_followed_and_circles_end() {
        leads(&[("a.x", "a.y"), ("a.y", "a.z")], "a.x", "a.z");
        leads(&[("a.y", "a.z"), ("a.x", "a.y")], "a.x", "a.z");
        leads(&[("a.x", "a.y"), ("a.y", "a.x")], "a.x", "a.x");
        leads(&[("a.x", "a.y")], "a.w", "a.w");
    }

    #[test]
    fn instances_and_modules_move() {
        leads(&[("a.x", "a.y")], "a.x[\"k\"]", "a.y[\"k\"]");
        leads(&[("a.x", "a.y[\"k\"]")], "a.x", "a.y[\"k\"]");
        leads(&[("a.x[0]", "a.y")], "a.x", "a.y");
        leads(&[("a.x[1]", "a.y")], "a.x", "a.x");
        leads(&[("a.x[\"]\"]", "a.y")], "a.x[\"]\"]", "a.y");
        leads(
            &[("a.x", "module.m.a.x"), ("module.m", "module.n[\"k\"]")],
            "a.x",
            "module.n[\"k\"].a.x",
        );
        leads(
            &[("module.m", "module.n")],
            "module.mm.a.x",
            "module.mm.a.x",
        );
    }
}
