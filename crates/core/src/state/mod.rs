//! What a stack was before: rules that compare a document with the one in its place, so that no rename and no
//! edit destroys data without a word.
//!
//! They are rules like those of [`rules`](crate::rules), but for the second document that they need. The
//! macro has none; `build()` has the file that it is about to replace.

mod instances;
mod literals;
mod modules;
mod moves;
mod pairing;
mod region;
mod replacing;
mod stateful;
mod stateful_removed;
mod stateful_replaced;

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind, Document};
use crate::graph::{Graph, Resource};
use crate::rules::{Findings, Rule};
use crate::value::Value;

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
    if previous.blocks.is_empty() {
        return Vec::new();
    }
    let defaults = literals::changed_defaults(&previous.blocks, graph.blocks);
    let old = defaults.iter().map(|(name, (old, _))| (*name, *old));
    let new = defaults.iter().map(|(name, (_, new))| (*name, *new));
    let before = literals::look_through(&previous.blocks, &old.collect());
    let now = literals::look_through(graph.blocks, &new.collect());
    let now = now.as_ref().map(|blocks| graph.over(blocks));
    let before = before.as_ref().unwrap_or(&previous.blocks);
    let change = Change::new(before, now.as_ref().unwrap_or(graph));
    let mut findings = Findings::new(&stateful_removed::RULE);
    stateful_removed::check(&change, &mut findings);
    modules::check(&change, &mut findings);
    let mut replaced = Findings::new(&stateful_replaced::RULE);
    stateful_replaced::check(&change, &mut replaced);
    let mut found = findings.into_diagnostics();
    found.extend(replaced.into_diagnostics());
    found
}

/// Two documents, side by side.
struct Change<'c> {
    /// All blocks of before.
    blocks_before: &'c [Block],
    /// The stateful resources of before, without what Terraform would only forget.
    before: Vec<&'c Block>,
    graph: &'c Graph<'c>,
    moves: Moves,
    /// The resources of now, by type and name.
    now: HashMap<(&'c str, &'c str), usize>,
    /// The modules of now, by name.
    modules: HashMap<&'c str, usize>,
    /// The stateful resources of before, by type and name.
    known: HashSet<(&'c str, &'c str)>,
}

impl<'c> Change<'c> {
    fn new(blocks_before: &'c [Block], graph: &'c Graph<'c>) -> Self {
        let before = blocks_before
            .iter()
            .filter(|block| is_stateful(block))
            .collect::<Vec<_>>();
        let resources = graph.blocks.iter().enumerate();
        Self {
            known: before.iter().filter_map(|block| labels(block)).collect(),
            before: before.into_iter().filter(|block| !is_kept(block)).collect(),
            blocks_before,
            moves: Moves::of(graph.blocks),
            now: resources
                .filter(|(_, block)| block.kind == BlockKind::Resource)
                .filter_map(|(index, block)| Some((labels(block)?, index)))
                .collect(),
            modules: graph
                .blocks
                .iter()
                .enumerate()
                .filter(|(_, block)| block.kind == BlockKind::Module)
                .filter_map(|(index, block)| Some((block.labels.first()?.as_str(), index)))
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

    /// The module that an address leads to, or into.
    fn module(&self, address: &str) -> Option<Resource<'c>> {
        let path = address.strip_prefix("module.")?;
        let end = path.find(['.', '[']).unwrap_or(path.len());
        let index = self.modules.get(&path[..end])?;
        Some(self.graph.at(*index))
    }

    /// The resource or module at an address now.
    fn at(&self, base: &str) -> Option<Resource<'c>> {
        self.resource(base).or_else(|| {
            let is_module = base
                .strip_prefix("module.")
                .is_some_and(|name| !name.contains(['.', '[']));
            self.module(base).filter(|_| is_module)
        })
    }

    /// What a resource of before is now, under its name or a new one.
    fn resource_after(&self, base: &str) -> Option<Resource<'c>> {
        let end = self.moves.follow(&Instance::new(base, None));
        self.resource(base).or_else(|| self.resource(&end.base))
    }

    /// What a module of before is now, under its name or a new one.
    fn module_after(&self, address: &str) -> Option<Resource<'c>> {
        let end = self.moves.follow(&Instance::new(address, None));
        self.module(address).or_else(|| self.module(&end.base))
    }

    /// Whether there is, or may be, something at the address of an instance.
    fn may_exist(&self, instance: &Instance) -> bool {
        if instance.base.starts_with("module.") {
            let (base, key) = instance.outermost();
            return self
                .module(base)
                .is_some_and(|it| Instances::of(it.block).may_have(key));
        }
        self.resource(&instance.base)
            .is_some_and(|it| Instances::of(it.block).may_have(instance.key.as_deref()))
    }

    /// The instances of a resource of before that have, or may have, a place now, and that place.
    fn journeys(&self, block: &Block) -> Vec<(Instance, Instance)> {
        let base = base(block);
        let known = Instances::of(block).keys();
        let is_known = known.is_some();
        let keys = known.unwrap_or_else(|| {
            std::iter::once(None)
                .chain(self.moves.keys_from(&base))
                .collect()
        });
        keys.into_iter()
            .map(|key| Instance::new(base.as_str(), key))
            .map(|instance| {
                let end = self.moves.follow(&instance);
                (instance, end)
            })
            .filter(|(_, end)| !is_known || self.may_exist(end))
            .collect()
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

    /// The instances of a resource or module of before that have no place now and were not let go.
    fn gone(&self, block: &Block) -> Vec<Instance> {
        let base = base(block);
        let instances = Instances::of(block);
        let Some(keys) = instances.keys() else {
            // Which instances there were is not known. Whether there is a place for any of them is.
            let whole = Instance::new(base.as_str(), None);
            let end = self.moves.follow(&whole);
            let has_a_place = self.moves.lead_from_instances(&base)
                || self.at(&end.base).map_or_else(
                    || end.base.starts_with("module.") && self.may_exist(&end),
                    |now| Instances::of(now.block).may_share(&instances),
                );
            let is_let_go = self.moves.lets_go(&whole) || self.moves.lets_go(&end);
            return if has_a_place || is_let_go {
                Vec::new()
            } else {
                vec![Instance::new(base, Some("…".to_owned()))]
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

/// Whether Terraform leaves it in AWS where it would destroy another. What was applied last decides.
fn is_kept(block: &Block) -> bool {
    block.body.get("skip_destroy").and_then(Value::as_bool) == Some(true)
}

fn labels(block: &Block) -> Option<(&str, &str)> {
    match block.labels.as_slice() {
        [type_name, name] => Some((type_name, name)),
        _ => None,
    }
}

/// The address without the key of an instance.
fn base(block: &Block) -> String {
    block.address().as_str().to_owned()
}

fn list(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first, last] => format!("{first} and {last}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

#[cfg(test)]
mod tests;
