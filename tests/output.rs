//! `out/main.tf.json`: current, complete, and what the specification says.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;
use webhook_processor::stack::webhook::Stack;

const OUTPUT: &str = include_str!("../out/main.tf.json");

fn output() -> Value {
    serde_json::from_str(OUTPUT).expect("the output is JSON")
}

/// The arguments of a resource.
fn resource(kind: &str, name: &str) -> Value {
    let found = output()["resource"][kind][name].clone();
    assert!(!found.is_null(), "there is no {kind}.{name}");
    found
}

#[test]
fn the_output_is_what_the_stack_renders() {
    let rendered = webhook_infra::build::<Stack>()
        .render()
        .expect("the stack has no mistakes");
    assert_eq!(rendered.json, OUTPUT);
    assert_eq!(
        rendered.warnings, [""; 0],
        "the stack is not even warned about"
    );
}

#[test]
fn rendering_is_the_same_every_time() {
    let render = || {
        webhook_infra::build::<Stack>()
            .render()
            .expect("the stack has no mistakes")
            .json
    };
    assert_eq!(render(), render());
}

#[test]
fn reading_the_output_back_gives_the_same_bytes() {
    let document = webhook_infra_core::json::parse(OUTPUT).expect("the output can be read");
    assert_eq!(webhook_infra_core::json::render(&document), OUTPUT);
}

#[test]
fn functions_are_as_specified() {
    for (name, reserved) in [
        ("ingestion", Value::from(50)),
        ("processing", Value::from(100)),
        ("status", Value::Null),
    ] {
        let function = resource("aws_lambda_function", name);
        assert_eq!(function["runtime"], "provided.al2023");
        assert_eq!(function["architectures"], serde_json::json!(["arm64"]));
        assert_eq!(
            function["reserved_concurrent_executions"], reserved,
            "{name}"
        );
        assert_eq!(function["logging_config"][0]["log_format"], "JSON");
        assert_eq!(
            resource("aws_cloudwatch_log_group", name)["retention_in_days"],
            7
        );
        assert_eq!(
            function["filename"],
            format!("${{path.module}}/../target/lambda/{name}/bootstrap.zip")
        );
        assert!(
            function["source_code_hash"]
                .as_str()
                .expect("a hash")
                .starts_with("${filebase64sha256(")
        );
        assert!(function["vpc_config"].is_null());
    }
    let mapping = resource("aws_lambda_event_source_mapping", "processing_events");
    assert_eq!(
        mapping["function_response_types"],
        serde_json::json!(["ReportBatchItemFailures"])
    );
}

#[test]
fn the_api_is_as_specified() {
    for (route, method, authorization, parameter) in [
        (
            "api_webhook",
            "POST",
            "NONE",
            "method.request.path.provider",
        ),
        (
            "api_status",
            "GET",
            "AWS_IAM",
            "method.request.path.transactionId",
        ),
    ] {
        let found = resource("aws_api_gateway_method", route);
        assert_eq!(found["http_method"], method);
        assert_eq!(found["authorization"], authorization);
        assert_eq!(found["request_parameters"][parameter], true);
        assert!(found["request_validator_id"].is_string());
        assert!(
            resource("aws_lambda_permission", route)["source_arn"]
                .as_str()
                .expect("an ARN")
                .contains(method)
        );
    }
    let limits = &resource("aws_api_gateway_method_settings", "api")["settings"][0];
    assert_eq!(limits["throttling_rate_limit"], 1000);
    assert!(resource("aws_api_gateway_stage", "api")["access_log_settings"].is_array());
    let deployment = resource("aws_api_gateway_deployment", "api");
    assert_eq!(deployment["lifecycle"]["create_before_destroy"], true);
    assert_eq!(
        deployment["triggers"]["redeployment"]
            .as_str()
            .map(str::len),
        Some(32)
    );
}

#[test]
fn storage_is_as_specified() {
    let table = resource("aws_dynamodb_table", "transactions");
    assert_eq!(table["hash_key"], "transactionId");
    assert_eq!(table["range_key"], "timestamp");
    assert_eq!(table["billing_mode"], "PAY_PER_REQUEST");
    assert_eq!(table["point_in_time_recovery"][0]["enabled"], true);
    assert_eq!(table["server_side_encryption"][0]["enabled"], true);

    assert_eq!(
        resource("aws_s3_bucket_versioning", "payloads")["versioning_configuration"][0]["status"],
        "Enabled"
    );
    let encryption = resource(
        "aws_s3_bucket_server_side_encryption_configuration",
        "payloads",
    );
    assert_eq!(
        encryption["rule"][0]["apply_server_side_encryption_by_default"][0]["sse_algorithm"],
        "AES256"
    );
    let rules = resource("aws_s3_bucket_lifecycle_configuration", "payloads")["rule"].clone();
    let archive = rules
        .as_array()
        .expect("rules")
        .iter()
        .find(|rule| rule["id"] == "archive")
        .expect("an archive rule");
    assert_eq!(
        archive["transition"][0],
        serde_json::json!({"days": 30, "storage_class": "GLACIER"})
    );

    let queue = resource("aws_sqs_queue", "events");
    assert_eq!(queue["visibility_timeout_seconds"], 300);
    assert!(
        queue["redrive_policy"]
            .as_str()
            .expect("a policy")
            .contains("maxReceiveCount = 3")
    );
}

