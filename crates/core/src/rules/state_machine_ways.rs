//! The ways through a workflow: which state leads where.

use std::collections::{BTreeMap, HashSet};

use super::state_machine_fields::fields;
use super::state_machines::{Flow, State, object, place};
use crate::document::Origin;
use crate::value::{Object, Value, ValueKind};

/// What there is to say about the ways through a workflow.
pub(super) struct Ways<'d> {
    /// The states that no way leads to.
    pub(super) unreached: Vec<State<'d>>,
    /// Whether a state ends the workflow.
    pub(super) has_end: bool,
}

/// The ways through a workflow; `None` when a part of them is not known yet.
pub(super) fn ways<'d>(flow: Flow<'d>, states: &[State<'d>]) -> Option<Ways<'d>> {
    let mut ways: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for state in states {
        fields(state.kind()?)?;
        let is_readable = ["Choices", "Catch"].into_iter().all(|field| {
            state.body.get(field).is_none_or(|value| {
                matches!(&value.kind, ValueKind::List(items) if items.iter().all(|item| object(item).is_some()))
            })
        });
        let next = targets(*state)
            .into_iter()
            .map(|(_, target, _)| target.as_str())
            .collect::<Option<Vec<_>>>()
            .filter(|_| is_readable)?;
        ways.insert(state.name, next);
    }
    let start = flow.body.get("StartAt").and_then(Value::as_str)?;
    let mut reached = HashSet::from([start]);
    let mut waiting = vec![start];
    while let Some(name) = waiting.pop() {
        for &next in ways.get(name).into_iter().flatten() {
            if reached.insert(next) {
                waiting.push(next);
            }
        }
    }
    let unreached = states
        .iter()
        .copied()
        .filter(|state| !reached.contains(state.name))
        .collect();
    let has_end = states.iter().any(|state| {
        let ends = state.body.get("End");
        matches!(state.kind(), Some("Succeed" | "Fail"))
            || ends.is_some_and(|end| end.as_bool() != Some(false))
    });
    Some(Ways { unreached, has_end })
}

/// The states that a state leads to: in which field, to which, and where that was written.
pub(super) fn targets<'d>(state: State<'d>) -> Vec<(&'static str, &'d Value, Origin)> {
    let mut targets = Vec::new();
    let mut add = |label, object: &'d Object, field: &str, fallback: Origin| {
        if let Some(entry) = object.entry(field) {
            targets.push((label, &entry.1, place(entry, fallback)));
        }
    };
    add("`Next`", state.body, "Next", state.origin);
    add("`Default`", state.body, "Default", state.origin);
    for choice in state.list("Choices") {
        add("a choice", choice, "Next", state.origin_of("Choices"));
    }
    for catcher in state.list("Catch") {
        add("`Catch`", catcher, "Next", state.origin_of("Catch"));
    }
    targets
}
