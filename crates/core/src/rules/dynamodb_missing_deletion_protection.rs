//! A table is not deleted by a slip.

use super::lookup::may_be_on;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "dynamodb_missing_deletion_protection",
    summary: "a table is protected against deletion",
    explanation: "Renaming a table or changing its keys makes Terraform delete it and create an empty one. \
        Deletion protection makes AWS refuse that, `prevent_destroy` makes Terraform refuse it. A table that is \
        meant to be thrown away can say so with `#[allow(…)]`.",
    severity: Severity::Warn,
    source: "Amazon DynamoDB Developer Guide, \"Using deletion protection to protect your table\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let path = "deletion_protection_enabled";
    for table in graph.resources("aws_dynamodb_table") {
        if !may_be_on(table, path) && !may_be_on(table, "lifecycle.prevent_destroy") {
            findings
                .at(
                    table,
                    table.origin_of(path),
                    format!("{} is not protected against deletion", table.describe()),
                )
                .because("a changed name or key makes Terraform delete the table with all its items")
                .help("write `deletion_protection` in `#[dynamodb(…)]` (Terraform: `deletion_protection_enabled = true`)");
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
    fn either_protection_will_do() {
        fires(
            &RULE,
            &stack(""),
            "table `aws_dynamodb_table.t` is not protected against deletion",
        );
        fires(
            &RULE,
            &stack(r#""deletion_protection_enabled": false"#),
            "is not protected",
        );
        fires(
            &RULE,
            &stack(r#""lifecycle": {"prevent_destroy": false}"#),
            "is not protected",
        );
        passes(&RULE, &stack(r#""deletion_protection_enabled": true"#));
        passes(
            &RULE,
            &stack(r#""deletion_protection_enabled": "${var.protected}""#),
        );
        passes(&RULE, &stack(r#""lifecycle": [{"prevent_destroy": true}]"#));
    }
}
