//! Somebody is told when a workflow fails.

use super::alarms::{STATE_MACHINES, Watched};
use super::lookup::declared_name;
use super::state_machines::STATE_MACHINE;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "state_machine_missing_failure_alarm",
    summary: "a state machine has an alarm on its failed executions",
    explanation: "An execution that fails ends, and nobody who waits for its work hears of it: the functions in it \
        may all have answered as they should. The metric `ExecutionsFailed` counts it; timeouts and aborts have \
        metrics of their own.",
    severity: Severity::Warn,
    source: "AWS Step Functions Developer Guide, \"Monitoring Step Functions metrics using Amazon CloudWatch\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let watched = Watched::new(graph, STATE_MACHINES, |metric| metric == "ExecutionsFailed");
    for machine in graph.resources(STATE_MACHINE) {
        if watched.includes(machine) {
            continue;
        }
        findings
            .at(
                machine,
                machine.origin(),
                format!("{} has no alarm on its failures", machine.describe()),
            )
            .because("it may fail on every execution and nobody is told")
            .help(format!(
                "write `#[alarm({}.executions_failed >= 1, notify = Alerts)]` (Terraform: `aws_cloudwatch_metric_alarm` on `AWS/States` `ExecutionsFailed` with the dimension `StateMachineArn`)",
                declared_name(machine, "Checkout"),
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(metric: &str, machine: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sfn_state_machine": {{"m": {{"name": "m"}}}}, "aws_cloudwatch_metric_alarm": {{"a": {{
                "namespace": "AWS/States", "metric_name": "{metric}", "dimensions": {{"StateMachineArn": "{machine}"}}}}}}}}}}"#
        )
    }

    #[test]
    fn the_metric_and_the_machine_have_to_be_right() {
        passes(
            &RULE,
            &stack("ExecutionsFailed", "${aws_sfn_state_machine.m.arn}"),
        );
        passes(&RULE, &stack("ExecutionsFailed", "${var.machine}"));
        fires(
            &RULE,
            &stack("ExecutionThrottled", "${aws_sfn_state_machine.m.arn}"),
            "state machine `aws_sfn_state_machine.m` has no alarm on its failures",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_sfn_state_machine": {"m": {}}}}"#,
            "has no alarm",
        );
    }
}
