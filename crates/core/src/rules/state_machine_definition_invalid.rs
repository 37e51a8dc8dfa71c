//! Step Functions takes the definition of a state machine.

use std::collections::HashSet;

use super::state_machine_fields::{COMMON, TYPES, fields, is_field, language};
use super::state_machine_parts::flaws;
use super::state_machine_ways::{targets, ways};
use super::state_machines::{Flow, Machine, State, is_open, machines, object, place};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::Origin;
use crate::graph::Graph;
use crate::suggest::{did_you_mean, nearest};

pub(super) const RULE: Rule = Rule {
    name: "state_machine_definition_invalid",
    summary: "the definition of a state machine is one that Step Functions takes",
    explanation: "Step Functions refuses a definition in which a transition leads nowhere, a state cannot be \
        reached, no state ends the workflow, or a state has a field that its type does not know. Terraform passes \
        the text on unread, so all of it shows at `terraform apply`, when the functions and queues around the \
        machine are in place already. What is not written out (a file, a variable) is not judged.",
    severity: Severity::Reject,
    source: "Amazon States Language specification; AWS Step Functions API Reference, `CreateStateMachine`",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for machine in machines(graph) {
        let mut judge = Judge {
            machine: &machine,
            names: HashSet::new(),
            findings,
        };
        for flow in machine.flows() {
            judge.flow(flow);
        }
    }
}

struct Judge<'j, 'g> {
    machine: &'j Machine<'g>,
    /// The states so far: a name is one state's in the whole machine.
    names: HashSet<String>,
    findings: &'j mut Findings,
}

impl Judge<'_, '_> {
    fn report(&mut self, origin: Origin, message: String, help: impl Into<String>) {
        self.findings
            .at(
                self.machine.resource,
                origin.or(self.machine.origin),
                message,
            )
            .because("Step Functions refuses the definition in the middle of `terraform apply`")
            .help(help);
    }

    fn state(&self, state: State<'_>) -> String {
        format!(
            "state `{}` of {}",
            state.name,
            self.machine.resource.describe()
        )
    }

    fn flow(&mut self, flow: Flow<'_>) {
        let place_of = match flow.around {
            Some(name) => format!(
                "a workflow inside state `{name}` of {}",
                self.machine.resource.describe()
            ),
            None => self.machine.resource.describe(),
        };
        let Some(states) = flow.body.get("States") else {
            self.report(
                flow.origin,
                format!("{place_of} has no `States`"),
                "write `\"States\" = { \"Work\" = { \"Type\" = \"Task\", \"Resource\" = Work.arn, \"End\" = true } }`",
            );
            return;
        };
        if is_open(states) {
            return;
        }
        let Some(entries) = object(states).filter(|states| !states.is_empty()) else {
            self.report(
                states.origin.or(flow.origin),
                format!("{place_of} has no states"),
                "write at least one: `\"Done\" = { \"Type\" = \"Succeed\" }`",
            );
            return;
        };
        let before = self.findings.diagnostics.len();
        let known = flow.states();
        let names = entries
            .iter()
            .map(|(key, _)| key.name.as_str())
            .collect::<Vec<_>>();
        match flow.body.entry("StartAt") {
            Some(entry) => {
                if let Some(start) = entry.1.as_str() {
                    self.target(
                        start,
                        place(entry, flow.origin),
                        &names,
                        "`StartAt`",
                        &place_of,
                    );
                }
            }
            None => self.report(
                flow.origin,
                format!("{place_of} has no `StartAt`"),
                format!("write `\"StartAt\" = \"{}\"`", names.first().unwrap_or(&"")),
            ),
        }
        for state in &known {
            self.name(*state);
            self.fields(*state, flow);
            self.transitions(*state, &names);
            self.parts(*state);
        }
        // A transition that leads nowhere makes states unreachable, too: that is one mistake.
        if self.findings.diagnostics.len() == before && known.len() == entries.len() {
            self.ways(flow, &known, &place_of);
        }
    }

    fn name(&mut self, state: State<'_>) {
        let shown = self.machine.resource.describe();
        if state.name.chars().count() > 80 {
            self.report(
                state.origin,
                format!(
                    "the name of {} is longer than 80 characters",
                    self.state(state)
                ),
                "write a shorter one",
            );
        }
        if !self.names.insert(state.name.to_owned()) {
            self.report(
                state.origin,
                format!("{shown} has two states called `{}`", state.name),
                "give each state a name of its own, also across Map and Parallel states",
            );
        }
    }

