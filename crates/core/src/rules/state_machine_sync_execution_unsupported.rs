//! Only a workflow of the type EXPRESS can be waited for.

use super::identity_policies::grants;
use super::lookup::referred;
use super::state_machines::STATE_MACHINE;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "state_machine_sync_execution_unsupported",
    summary: "an execution is waited for (`StartSyncExecution`) only of a state machine of the type EXPRESS",
    explanation: "`StartSyncExecution` starts a workflow and answers with its result. A STANDARD workflow may take \
        a year, so Step Functions refuses the call for it with `StateMachineTypeNotSupported`, whatever the policy \
        allows.",
    severity: Severity::Deny,
    source: "AWS Step Functions API Reference, `StartSyncExecution`",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for grant in grants(graph) {
        let action = grant
            .statement
            .actions
            .iter()
            .find(|(action, _)| action.eq_ignore_ascii_case("states:StartSyncExecution"));
        let Some((_, origin)) = action else {
            continue;
        };
        for (value, _) in &grant.statement.resources {
            let Some(machine) = referred(graph, value, STATE_MACHINE) else {
                continue;
            };
            let is_standard = machine
                .get("type")
                .is_none_or(|kind| kind.as_str() == Some("STANDARD"));
            if is_standard {
                findings
                    .at(
                        grant.block,
                        *origin,
                        format!("{} is of the type STANDARD, and cannot be started with `StartSyncExecution`", machine.describe()),
                    )
                    .because("Step Functions refuses every such call")
                    .related("the state machine", machine.origin_of("type"))
                    .help("write `type = \"EXPRESS\"` in its `#[state_machine(…)]`, or start it with `StartExecution<…>` (Terraform: `type`, `states:StartExecution`)");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(machine: &str, action: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sfn_state_machine": {{"m": {{{machine}}}}}, "aws_iam_policy": {{"p": {{
                "policy": "${{jsonencode({{Statement = [{{Effect = \"Allow\", Action = \"states:{action}\", Resource = aws_sfn_state_machine.m.arn}}]}})}}"}}}}}}}}"#
        )
    }

    #[test]
    fn the_type_has_to_be_express() {
        fires(
            &RULE,
            &stack("", "StartSyncExecution"),
            "state machine `aws_sfn_state_machine.m` is of the type STANDARD",
        );
        fires(
            &RULE,
            &stack(r#""type": "STANDARD""#, "StartSyncExecution"),
            "cannot be started",
        );
        passes(&RULE, &stack(r#""type": "EXPRESS""#, "StartSyncExecution"));
        passes(
            &RULE,
            &stack(r#""type": "${var.type}""#, "StartSyncExecution"),
        );
        passes(&RULE, &stack("", "StartExecution"));
    }
}