#[test]
fn guarantee_29_every_role_allows_exactly_what_its_function_does() {
    let allowed = |name: &str| {
        let statements = output()["data"]["aws_iam_policy_document"][name]["statement"].clone();
        statements
            .as_array()
            .expect("statements")
            .iter()
            .flat_map(|statement| {
                assert_eq!(statement["effect"], "Allow");
                let resources = statement["resources"]
                    .as_array()
                    .expect("resources")
                    .clone();
                let actions = statement["actions"].as_array().expect("actions").clone();
                actions.into_iter().map(move |action| {
                    format!(
                        "{} {}",
                        action.as_str().expect("an action"),
                        resources[0].as_str().expect("a resource")
                    )
                })
            })
            .collect::<BTreeSet<_>>()
    };
    let logs = |name: &str| {
        ["logs:CreateLogStream", "logs:PutLogEvents"]
            .map(|action| format!("{action} ${{aws_cloudwatch_log_group.{name}.arn}}:*"))
    };
    let expected = |name: &str, more: &[&str]| {
        logs(name)
            .into_iter()
            .chain(more.iter().map(|&line| line.to_owned()))
            .collect::<BTreeSet<_>>()
    };
    assert_eq!(
        allowed("ingestion"),
        expected(
            "ingestion",
            &[
                "s3:PutObject ${aws_s3_bucket.payloads.arn}/raw/*",
                "secretsmanager:GetSecretValue ${aws_secretsmanager_secret.provider_secrets.arn}",
                "sqs:SendMessage ${aws_sqs_queue.events.arn}",
            ]
        )
    );
    assert_eq!(
        allowed("processing"),
        expected(
            "processing",
            &[
                "dynamodb:PutItem ${aws_dynamodb_table.transactions.arn}",
                "s3:PutObject ${aws_s3_bucket.payloads.arn}/raw/*",
                "sqs:DeleteMessage ${aws_sqs_queue.events.arn}",
                "sqs:GetQueueAttributes ${aws_sqs_queue.events.arn}",
                "sqs:ReceiveMessage ${aws_sqs_queue.events.arn}",
            ]
        )
    );
    assert_eq!(
        allowed("status"),
        expected(
            "status",
            &["dynamodb:Query ${aws_dynamodb_table.transactions.arn}"]
        )
    );
}

#[test]
fn every_alarm_notifies_the_topic() {
    let alarms = output()["resource"]["aws_cloudwatch_metric_alarm"].clone();
    let alarms = alarms.as_object().expect("alarms");
    for (name, alarm) in alarms {
        assert_eq!(
            alarm["alarm_actions"],
            serde_json::json!(["${aws_sns_topic.alerts.arn}"]),
            "{name}"
        );
    }
    for name in [
        "ingestion_errors",
        "processing_errors",
        "status_errors",
        "backlog_growth",
        "backlog_age",
        "dead_letters",
        "api_errors",
        "invalid_signatures",
        "conflicts",
        "failed_messages",
    ] {
        assert!(alarms.contains_key(name), "{name} is missing");
    }
}

#[test]
fn the_build_graph_is_lean() {
    let tree = Command::new(env!("CARGO"))
        .args([
            "tree",
            "--package",
            "webhook-processor",
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    let tree = String::from_utf8_lossy(&tree.stdout).into_owned();
    let crates = tree
        .lines()
        .filter_map(|line| line.split(' ').next())
        .collect::<BTreeSet<_>>();
    assert!(crates.contains("syn"), "the tree was read: {tree}");
    for heavy in [
        "tokio",
        "async-std",
        "hyper",
        "reqwest",
        "aws-config",
        "aws-sdk-sqs",
        "rustls",
        "clap",
    ] {
        assert!(
            !crates.contains(heavy),
            "{heavy} is in the build of the stack"
        );
    }
    assert!(crates.len() <= 16, "{} crates: {crates:?}", crates.len());
}
