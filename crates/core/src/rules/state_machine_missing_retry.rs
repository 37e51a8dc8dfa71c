//! A state that invokes a function tries again when Lambda itself has a bad moment.

use super::state_machines::{State, is_open, machines};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Part, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "state_machine_missing_retry",
    summary: "a state that invokes a function retries Lambda's own errors",
    explanation: "Now and then an invocation fails without the function's fault: Lambda answers with a server \
        error, or is out of capacity for a moment. Without a `Retry` the whole execution fails, although the same \
        call a second later would pass.",
    severity: Severity::Warn,
    source: "AWS Step Functions Developer Guide, \"Best practices for Step Functions\" (Handle transient Lambda service exceptions)",
};

/// Names of errors that stand for Lambda's own.
const COVERING: [&str; 3] = ["Lambda.ServiceException", "States.ALL", "States.TaskFailed"];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for machine in machines(graph) {
        for state in machine.states() {
            if !invokes_function(graph, state) || may_retry(state) {
                continue;
            }
            findings
                .at(
                    machine.resource,
                    state.origin.or(machine.origin),
                    format!(
                        "state `{}` of {} does not retry Lambda's own errors",
                        state.name,
                        machine.resource.describe()
                    ),
                )
                .because("an error of the service, which would be gone a second later, fails the whole execution")
                .help("write `\"Retry\" = [{ \"ErrorEquals\" = [\"Lambda.ServiceException\", \"Lambda.AWSLambdaException\", \"Lambda.SdkClientException\", \"Lambda.TooManyRequestsException\"], \"IntervalSeconds\" = 1, \"MaxAttempts\" = 3, \"BackoffRate\" = 2 }]`");
        }
    }
}

fn invokes_function(graph: &Graph<'_>, state: State<'_>) -> bool {
    let Some(resource) = state.body.get("Resource") else {
        return false;
    };
    let names_lambda =
        |text: &str| text.contains(":states:::lambda:invoke") || text.contains(":lambda:");
    match &resource.kind {
        ValueKind::String(text) => names_lambda(text),
        ValueKind::Template(parts) => parts
            .iter()
            .any(|part| matches!(part, Part::Text(text) if names_lambda(text))),
        _ => graph
            .resolve(resource)
            .is_some_and(|found| found.type_name() == "aws_lambda_function"),
    }
}

/// Whether an entry of `Retry` is for Lambda's own errors, or may turn out to be.
fn may_retry(state: State<'_>) -> bool {
    let Some(retry) = state.body.get("Retry") else {
        return false;
    };
    let is_covering = |errors: &Value| match &errors.kind {
        ValueKind::List(names) => names.iter().any(|name| {
            is_open(name) || name.as_str().is_some_and(|name| COVERING.contains(&name))
        }),
        _ => is_open(errors),
    };
    match &retry.kind {
        ValueKind::List(entries) => entries
            .iter()
            .any(|entry| is_open(entry) || entry.get("ErrorEquals").is_some_and(is_covering)),
        _ => is_open(retry),
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(state: &str) -> String {
        let definition = format!(
            "{{StartAt = \"A\", States = {{A = {{Type = \"Task\", End = true, {state}}}}}}}"
        )
        .replace('"', "\\\"");
        format!(
            r#"{{"resource": {{"aws_lambda_function": {{"f": {{}}}},
                "aws_sfn_state_machine": {{"m": {{"definition": "${{jsonencode({definition})}}"}}}}}}}}"#
        )
    }

    #[test]
    fn lambdas_own_errors_are_retried() {
        let function = "Resource = aws_lambda_function.f.arn";
        fires(
            &RULE,
            &stack(function),
            "state `A` of state machine `aws_sfn_state_machine.m` does not retry",
        );
        fires(
            &RULE,
            &stack("Resource = \"arn:aws:states:::lambda:invoke\""),
            "does not retry",
        );
        fires(
            &RULE,
            &stack(&format!(
                "{function}, Retry = [{{ErrorEquals = [\"Declined\"]}}]"
            )),
            "does not retry",
        );
        for error in ["States.ALL", "States.TaskFailed", "Lambda.ServiceException"] {
            passes(
                &RULE,
                &stack(&format!(
                    "{function}, Retry = [{{ErrorEquals = [\"Declined\"]}}, {{ErrorEquals = [\"{error}\"]}}]"
                )),
            );
        }
        passes(&RULE, &stack(&format!("{function}, Retry = var.retry")));
        passes(
            &RULE,
            &stack("Resource = \"arn:aws:states:::sqs:sendMessage\""),
        );
    }
}
