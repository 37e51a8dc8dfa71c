//! What a stack was before: rules that compare a document with the one in its place, so that no rename and no
//! edit destroys data without a word.
//!
//! They are rules like those of [`rules`](crate::rules), but for the second document that they need. The
//! macro has none; `build()` has the file that it is about to replace.

mod instances;
mod moves;
mod pairing;
mod replacing;
mod stateful;
mod stateful_removed;
mod stateful_replaced;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, Document};
use crate::graph::{Graph, Resource};
use crate::rules::{Findings, Rule};

pub use stateful::{STATEFUL, Stateful, find};

use instances::Instances;
use moves::{Instance, Moves};

/// The arguments of stateful types whose change replaces the resource: type and argument.
pub fn replacing_arguments() -> impl Iterator<Item = (&'static str, &'static str)> {
    replacing::REPLACING
        .iter()
        .map(|replacing| (replacing.type_name, replacing.argument))
}

/// The rules, by name.
pub static RULES: &[&Rule] = &[&stateful_removed::RULE, &stateful_replaced::RULE];

/// What would become of the stateful resources of `previous`.
pub(crate) fn check<Q>(previous: &Document<Q>, graph: &Graph<'_>) -> Vec<Diagnostic> {
    let change = Change::new(&previous.blocks, graph);
    let mut findings = Findings::new(&stateful_removed::RULE);
    stateful_removed::check(&change, &mut findings);
    let mut replaced = Findings::new(&stateful_replaced::RULE);
    stateful_replaced::check(&change, &mut replaced);
    let mut found = findings.into_diagnostics();
    found.extend(replaced.into_diagnostics());
    found
}

/// Two documents, side by side.
struct Change<'c> {
    /// The stateful resources of before.
    before: Vec<&'c Block>,
    graph: &'c Graph<'c>,
    moves: Moves,
    /// The resources of now, by type and name.
    now: HashMap<(&'c str, &'c str), usize>,
    modules: HashSet<&'c str>,
    /// The stateful resources of before, by type and name.
    known: HashSet<(&'c str, &'c str)>,
}

impl<'c> Change<'c> {
    fn new(before: &'c [Block], graph: &'c Graph<'c>) -> Self {
        let before = before
            .iter()
            .filter(|block| is_stateful(block))
            .collect::<Vec<_>>();
        let resources = graph.blocks.iter().enumerate();
        Self {
            known: before.iter().filter_map(|block| labels(block)).collect(),
            before,
            moves: Moves::of(graph.blocks),
            now: resources
                .filter(|(_, block)| block.kind == BlockKind::Resource)
                .filter_map(|(index, block)| Some((labels(block)?, index)))
                .collect(),
            modules: graph
                .blocks
                .iter()
                .filter(|block| block.kind == BlockKind::Module)
                .filter_map(|block| block.labels.first().map(String::as_str))
                .collect(),
            graph,
        }
    }

    /// What stands at an address now.
    fn resource(&self, base: &str) -> Option<Resource<'c>> {
        let index = self.now.get(&base.split_once('.')?)?;
        Some(self.graph.at(*index))
    }

    /// The stateful resources of now that were not there before and that nothing moves to.
    fn fresh(&self) -> Vec<Resource<'c>> {
        let graph = self.graph;
        graph
            .all_resources()
            .filter(|resource| is_stateful(resource.block))
            .filter(|resource| labels(resource.block).is_some_and(|it| !self.known.contains(&it)))
            .filter(|resource| !self.moves.lead_to(&base(resource.block)))
            .collect()
    }

    /// Whether there is, or may be, something at the address of an instance.
    fn may_exist(&self, instance: &Instance) -> bool {
        if let Some(path) = instance.base.strip_prefix("module.") {
            let end = path.find(['.', '[']).unwrap_or(path.len());
            return self.modules.contains(&path[..end]);
        }
        self.resource(&instance.base)
            .is_some_and(|it| Instances::of(it.block).may_have(instance.key.as_deref()))
    }

    /// The moves of what was not there before to what is there now for the first time, with that.
    fn idle_moves(&self) -> Vec<((Resource<'c>, String), Resource<'c>)> {
        let is_known = |base: &str| {
            base.split_once('.')
                .is_some_and(|labels| self.known.contains(&labels))
        };
        let moved = self
            .graph
            .all()
            .filter(|block| block.block.kind == BlockKind::Moved);
        moved
            .filter_map(|block| {
                let from = Moves::from_of(block.block)?;
                let end = self.moves.follow(&from);
                let now = self.resource(&end.base)?;
                let is_idle = !is_known(&from.base) && !is_known(&end.base);
                is_idle.then_some(((block, from.base), now))
            })
            .collect()
    }

    /// The instances of a resource of before that have no place now and were not let go.
    fn gone(&self, block: &Block) -> Vec<Instance> {
        let base = base(block);
        let instances = Instances::of(block);
        let Some(keys) = instances.keys() else {
            // Which instances there were is not known. That there is no place for any of them is.
            let whole = Instance::new(base.as_str(), None);
            let has_a_place = self.moves.lead_from(&base) || self.resource(&base).is_some();
            return if !has_a_place && !self.moves.lets_go(&whole) {
                vec![Instance::new(base, None)]
            } else {
                Vec::new()
            };
        };
        keys.into_iter()
            .map(|key| Instance::new(base.as_str(), key))
            .filter(|instance| {
                let end = self.moves.follow(instance);
                !self.may_exist(&end) && !self.moves.lets_go(&end) && !self.moves.lets_go(instance)
            })
            .collect()
    }
}

fn is_stateful(block: &Block) -> bool {
    block.kind == BlockKind::Resource
        && block
            .labels
            .first()
            .is_some_and(|name| find(name).is_some())
}

fn labels(block: &Block) -> Option<(&str, &str)> {
    match block.labels.as_slice() {
        [type_name, name] => Some((type_name, name)),
        _ => None,
    }
}

/// The address without the key of an instance.
fn base(block: &Block) -> String {
    block.labels.join(".")
}

#[cfg(test)]
mod tests;
