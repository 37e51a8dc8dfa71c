//! The definitions of state machines, as far as they can be read before `terraform apply`.

use super::policy::from_json;
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::value::{Key, Object, Value, ValueKind};

/// The type of a state machine.
pub(super) const STATE_MACHINE: &str = "aws_sfn_state_machine";

/// A state machine whose definition is known at least in its outline.
pub(super) struct Machine<'g> {
    /// The state machine.
    pub(super) resource: Resource<'g>,
    /// The whole definition.
    pub(super) definition: Object,
    /// Where it was written.
    pub(super) origin: Origin,
}

/// A workflow: that of the machine, or one inside a Map or Parallel state.
#[derive(Clone, Copy)]
pub(super) struct Flow<'d> {
    /// `StartAt`, `States` and what else there is.
    pub(super) body: &'d Object,
    /// Where it was written.
    pub(super) origin: Origin,
    /// The state around it.
    pub(super) around: Option<&'d str>,
    /// The query language of its states, when it is known.
    pub(super) language: Option<&'d str>,
}

/// A state.
#[derive(Clone, Copy)]
pub(super) struct State<'d> {
    /// Its name.
    pub(super) name: &'d str,
    /// Its fields.
    pub(super) body: &'d Object,
    /// Where its name was written.
    pub(super) origin: Origin,
}

/// The state machines whose definitions can be read.
pub(super) fn machines<'g>(graph: &'g Graph<'g>) -> impl Iterator<Item = Machine<'g>> {
    graph.resources(STATE_MACHINE).filter_map(|resource| {
        Some(Machine {
            resource,
            definition: definition(resource.get("definition")?)?,
            origin: resource.origin_of("definition"),
        })
    })
}

fn definition(value: &Value) -> Option<Object> {
    match &value.kind {
        ValueKind::String(text) => match from_json(serde_json::from_str(text).ok()?).kind {
            ValueKind::Object(object) => Some(object),
            _ => None,
        },
        ValueKind::Call {
            function,
            arguments,
            ..
        } if function == "jsonencode" => object(arguments.first()?).cloned(),
        _ => None,
    }
}

impl Machine<'_> {
    /// The workflow of the machine, and those inside its states.
    pub(super) fn flows(&self) -> Vec<Flow<'_>> {
        let whole = Flow {
            body: &self.definition,
            origin: self.origin,
            around: None,
            language: language(&self.definition, Some("JSONPath")),
        };
        let mut flows = vec![whole];
        let mut next = 0;
        while let Some(flow) = flows.get(next).copied() {
            next += 1;
            for state in flow.states() {
                flows.extend(state.flows(flow.language));
            }
        }
        flows
    }

    /// Every state, wherever it is.
    pub(super) fn states(&self) -> Vec<State<'_>> {
        self.flows().iter().flat_map(Flow::states).collect()
    }
}

/// What `QueryLanguage` says; `None` when it is not known yet.
fn language<'d>(body: &'d Object, default: Option<&'d str>) -> Option<&'d str> {
    match body.get("QueryLanguage") {
        None => default,
        Some(value) => value.as_str(),
    }
}

impl<'d> Flow<'d> {
    /// Its states, without those that are not known yet.
    pub(super) fn states(&self) -> Vec<State<'d>> {
        let states = self.body.get("States").and_then(object);
        states
            .into_iter()
            .flat_map(Object::iter)
            .filter_map(|(key, value)| {
                Some(State {
                    name: &key.name,
                    body: object(value)?,
                    origin: key.origin.or(value.origin).or(self.origin),
                })
            })
            .collect()
    }
}

impl<'d> State<'d> {
    /// The type, when it is known.
    pub(super) fn kind(&self) -> Option<&'d str> {
        self.body.get("Type")?.as_str()
    }

    /// Where a field was written, or else the state.
    pub(super) fn origin_of(&self, field: &str) -> Origin {
        match self.body.entry(field) {
            Some((key, value)) => value.origin.or(key.origin).or(self.origin),
            None => self.origin,
        }
    }

    /// The query language of this state.
    pub(super) fn language(&self, around: Option<&'d str>) -> Option<&'d str> {
        language(self.body, around)
    }

    /// The workflows inside it.
    pub(super) fn flows(&self, around: Option<&'d str>) -> Vec<Flow<'d>> {
        // A state that chooses a language of its own says nothing about those inside it.
        let language = if self.body.get("QueryLanguage").is_some() {
            None
        } else {
            around
        };
        let branches = match self.body.get("Branches").map(|value| &value.kind) {
            Some(ValueKind::List(branches)) => branches.as_slice(),
            _ => &[],
        };
        let processors = ["ItemProcessor", "Iterator"]
            .into_iter()
            .filter_map(|field| self.body.get(field));
        branches
            .iter()
            .chain(processors)
            .filter_map(|value| {
                Some(Flow {
                    body: object(value)?,
                    origin: value.origin.or(self.origin),
                    around: Some(self.name),
                    language,
                })
            })
            .collect()
    }

    /// The objects in the list `field`: the entries of `Choices`, `Retry` or `Catch`.
    pub(super) fn list(&self, field: &str) -> Vec<&'d Object> {
        match self.body.get(field).map(|value| &value.kind) {
            Some(ValueKind::List(items)) => items.iter().filter_map(object).collect(),
            _ => Vec::new(),
        }
    }
}

/// The entries of an object, and of nothing else.
pub(super) fn object(value: &Value) -> Option<&Object> {
    match &value.kind {
        ValueKind::Object(object) => Some(object),
        _ => None,
    }
}

/// Whether a value is an expression, whose result is not known yet.
pub(super) fn is_open(value: &Value) -> bool {
    !matches!(
        value.kind,
        ValueKind::Null
            | ValueKind::Bool(_)
            | ValueKind::Number(_)
            | ValueKind::String(_)
            | ValueKind::List(_)
            | ValueKind::Object(_)
    )
}

/// Where an entry was written.
pub(super) fn place((key, value): &(Key, Value), fallback: Origin) -> Origin {
    value.origin.or(key.origin).or(fallback)
}