    fn fields(&mut self, state: State<'_>, flow: Flow<'_>) {
        let shown = self.state(state);
        let types = TYPES.iter().map(|(name, _)| *name);
        let Some(kind) = state.body.get("Type") else {
            self.report(
                state.origin,
                format!("{shown} has no `Type`"),
                "write `\"Type\" = \"Task\"`, or another one of \"Pass\", \"Choice\", \"Wait\", \"Map\", \"Parallel\", \"Succeed\" and \"Fail\"",
            );
            return;
        };
        let Some(kind) = kind.as_str() else {
            return;
        };
        let Some(fields) = fields(kind) else {
            let near = nearest(kind, types.clone());
            let help = match near.as_slice() {
                [] => format!("the types are {}", types.collect::<Vec<_>>().join(", ")),
                near => did_you_mean(near).replace('`', "\""),
            };
            self.report(
                state.origin_of("Type"),
                format!("{shown} has the type \"{kind}\", which there is not"),
                help,
            );
            return;
        };
        let spoken = state.language(flow.language);
        for entry in state.body.iter() {
            let name = entry.0.name.as_str();
            let origin = entry.0.origin.or(entry.1.origin).or(state.origin);
            if COMMON.contains(&name) {
                continue;
            }
            if fields.contains(&name) {
                if let (Some(of), Some(spoken)) = (language(name), spoken) {
                    if of != spoken {
                        self.report(
                            origin,
                            format!("{shown} has the field `{name}`, which is for {of}, but its query language is {spoken}"),
                            format!("write `\"QueryLanguage\" = \"{of}\"` in the state or at the top, or say it in {spoken}"),
                        );
                    }
                }
                continue;
            }
            let near = nearest(name, fields.iter().copied().chain(COMMON))
                .into_iter()
                .filter(|near| near.len().abs_diff(name.len()) <= 2)
                .collect::<Vec<_>>();
            if near.is_empty() && !is_field(name) {
                // AWS may know more fields than this table.
                continue;
            }
            let help = if near.is_empty() || is_field(name) {
                match (kind, name) {
                    ("Choice", "Next") => "each of its `Choices` has a `Next`; for none of them there is `Default`".to_owned(),
                    ("Succeed" | "Fail", "Next" | "End") => "it ends the workflow by itself: remove the field".to_owned(),
                    ("Pass" | "Choice" | "Wait" | "Succeed" | "Fail", "Retry" | "Catch") => {
                        "only Task, Map and Parallel states can fail and be caught: remove the field".to_owned()
                    }
                    _ => format!("its fields are {}", listed(fields)),
                }
            } else {
                did_you_mean(&near)
            };
            self.report(
                origin,
                format!("{shown} has the field `{name}`, which a {kind} state does not have"),
                help,
            );
        }
    }

    fn transitions(&mut self, state: State<'_>, names: &[&str]) {
        let shown = self.state(state);
        let is_misspelled = state.body.iter().any(|(key, _)| {
            !is_field(&key.name) && !nearest(&key.name, ["Next", "End"]).is_empty()
        });
        if matches!(
            state.kind(),
            Some("Task" | "Pass" | "Wait" | "Map" | "Parallel")
        ) {
            let next = state.body.get("Next");
            let end = state
                .body
                .get("End")
                .filter(|end| end.as_bool() != Some(false));
            match (next, end) {
                (None, None) if !is_misspelled => self.report(
                    state.origin,
                    format!("{shown} has neither `Next` nor `End`"),
                    "write `\"Next\" = \"…\"` with the state that follows, or `\"End\" = true`",
                ),
                (Some(_), Some(_)) => self.report(
                    state.origin_of("End"),
                    format!("{shown} has both `Next` and `End`"),
                    "remove one of the two",
                ),
                _ => {}
            }
        }
        for (label, target, origin) in targets(state) {
            if let Some(target) = target.as_str() {
                self.target(target, origin, names, label, &shown);
            }
        }
    }

