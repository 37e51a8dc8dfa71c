//! `count` and `for_each` on a construct: all of its blocks are repeated alike, and each instance of a
//! block refers to the instances of the others that belong to it.

use std::collections::HashSet;

use webhook_infra_core::{BlockKind, Reference, Step, Target, Value, ValueKind};

use crate::context::{Context, Declaration};
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

/// What tells the instances of a declaration apart.
#[derive(Clone, Debug)]
pub(crate) struct Instances {
    /// `count` or `for_each`.
    argument: &'static str,
    /// Whether there can be more than one, so that names have to differ.
    pub(crate) are_many: bool,
}

impl Instances {
    /// Reads what the entries of an attribute say.
    pub(crate) fn of(entries: &[Entry]) -> Option<Self> {
        entries.iter().find_map(|entry| match &entry.kind {
            EntryKind::Assign(key, _) if key == "for_each" => Some(Self {
                argument: "for_each",
                are_many: true,
            }),
            EntryKind::Assign(key, value) if key == "count" => Some(Self {
                argument: "count",
                are_many: !is_switch(value),
            }),
            _ => None,
        })
    }

    /// `each.key`, or `count.index`.
    pub(crate) fn key(&self) -> Value {
        match self.argument {
            "count" => Reference::scoped("count", "index").into(),
            _ => Reference::scoped("each", "key").into(),
        }
    }
}

/// Whether a count is nothing but a decision between none and one: `if var.enabled { 1 } else { 0 }`.
fn is_switch(count: &Expression) -> bool {
    match &count.kind {
        ExpressionKind::Number(number) => number.as_u64().is_some_and(|number| number <= 1),
        ExpressionKind::Conditional(branches) => branches[1..].iter().all(is_switch),
        ExpressionKind::Group(inner) => is_switch(inner),
        _ => false,
    }
}

/// Repeats all blocks that a construct has made from `first` on as its main block is repeated.
pub(super) fn repeat(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    instances: &Instances,
    first: usize,
) {
    let owner = context.owner;
    let blocks = &mut context.document.blocks[first..];
    let main = declaration.target();
    let Some((key, value)) = blocks
        .iter()
        .find(|block| block.target().as_ref() == Some(&main))
        .and_then(|block| block.body.entry(instances.argument))
        .cloned()
    else {
        return;
    };
    let is_own = |block: &&mut webhook_infra_core::Block| {
        block.owner == owner && matches!(block.kind, BlockKind::Resource | BlockKind::Data)
    };
    let own = blocks
        .iter_mut()
        .filter(is_own)
        .filter_map(|block| block.target())
        .collect::<HashSet<Target>>();
    for block in blocks.iter_mut().filter(is_own) {
        for (_, value) in block.body.iter_mut() {
            value.walk_mut(&mut |inner| {
                if let ValueKind::Reference(reference) = &mut inner.kind {
                    let is_indexed = matches!(
                        reference.path.first(),
                        None | Some(Step::Index(_) | Step::Splat | Step::AttributeSplat)
                    );
                    if own.contains(&reference.target) && !is_indexed {
                        reference.path.insert(0, Step::Index(instances.key()));
                    }
                }
            });
        }
        block.body.set_default(key.clone(), value.clone());
    }
}
