//! One mistake each, found by the checks of this module.

use super::check;
use crate::json;

/// The names and messages of the catalogue's checks (not of the rules) on this stack.
fn found(stack: &str) -> Vec<(String, String)> {
    let document = json::parse(stack).unwrap_or_else(|error| panic!("{error}: {stack}"));
    let outcome = check(&document);
    outcome
        .errors
        .into_iter()
        .filter(|diagnostic| {
            super::CHECKS
                .iter()
                .any(|rule| rule.name == diagnostic.rule)
        })
        .map(|diagnostic| {
            (
                diagnostic.rule.to_owned(),
                format!("{} ({})", diagnostic.message, diagnostic.help),
            )
        })
        .collect()
}

#[track_caller]
fn finds(stack: &str, rule: &str, message: &str) {
    let found = found(stack);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert_eq!(found[0].0, rule, "{found:#?}");
    assert!(found[0].1.contains(message), "{found:#?}");
}

#[test]
fn arguments_are_held_against_the_schema() {
    finds(
        r#"{"resource": {"aws_sqs_queue": {"q": {"visibilty_timeout_seconds": 1}}}}"#,
        "unknown_argument",
        "has no argument `visibilty_timeout_seconds` (did you mean `visibility_timeout_seconds`?)",
    );
    finds(
        r#"{"resource": {"aws_sqs_queue": {"q": {"visibility_timeout_seconds": "soon"}}}}"#,
        "wrong_type",
        "takes a number, not the string \"soon\"",
    );
    finds(
        r#"{"resource": {"aws_sqs_queue": {"q": {"arn": "x"}}}}"#,
        "computed_argument",
        "`arn`",
    );
    finds(
        r#"{"resource": {"aws_sqs_queue": {"q": {"tags": ["x"]}}}}"#,
        "wrong_type",
        "takes a map(string), not a list",
    );
    finds(
        r#"{"resource": {"aws_kms_alias": {"q": {"name": "alias/x"}}}}"#,
        "missing_argument",
        "`target_key_id`",
    );
    finds(
        r#"{"resource": {"aws_sqs_qeue": {"q": {}}}}"#,
        "unknown_resource_type",
        "did you mean `aws_sqs_queue`?",
    );
    finds(
        r#"{"data": {"aws_regoin": {"q": {}}}}"#,
        "unknown_resource_type",
        "did you mean `aws_region`?",
    );
    finds(
        r#"{"output": {"x": {"valu": 1, "value": 2}}}"#,
        "unknown_argument",
        "did you mean `value`?",
    );
    finds(r#"{"output": {"x": {}}}"#, "missing_argument", "`value`");
}

#[test]
fn nested_blocks_are_held_against_the_schema() {
    let table = |extra: &str| {
        format!(
            r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{"name": "t", "hash_key": "a", {extra}}}}}}}}}"#
        )
    };
    finds(
        &table(r#""point_in_time_recovery": [{"enable": true, "enabled": true}]"#),
        "unknown_argument",
        "`point_in_time_recovery` of",
    );
    finds(
        &table(r#""point_in_time_recovery": [{"enabled": true}, {"enabled": true}]"#),
        "block_count",
        "may have 1",
    );
    finds(
        &table(r#""point_in_time_recovery": true"#),
        "wrong_type",
        "is a nested block",
    );
    finds(
        &table(r#""point_in_time_recovery": [{}]"#),
        "missing_argument",
        "`point_in_time_recovery.enabled`",
    );
    finds(
        &table(r#""lifecycle": [{"ignore_changes": ["read_capcity"]}]"#),
        "unknown_attribute",
        "did you mean `read_capacity`?",
    );
    finds(
        r#"{"resource": {"aws_api_gateway_rest_api": {"a": {"name": "a"}}, "aws_cloudfront_origin_access_identity": {"x": {}}, "aws_lambda_alias": {"l": {"name": "n", "function_name": "f"}}}}"#,
        "missing_argument",
        "`function_version`",
    );
    assert_eq!(found(&table(r#""attribute": [{"name": "a", "type": "S"}], "dynamic": {"attribute": {"for_each": "${var.x}", "content": {"name": "b", "type": "S"}}}"#)).len(), 1);
}

#[test]
fn references_are_followed() {
    finds(
        r#"{"resource": {"aws_sqs_queue": {"events": {}}}, "output": {"x": {"value": "${aws_sqs_queue.event.arn}"}}}"#,
        "undefined_reference",
        "did you mean `aws_sqs_queue.events`?",
    );
    finds(
        r#"{"resource": {"aws_sqs_queue": {"events": {}}}, "output": {"x": {"value": "${aws_sqs_queue.events.nme}"}}}"#,
        "unknown_attribute",
        "has no attribute `nme`",
    );
    finds(
        r#"{"output": {"x": {"value": "${var.region}"}}}"#,
        "undefined_reference",
        "`var.region`",
    );
    finds(
        r#"{"resource": {"aws_sqs_queue": {"q": {"depends_on": ["aws_sqs_queue.p"]}}}}"#,
        "undefined_reference",
        "aws_sqs_queue.p",
    );
    finds(
        r#"{"resource": {"aws_sqs_queue": {"q": {"name": "${aws_sqs_queue.p.tags}"}, "p": {}}}}"#,
        "wrong_type",
        "takes a string, not `aws_sqs_queue.p.tags`",
    );
    assert!(
        found(
            r#"{"output": {"x": {"value": "${[for q in var.l : q.name]}"}}, "variable": {"l": {}}}"#
        )
        .is_empty()
    );
}

#[test]
fn a_module_of_another_provider_is_left_alone() {
    assert!(found(r#"{"resource": {"random_pet": {"name": {"length": 2}}}, "output": {"x": {"value": "${random_pet.name.id}"}}}"#).is_empty());
}

#[test]
fn expressions_stay_out_of_literal_positions() {
    let backend = r#"{"terraform": {"backend": {"s3": {"bucket": "x"}}}}"#;
    assert!(found(backend).is_empty());
}