    fn target(&mut self, name: &str, origin: Origin, names: &[&str], label: &str, shown: &str) {
        if names.contains(&name) {
            return;
        }
        let near = nearest(name, names.iter().copied());
        let help = match near.as_slice() {
            [] => format!("the states beside it are {}", listed(names)),
            near => did_you_mean(near).replace('`', "\""),
        };
        self.report(
            origin,
            format!("{label} of {shown} is \"{name}\", and there is no such state"),
            help,
        );
    }

    /// What each type of state cannot be without, and what handles its errors.
    fn parts(&mut self, state: State<'_>) {
        let shown = self.state(state);
        for (origin, message, help) in flaws(state, &shown) {
            self.report(origin, message, help);
        }
    }

    /// Whether every state can be reached, and one of them ends the workflow.
    fn ways(&mut self, flow: Flow<'_>, states: &[State<'_>], place_of: &str) {
        let Some(ways) = ways(flow, states) else {
            return;
        };
        for state in &ways.unreached {
            self.report(
                state.origin,
                format!("{} is never reached", self.state(*state)),
                "let a `Next`, `Default` or `Catch` lead to it, or remove it",
            );
        }
        if ways.unreached.is_empty() && !ways.has_end {
            self.report(
                flow.origin,
                format!("{place_of} has no state that ends it"),
                "write `\"End\" = true` in one, or lead to a state of the type Succeed or Fail",
            );
        }
    }
}

