//! What a state of a workflow cannot be without, and how its errors are handled.

use super::state_machines::{State, is_open, place};
use crate::document::Origin;
use crate::value::{Object, Value, ValueKind};

/// A mistake: where it is, what is wrong, and what to write.
pub(super) type Flaw = (Origin, String, &'static str);

struct Flaws(Vec<Flaw>);

impl Flaws {
    fn report(&mut self, origin: Origin, message: String, help: &'static str) {
        self.0.push((origin, message, help));
    }
}

/// What is wrong with a state by itself: where, what, and what to write. `shown` names the state.
pub(super) fn flaws(state: State<'_>, shown: &str) -> Vec<Flaw> {
    let mut flaws = Flaws(Vec::new());
    let has = |field: &str| state.body.get(field).is_some();
    let mut missing = |what: &str, help: &'static str| {
        flaws.report(state.origin, format!("{shown} has no {what}"), help);
    };
    match state.kind() {
        Some("Task") if !has("Resource") => {
            missing(
                "`Resource`",
                "write what it does: `\"Resource\" = Charge.arn`, or a service such as `\"arn:aws:states:::sqs:sendMessage\"`",
            );
        }
        Some("Wait")
            if !["Seconds", "SecondsPath", "Timestamp", "TimestampPath"]
                .into_iter()
                .any(has) =>
        {
            missing(
                "time to wait for",
                "write `\"Seconds\" = 30`, or `SecondsPath`, `Timestamp` or `TimestampPath`",
            );
        }
        Some("Choice") if is_empty(state.body.get("Choices")) => {
            missing(
                "`Choices`",
                "write `\"Choices\" = [{ \"Variable\" = \"$.paid\", \"BooleanEquals\" = true, \"Next\" = \"…\" }]`",
            );
        }
        Some("Parallel") if is_empty(state.body.get("Branches")) => {
            missing(
                "`Branches`",
                "write `\"Branches\" = [{ \"StartAt\" = \"…\", \"States\" = { … } }]`",
            );
        }
        Some("Map") if !has("ItemProcessor") && !has("Iterator") => {
            missing(
                "`ItemProcessor`",
                "write `\"ItemProcessor\" = { \"StartAt\" = \"…\", \"States\" = { … } }`",
            );
        }
        _ => {}
    }
    for choice in state.list("Choices") {
        let origin = written(choice).or(state.origin_of("Choices"));
        if choice.get("Next").is_none() {
            flaws.report(
                origin,
                format!("a choice of {shown} has no `Next`"),
                "write the state that follows: `\"Next\" = \"…\"`",
            );
        }
        if !["Variable", "And", "Or", "Not", "Condition"]
            .into_iter()
            .any(|field| choice.get(field).is_some())
        {
            flaws.report(
                    origin,
                    format!("a choice of {shown} compares nothing"),
                    "write `\"Variable\" = \"$.paid\", \"BooleanEquals\" = true`, or in JSONata `\"Condition\" = \"{% … %}\"`",
                );
        }
    }
    for field in ["Retry", "Catch"] {
        errors(state, field, shown, &mut flaws);
    }
    flaws.0
}

/// `ErrorEquals` of `Retry` and `Catch`.
fn errors(state: State<'_>, field: &str, shown: &str, flaws: &mut Flaws) {
    let rules = state.list(field);
    for (place, rule) in rules.iter().enumerate() {
        let origin = written(rule).or(state.origin_of(field));
        if field == "Catch" && rule.get("Next").is_none() {
            flaws.report(
                origin,
                format!("an entry of `Catch` of {shown} has no `Next`"),
                "write the state that follows: `\"Next\" = \"…\"`",
            );
        }
        let Some(value) = rule.get("ErrorEquals") else {
            flaws.report(
                origin,
                format!("an entry of `{field}` of {shown} has no `ErrorEquals`"),
                "write the errors it is for: `\"ErrorEquals\" = [\"States.ALL\"]`",
            );
            continue;
        };
        let ValueKind::List(names) = &value.kind else {
            continue;
        };
        let is_all = names.iter().any(|name| name.as_str() == Some("States.ALL"));
        if is_all && (names.len() > 1 || place + 1 < rules.len()) {
            flaws.report(
                value.origin.or(origin),
                format!("`States.ALL` in `{field}` of {shown} is not alone in the last entry"),
                "it means every error: give it an entry of its own, behind all others",
            );
        }
    }
}

/// Whether a list is missing, or known to be empty.
fn is_empty(value: Option<&Value>) -> bool {
    value.is_none_or(|value| {
        !is_open(value) && !matches!(&value.kind, ValueKind::List(items) if !items.is_empty())
    })
}

/// Where the first entry of an object was written.
pub(super) fn written(object: &Object) -> Origin {
    object
        .iter()
        .map(|entry| place(entry, Origin::UNKNOWN))
        .find(|origin| *origin != Origin::UNKNOWN)
        .unwrap_or(Origin::UNKNOWN)
}
