//! A table is encrypted with a key of the account.

use super::lookup::may_be_on;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "dynamodb_missing_encryption",
    summary: "a table is encrypted with a key of the account",
    explanation: "DynamoDB encrypts every table, but by default with a key that AWS owns: its use is in no log of \
        yours, and you cannot take access away by disabling it. With `server_side_encryption` the key is one in \
        your account, `aws/dynamodb` or your own, and CloudTrail records who used it.",
    severity: Severity::Deny,
    source: "Amazon DynamoDB Developer Guide, \"DynamoDB encryption at rest\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let path = "server_side_encryption.enabled";
    for table in graph.resources("aws_dynamodb_table") {
        if !may_be_on(table, path) {
            findings
                .at(
                    table,
                    table.origin_of(path),
                    format!("{} is not encrypted with a key of the account", table.describe()),
                )
                .because("DynamoDB uses a key of its own, which nobody here can audit or disable")
                .help("write `encrypted` in `#[dynamodb(…)]` (Terraform: `server_side_encryption { enabled = true }`)");
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
            "table `aws_dynamodb_table.t` is not encrypted with a key of the account",
        );
        fires(
            &RULE,
            &stack(r#""server_side_encryption": [{"enabled": false}]"#),
            "is not encrypted",
        );
        passes(
            &RULE,
            &stack(r#""server_side_encryption": [{"enabled": true}]"#),
        );
        passes(
            &RULE,
            &stack(r#""server_side_encryption": {"enabled": "${var.encrypted}"}"#),
        );
    }
}
