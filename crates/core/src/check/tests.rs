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

/// A stack with one output of this value, besides what it can refer to.
fn output(value: &str) -> String {
    let value = serde_json::Value::from(value).to_string();
    format!(
        r#"{{"variable": {{"names": {{"type": "list(string)"}}, "text": {{"type": "string"}}, "open": {{}},
              "numbers": {{"type": "map(number)"}}, "settings": {{"type": "object({{a = string, b = optional(list(object({{c = number}})))}})"}}}},
            "locals": {{"config": {{"sizes": [1, 2], "name": "${{var.text}}-x"}}, "loop": "${{local.loop}}"}},
            "data": {{"aws_lambda_function": {{"f": {{"function_name": "f"}}}}}},
            "output": {{"x": {{"value": {value}}}}}}}"#
    )
}

#[test]
fn what_terraform_takes_is_not_refused() {
    for value in [
        "${upper(5)}",
        "${var.text + 1}",
        "${\"5\" * 2}",
        "${join(\",\", toset(var.names))}",
        "${join(\",\", [1, true, \"x\"])}",
        "${true ? [1] : null}",
        "${true ? 1 : \"a\"}",
        "${[for k, v in var.numbers : v + 1 if v > 0]}",
        "${try(var.open.whatever[0].x, upper([1]), null)}",
        "${can(var.text + [1])}",
        "${merge(null, {a = 1}, var.numbers).a}",
        "${concat(var.names, [{a = 1}])[0]}",
        "${local.config.sizes[1] + 1}",
        "${local.loop}",
        "${var.settings.b[*].c}",
        "${var.settings.b[0].c + 1}",
        "${data.aws_lambda_function.f.vpc_config[0].subnet_ids}",
        "${one(data.aws_lambda_function.f.vpc_config[*].subnet_ids)}",
        "${data.aws_lambda_function.f[*].arn}",
        "${data.aws_lambda_function.f.tags.team}",
        "${data.aws_lambda_function.f.tags[\"team\"]}",
        "${jsondecode(var.text).a.b[0]}",
        "${lookup(var.numbers, \"a\", null)}",
        "${coalesce(var.open, \"x\")}",
        "${format(\"%s\", [1])}",
        "${setproduct(var.names, toset(var.names))}",
        "${templatefile(\"x\", {a = 1})}",
        "${\"a\" == [1]}",
        "${path.module}/${terraform.workspace}",
        "${[for x in var.names : x][*]}",
        "${flatten([for k, v in var.numbers : [for n in var.names : {k = k, n = n}]])[0].k}",
        "${element(var.names, 0)}",
        "${{(var.text) = 1, \"${var.text}-x\" = 2}[var.text]}",
        "${provider::other::anything(1, 2)}",
    ] {
        let found = found(&output(value));
        assert!(found.is_empty(), "{value}: {found:#?}");
    }
}

#[test]
fn what_terraform_refuses_is_refused() {
    for (value, rule, message) in [
        (
            "${uper(var.text)}",
            "unknown_function",
            "did you mean `upper`?",
        ),
        ("${core::uper(var.text)}", "unknown_function", "uper"),
        (
            "${upper()}",
            "wrong_argument_count",
            "takes 1 argument, and gets none",
        ),
        ("${upper(var.names)}", "wrong_type", "is a list(string)"),
        ("${upper([1])}", "wrong_type", "is a list"),
        (
            "${length(5)}",
            "wrong_type",
            "takes a list, a map or a string",
        ),
        ("${keys(var.names)}", "wrong_type", "takes a map"),
        ("${sum(5)}", "wrong_type", "a list or set"),
        ("a ${var.names}", "wrong_type", "no place in a text"),
        ("${true + 1}", "wrong_type", "takes numbers"),
        ("${1 && true}", "wrong_type", "takes truth values"),
        ("${!var.names}", "wrong_type", "takes truth values"),
        ("${\"a\" < 1}", "wrong_type", "takes numbers"),
        ("${true ? [] : {}}", "wrong_type", "a list or a map"),
        (
            "${true ? true : 1}",
            "wrong_type",
            "a truth value or a number",
        ),
        ("${[for x in var.text : x]}", "wrong_type", "is a string"),
        (
            "${[for x in var.names : x if 5]}",
            "wrong_type",
            "wants a truth value",
        ),
        (
            "${var.settings.c}",
            "unknown_attribute",
            "has no attribute `c`",
        ),
        (
            "${var.settings.b[0].d}",
            "unknown_attribute",
            "has no attribute `d`",
        ),
        (
            "${local.config.nam}",
            "unknown_attribute",
            "did you mean `name`?",
        ),
        ("${local.config.sizes.x}", "unknown_attribute", "is a list"),
        ("${var.text.x}", "unknown_attribute", "is a string"),
        (
            "${var.names[\"x\"]}",
            "unknown_attribute",
            "numbers and no names",
        ),
        ("${toset(var.names)[0]}", "unknown_attribute", "no order"),
        (
            "${[for f in [1] : g]}",
            "undefined_reference",
            "refers to `g`",
        ),
        (
            "${try(uper(\"x\"), 1)}",
            "unknown_function",
            "did you mean `upper`?",
        ),
        ("${each.key}", "out_of_scope", "no `for_each`"),
        ("${self.arn}", "out_of_scope", "`self`"),
        (
            "${terraform.workspce}",
            "unknown_attribute",
            "did you mean `terraform.workspace`?",
        ),
        (
            "${~ var.nams ~}",
            "undefined_reference",
            "did you mean `var.names`?",
        ),
        (
            "${data.aws_lambda_function.f.vpc_config[0].subnet_id}",
            "unknown_attribute",
            "did you mean `subnet_ids`?",
        ),
    ] {
        finds(&output(value), rule, message);
    }
}

#[test]
fn bound_names_are_those_of_their_block() {
    let parameter = |extra: &str, value: &str| {
        format!(
            r#"{{"resource": {{"aws_ssm_parameter": {{"p": {{"name": "${{each.key}}", "type": "String", "value": "{value}", {extra}}}}}}}}}"#
        )
    };
    let each = r#""for_each": {"a": {"size": 1}}"#;
    assert!(found(&parameter(each, "${each.value.size}")).is_empty());
    finds(
        &parameter(each, "${each.value.siz}"),
        "unknown_attribute",
        "did you mean `size`?",
    );
    finds(
        &parameter(each, "${each.valu}"),
        "unknown_attribute",
        "did you mean `each.value`?",
    );
    finds(
        &parameter(r#""for_each": "${toset([each.key])}""#, "x"),
        "out_of_scope",
        "no meaning in `for_each`",
    );
    finds(
        &parameter(r#""for_each": ["a"]"#, "x"),
        "wrong_type",
        "a map or a set of strings",
    );
    let selves = r#""for_each": {"a": 1}, "lifecycle": [{"postcondition": [{"condition": "${self.version > 0}", "error_message": "x"}]}]"#;
    assert!(found(&parameter(selves, "x")).is_empty());
    let dynamic = r#"{"variable": {"v": {}}, "resource": {"aws_dynamodb_table": {"t": {"name": "t", "hash_key": "a",
        "dynamic": {"attribute": {"for_each": "${var.v}", "iterator": "it", "content": {"name": "${it.value.name}", "type": "${it}"}}}}}}}"#;
    assert!(found(dynamic).is_empty(), "{:?}", found(dynamic));
}