fn listed(names: &[&str]) -> String {
    let names = names.iter().map(|name| format!("`{name}`"));
    names.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    /// A machine with these entries at the top, as HCL in JSON.
    fn machine(definition: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sfn_state_machine": {{"m": {{"definition": "${{jsonencode({{{}}})}}"}}}}}}}}"#,
            definition.replace('"', "\\\"").replace('\n', " ")
        )
    }

    fn states(states: &str) -> String {
        machine(&format!(r#"StartAt = "A", States = {{{states}}}"#))
    }

    #[test]
    fn a_sound_definition_passes() {
        passes(
            &RULE,
            &states(
                r#"A = {Type = "Task", Resource = aws_lambda_function.f.arn, Retry = [{ErrorEquals = ["States.ALL"]}],
                Catch = [{ErrorEquals = ["States.ALL"], Next = "D"}], Next = "B"},
                B = {Type = "Choice", Choices = [{Variable = "$.x", IsNull = true, Next = "C"}], Default = "D"},
                C = {Type = "Map", ItemProcessor = {StartAt = "E", States = {E = {Type = "Pass", End = true}}}, End = true},
                D = {Type = "Fail", Error = "Gone"}"#,
            ),
        );
        passes(&RULE, &machine("StartAt = var.start, States = var.states"));
        passes(
            &RULE,
            &states(r#"A = {Type = "Pass", Next = var.next}, B = {Type = "Succeed"}"#),
        );
        passes(&RULE, &states(r"A = var.state"));
        passes(
            &RULE,
            r#"{"resource": {"aws_sfn_state_machine": {"m": {"definition": "${file(\"flow.asl.json\")}"}}}}"#,
        );
    }

    #[test]
    fn transitions_lead_somewhere() {
        fires(
            &RULE,
            &machine(r#"StartAt = "B", States = {A = {Type = "Succeed"}}"#),
            "`StartAt` of state machine",
        );
        fires(
            &RULE,
            &machine(r#"States = {A = {Type = "Succeed"}}"#),
            "has no `StartAt`",
        );
        fires(&RULE, &machine(r#"StartAt = "A""#), "has no `States`");
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", Next = "B"}"#),
            "`Next` of state `A`",
        );
        fires(
            &RULE,
            &states(
                r#"A = {Type = "Choice", Choices = [{Variable = "$", IsNull = true, Next = "B"}], Default = "C"}, C = {Type = "Fail"}"#,
            ),
            "a choice of state `A`",
        );
        fires(
            &RULE,
            &states(
                r#"A = {Type = "Task", Resource = "x", Catch = [{ErrorEquals = ["States.ALL"], Next = "B"}], End = true}"#,
            ),
            "`Catch` of state `A`",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass"}"#),
            "neither `Next` nor `End`",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", End = false}"#),
            "neither `Next` nor `End`",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", End = true, Next = "B"}, B = {Type = "Succeed"}"#),
            "both `Next` and `End`",
        );
    }

    #[test]
    fn every_state_is_reached_and_one_ends() {
        fires(
            &RULE,
            &states(r#"A = {Type = "Succeed"}, B = {Type = "Succeed"}"#),
            "state `B` of state machine `aws_sfn_state_machine.m` is never reached",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", Next = "B"}, B = {Type = "Pass", Next = "A"}"#),
            "has no state that ends it",
        );
    }

    #[test]
    fn states_have_the_fields_of_their_type() {
        fires(&RULE, &states(r"A = {End = true}"), "has no `Type`");
        fires(
            &RULE,
            &states(r#"A = {Type = "Taks", End = true}"#),
            "has the type \"Taks\"",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Task", End = true}"#),
            "has no `Resource`",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Wait", End = true}"#),
            "has no time to wait for",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Choice", Choices = []}"#),
            "has no `Choices`",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Succeed", End = true}"#),
            "has the field `End`, which a Succeed state does not have",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", End = true, Catch = []}"#),
            "has the field `Catch`",
        );
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", Nxet = "B"}"#),
            "has the field `Nxet`",
        );
        passes(
            &RULE,
            &states(r#"A = {Type = "Pass", End = true, SomethingNew = 1}"#),
        );
    }

    #[test]
    fn fields_belong_to_a_query_language() {
        fires(
            &RULE,
            &states(r#"A = {Type = "Pass", Output = {}, End = true}"#),
            "`Output`, which is for JSONata",
        );
        fires(
            &RULE,
            &machine(
                r#"QueryLanguage = "JSONata", StartAt = "A", States = {A = {Type = "Pass", ResultPath = "$.x", End = true}}"#,
            ),
            "`ResultPath`, which is for JSONPath",
        );
        passes(
            &RULE,
            &states(r#"A = {Type = "Pass", QueryLanguage = "JSONata", Output = {}, End = true}"#),
        );
        passes(
            &RULE,
            &machine(
                r#"QueryLanguage = var.language, StartAt = "A", States = {A = {Type = "Pass", Output = {}, End = true}}"#,
            ),
        );
    }

    #[test]
    fn workflows_inside_states_are_read() {
        let map = |inner: &str| {
            states(&format!(
                r#"A = {{Type = "Map", ItemProcessor = {{{inner}}}, End = true}}"#
            ))
        };
        fires(
            &RULE,
            &map(r#"StartAt = "B", States = {B = {Type = "Pass"}}"#),
            "neither",
        );
        fires(
            &RULE,
            &map(r#"StartAt = "B", States = {C = {Type = "Succeed"}}"#),
            "a workflow inside state `A`",
        );
        fires(
            &RULE,
            &map(r#"StartAt = "A", States = {A = {Type = "Succeed"}}"#),
            "two states called `A`",
        );
        fires(
            &RULE,
            &states(
                r#"A = {Type = "Parallel", Branches = [{StartAt = "B", States = {B = {Type = "Pass", Next = "A"}}}], End = true}"#,
            ),
            "`Next` of state `B`",
        );
    }

    #[test]
    fn errors_are_handled_in_order() {
        let retry = |entries: &str| {
            states(&format!(
                r#"A = {{Type = "Task", Resource = "x", Retry = [{entries}], End = true}}"#
            ))
        };
        fires(&RULE, &retry("{MaxAttempts = 2}"), "has no `ErrorEquals`");
        fires(
            &RULE,
            &retry(r#"{ErrorEquals = ["States.ALL"]}, {ErrorEquals = ["X"]}"#),
            "`States.ALL`",
        );
        fires(
            &RULE,
            &retry(r#"{ErrorEquals = ["States.ALL", "X"]}"#),
            "`States.ALL`",
        );
        passes(
            &RULE,
            &retry(r#"{ErrorEquals = ["X"]}, {ErrorEquals = ["States.ALL"]}"#),
        );
    }

    #[test]
    fn json_as_text_is_read() {
        fires(
            &RULE,
            r#"{"resource": {"aws_sfn_state_machine": {"m": {"definition": "{\"StartAt\": \"A\", \"States\": {\"B\": {\"Type\": \"Succeed\"}}}"}}}}"#,
            "`StartAt`",
        );
    }
}
