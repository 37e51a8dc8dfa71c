//! A workflow of the type EXPRESS does not wait for others.

use super::state_machines::machines;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "state_machine_express_unsupported",
    summary: "a workflow of the type EXPRESS has only states that such a workflow can have",
    explanation: "An EXPRESS workflow runs for five minutes at most and keeps no history to come back to, so Step \
        Functions refuses integrations that wait for a job to end (`.sync`) or for a token (`.waitForTaskToken`), \
        activities, and distributed maps in it.",
    severity: Severity::Reject,
    source: "AWS Step Functions Developer Guide, \"Choosing workflow type in Step Functions\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for machine in machines(graph) {
        if machine.resource.text("type") != Some("EXPRESS") {
            continue;
        }
        for state in machine.states() {
            let resource = state.body.get("Resource").and_then(Value::as_str);
            let waits = resource.and_then(waiting);
            let mode = state
                .body
                .get("ItemProcessor")
                .and_then(|value| value.get("ProcessorConfig.Mode"))
                .filter(|mode| mode.as_str() == Some("DISTRIBUTED"));
            let (what, origin) = match (waits, mode) {
                (Some(what), _) => (what, state.origin_of("Resource")),
                (None, Some(mode)) => ("is a distributed map", mode.origin.or(state.origin)),
                (None, None) => continue,
            };
            findings
                .at(
                    machine.resource,
                    origin.or(machine.origin),
                    format!(
                        "state `{}` of {} {what}, which a workflow of the type EXPRESS cannot do",
                        state.name,
                        machine.resource.describe()
                    ),
                )
                .because("Step Functions refuses the definition in the middle of `terraform apply`")
                .related("its type", machine.resource.origin_of("type"))
                .help("leave `type = \"EXPRESS\"` out, or move the state into a machine of the type STANDARD");
        }
    }
}

/// What an integration waits for.
fn waiting(resource: &str) -> Option<&'static str> {
    let pattern = resource.rsplit_once('.').map(|(_, pattern)| pattern);
    match pattern {
        Some("sync" | "sync:2") => Some("waits for a job to end (`.sync`)"),
        Some("waitForTaskToken") => Some("waits for a token to come back (`.waitForTaskToken`)"),
        _ if resource.contains(":activity:") => Some("waits for a worker (an activity)"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(kind: &str, state: &str) -> String {
        let definition =
            format!("{{StartAt = \"A\", States = {{A = {{{state}}}}}}}").replace('"', "\\\"");
        format!(
            r#"{{"resource": {{"aws_sfn_state_machine": {{"m": {{"type": "{kind}", "definition": "${{jsonencode({definition})}}"}}}}}}}}"#
        )
    }

    #[test]
    fn express_does_not_wait() {
        let task =
            |resource: &str| format!("Type = \"Task\", Resource = \"{resource}\", End = true");
        let queue = task("arn:aws:states:::sqs:sendMessage.waitForTaskToken");
        fires(&RULE, &stack("EXPRESS", &queue), "waits for a token");
        passes(&RULE, &stack("STANDARD", &queue));
        passes(&RULE, &stack("${var.type}", &queue));
        let job = task("arn:aws:states:::states:startExecution.sync:2");
        fires(&RULE, &stack("EXPRESS", &job), "waits for a job");
        passes(
            &RULE,
            &stack("EXPRESS", &task("arn:aws:states:::sqs:sendMessage")),
        );
        fires(
            &RULE,
            &stack(
                "EXPRESS",
                &task("arn:aws:states:eu-west-1:123456789012:activity:sign"),
            ),
            "waits for a worker",
        );
        fires(
            &RULE,
            &stack(
                "EXPRESS",
                "Type = \"Map\", End = true, ItemProcessor = {ProcessorConfig = {Mode = \"DISTRIBUTED\"}, StartAt = \"B\", States = {B = {Type = \"Succeed\"}}}",
            ),
            "is a distributed map",
        );
    }
}
