//! A state machine writes down what it did.

use super::lookup::blocks;
use super::state_machines::STATE_MACHINE;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Object, Value};

pub(super) const RULE: Rule = Rule {
    name: "state_machine_missing_logging",
    summary: "a state machine logs its executions",
    explanation: "Step Functions logs nothing by itself. Of a workflow of the type EXPRESS nothing is left when it \
        has ended, not even that it failed; the history of a STANDARD one is gone after 90 days, and only the \
        console shows it. With a log group, failures can be searched and kept.",
    severity: Severity::Deny,
    source: "AWS Step Functions Developer Guide, \"Using CloudWatch Logs to log execution history in Step Functions\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for machine in graph.resources(STATE_MACHINE) {
        let Some(configurations) = blocks(machine, "logging_configuration") else {
            continue;
        };
        if configurations
            .iter()
            .any(|configuration| logs(configuration))
        {
            continue;
        }
        let trace = if machine.text("type") == Some("EXPRESS") {
            "nothing is left of an execution when it has ended, whether it failed or not"
        } else {
            "what an execution did is gone after 90 days, and cannot be searched before"
        };
        findings
            .at(
                machine,
                machine.origin_of("logging_configuration.level"),
                format!("{} does not log its executions", machine.describe()),
            )
            .because(trace)
            .help("write `log(level = \"ERROR\", retention = \"7d\")` in `#[state_machine(…)]` (Terraform: `logging_configuration` with `level` and `log_destination`)");
    }
}

/// Whether the level is another one than OFF, which is the default; what is not known yet may be.
fn logs(configuration: &Object) -> bool {
    configuration
        .get("level")
        .is_some_and(|level| Value::as_str(level) != Some("OFF"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(machine: &str) -> String {
        format!(r#"{{"resource": {{"aws_sfn_state_machine": {{"m": {{{machine}}}}}}}}}"#)
    }

    #[test]
    fn off_is_no_logging() {
        fires(
            &RULE,
            &stack(""),
            "state machine `aws_sfn_state_machine.m` does not log",
        );
        fires(
            &RULE,
            &stack(r#""logging_configuration": {"include_execution_data": true}"#),
            "does not log",
        );
        fires(
            &RULE,
            &stack(r#""logging_configuration": [{"level": "OFF"}]"#),
            "does not log",
        );
        passes(
            &RULE,
            &stack(r#""logging_configuration": [{"level": "FATAL"}]"#),
        );
        passes(
            &RULE,
            &stack(r#""logging_configuration": [{"level": "${var.level}"}]"#),
        );
        passes(
            &RULE,
            &stack(
                r#""dynamic": {"logging_configuration": {"for_each": "${var.logs}", "content": {"level": "ALL"}}}"#,
            ),
        );
    }
}
