//! What the webhook processor guarantees by its infrastructure, read from the file that is deployed. The numbers are
//! those of `docs/webhooks.md`; the functions' own tests have the others.

use std::fs;

use serde_json::Value;

fn output() -> Value {
    let text = fs::read_to_string("out/main.tf.json").expect("cargo build writes the output");
    serde_json::from_str(&text).expect("the output is JSON")
}

fn resource(type_: &str, name: &str) -> Value {
    let found = output()["resource"][type_][name].clone();
    assert!(!found.is_null(), "there is no {type_}.{name}");
    found
}

fn number(value: &Value) -> u64 {
    value
        .as_u64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

fn alarm(name: &str) -> Value {
    resource("aws_cloudwatch_metric_alarm", name)
}

#[test]
fn guarantee_09_the_receiver_ends_within_ten_seconds() {
    let timeout = number(&resource("aws_lambda_function", "ingestion")["timeout"]);
    assert!(timeout <= 10);
}

#[test]
fn guarantee_12_the_receiver_is_throttled_and_has_its_own_concurrency() {
    let settings = resource("aws_api_gateway_method_settings", "api");
    let settings = &settings["settings"][0];
    assert_eq!(settings["throttling_rate_limit"], 1000);
    let throttled = resource("aws_api_gateway_gateway_response", "api_throttled");
    assert_eq!(throttled["response_type"], "THROTTLED");
    let headers = &throttled["response_parameters"];
    assert_eq!(headers["gatewayresponse.header.Retry-After"], "'1'");
    for (name, concurrency) in [("ingestion", 50), ("processing", 100)] {
        let function = resource("aws_lambda_function", name);
        assert_eq!(function["reserved_concurrent_executions"], concurrency);
    }
}

#[test]
fn guarantee_20_lambda_hears_which_messages_have_failed() {
    let mapping = resource("aws_lambda_event_source_mapping", "processing_events");
    let kinds = &mapping["function_response_types"];
    assert_eq!(kinds, &serde_json::json!(["ReportBatchItemFailures"]));
}

#[test]
fn guarantee_23_messages_stay_hidden_and_are_kept_long_enough() {
    let queue = resource("aws_sqs_queue", "events");
    let dead = resource("aws_sqs_queue", "events_dlq");
    let timeout = number(&resource("aws_lambda_function", "processing")["timeout"]);
    assert!(number(&queue["visibility_timeout_seconds"]) >= 6 * timeout);
    let kept = number(&queue["message_retention_seconds"]);
    assert!(number(&dead["message_retention_seconds"]) > kept);
}

#[test]
fn guarantee_24_no_message_fails_for_want_of_concurrency() {
    let mapping = resource("aws_lambda_event_source_mapping", "processing_events");
    let most = number(&mapping["scaling_config"][0]["maximum_concurrency"]);
    let function = resource("aws_lambda_function", "processing");
    assert!(most <= number(&function["reserved_concurrent_executions"]));
}

#[test]
fn guarantee_25_somebody_is_told() {
    for name in [
        "dead_letters",
        "backlog_age",
        "api_errors",
        "invalid_signatures",
        "conflicts",
        "failed_messages",
    ] {
        let alarm = alarm(name);
        let periods = alarm["evaluation_periods"].as_u64().unwrap_or(1);
        assert!(number(&alarm["period"]) * periods <= 300, "{name}");
        assert_eq!(
            alarm["alarm_actions"],
            serde_json::json!(["${aws_sns_topic.alerts.arn}"])
        );
    }
    assert_eq!(number(&alarm("dead_letters")["threshold"]), 1);
    let reason = alarm("invalid_signatures")["dimensions"]["Reason"].clone();
    assert_eq!(reason, "invalid-signature");
}

#[test]
fn guarantee_26_no_function_may_redrive() {
    let text = output()["data"]["aws_iam_policy_document"].to_string();
    assert!(!text.contains("MessageMoveTask"));
}

#[test]
fn guarantee_27_payloads_are_kept_in_versions_and_encrypted() {
    let versioning = resource("aws_s3_bucket_versioning", "payloads");
    let configuration = &versioning["versioning_configuration"][0];
    assert_eq!(configuration["status"], "Enabled");
    resource(
        "aws_s3_bucket_server_side_encryption_configuration",
        "payloads",
    );
    resource("aws_s3_bucket_lifecycle_configuration", "payloads");
}

#[test]
fn guarantee_28_a_broken_function_loses_nothing_for_four_days() {
    let queue = resource("aws_sqs_queue", "events");
    assert!(number(&queue["message_retention_seconds"]) >= 4 * 86_400);
    assert!(queue["redrive_policy"].to_string().contains("events_dlq"));
}

#[test]
fn guarantee_30_no_secret_is_in_the_output() {
    let secrets = output()["resource"]["aws_secretsmanager_secret_version"].clone();
    assert!(secrets.is_null(), "the value is put in by hand");
    let function = resource("aws_lambda_function", "ingestion");
    let variables = &function["environment"][0]["variables"];
    assert_eq!(
        variables["PROVIDER_SECRETS_SECRET_ARN"],
        "${aws_secretsmanager_secret.provider_secrets.arn}"
    );
    assert_eq!(variables.as_object().expect("variables").len(), 3);
}

#[test]
fn every_guarantee_of_the_documentation_has_a_test() {
    let page = fs::read_to_string("docs/webhooks.md").expect("there is a page");
    let mut tests = String::new();
    for folder in [
        "tests",
        "functions/src",
        "functions/tests",
        "crates/webhook-infra/src/lambda",
    ] {
        collect(folder.as_ref(), &mut tests);
    }
    for number in 1..=30 {
        assert!(
            page.contains(&format!("\n| {number} | ")),
            "{number} is not in the page"
        );
        assert!(
            page.contains(&format!("`guarantee_{number:02}`")),
            "{number} names no test"
        );
        let test = format!("fn guarantee_{number:02}_");
        assert!(tests.contains(&test), "{number} has no test");
    }
}

fn collect(folder: &std::path::Path, text: &mut String) {
    for entry in fs::read_dir(folder).expect("the folder can be read") {
        let path = entry.expect("its entries can be read").path();
        if path.is_dir() {
            collect(&path, text);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            text.push_str(&fs::read_to_string(&path).expect("the file can be read"));
        }
    }
}
