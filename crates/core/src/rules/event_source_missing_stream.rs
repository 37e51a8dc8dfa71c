//! A table that starts a function has a stream.

use super::event_sources::mappings;
use super::lookup::{is_resource, may_be_on};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "event_source_missing_stream",
    summary: "a table that an event source mapping reads has a stream",
    explanation: "Lambda reads the changes of a table from its stream. A table without one has no `stream_arn`, and \
        AWS refuses the mapping.",
    severity: Severity::Reject,
    source: "AWS Lambda Developer Guide, \"Using AWS Lambda with Amazon DynamoDB\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for mapping in mappings(graph) {
        let table = mapping
            .referred("event_source_arn")
            .filter(|table| is_resource(*table, "aws_dynamodb_table"));
        let Some(table) = table.filter(|table| !may_be_on(*table, "stream_enabled")) else {
            continue;
        };
        findings
            .at(
                mapping,
                mapping.origin_of("event_source_arn"),
                format!("{} reads {}, which has no stream", mapping.describe(), table.describe()),
            )
            .because("Lambda reads the changes of a table from its stream, and refuses the mapping")
            .related(table.describe(), table.origin())
            .help("write `stream = \"new_and_old_images\"` in `#[dynamodb(…)]` (Terraform: `stream_enabled = true` and `stream_view_type`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn the_table_needs_a_stream() {
        let stack = |table: &str| {
            format!(
                r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{{table}}}}},
                "aws_lambda_event_source_mapping": {{"m": {{"event_source_arn": "${{aws_dynamodb_table.t.stream_arn}}"}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(""),
            "reads table `aws_dynamodb_table.t`, which has no stream",
        );
        fires(&RULE, &stack(r#""stream_enabled": false"#), "has no stream");
        passes(&RULE, &stack(r#""stream_enabled": true"#));
        passes(&RULE, &stack(r#""stream_enabled": "${var.stream}""#));
    }
}
