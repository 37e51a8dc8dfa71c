//! A table can be brought back as it was at any second.

use super::lookup::may_be_on;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "dynamodb_missing_pitr",
    summary: "a table has point-in-time recovery",
    explanation: "DynamoDB keeps copies against failing disks, not against a deployment that writes wrong items or \
        deletes right ones. With point-in-time recovery the table can be restored to any second of up to 35 days; \
        without it what was overwritten is gone.",
    severity: Severity::Deny,
    source: "Amazon DynamoDB Developer Guide, \"Point-in-time backups for DynamoDB\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let path = "point_in_time_recovery.enabled";
    for table in graph.resources("aws_dynamodb_table") {
        if !may_be_on(table, path) {
            findings
                .at(
                    table,
                    table.origin_of(path),
                    format!("{} has no point-in-time recovery", table.describe()),
                )
                .because("items that are overwritten or deleted by mistake cannot be brought back")
                .help("write `pitr` in `#[dynamodb(…)]` (Terraform: `point_in_time_recovery { enabled = true }`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(table: &str) -> String {
        format!(r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{{table}}}}}}}}}"#)
    }

    #[test]
    fn it_has_to_be_on() {
        fires(
            &RULE,
            &stack(""),
            "table `aws_dynamodb_table.t` has no point-in-time recovery",
        );
        fires(
            &RULE,
            &stack(r#""point_in_time_recovery": [{"enabled": false}]"#),
            "has no point-in-time recovery",
        );
        passes(
            &RULE,
            &stack(r#""point_in_time_recovery": [{"enabled": true}]"#),
        );
        passes(
            &RULE,
            &stack(r#""point_in_time_recovery": {"enabled": "${var.pitr}"}"#),
        );
        passes(
            &RULE,
            &stack(
                r#""dynamic": {"point_in_time_recovery": {"for_each": "${var.pitr}", "content": {}}}"#,
            ),
        );
    }
}
