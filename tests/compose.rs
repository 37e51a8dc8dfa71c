//! Stacks that use each other's resources: one document of several, and what `build()` says when a part
//! is missing or does not fit.

use serde_json::Value;
use webhook_infra::prelude::*;
use webhook_infra::{Build, Declared, Failure, build};

const LONGEST: u64 = 60;

#[stack(name = "shared", required_version = ">= 1.9")]
pub mod shared {
    use super::*;

    /// Deployment stage.
    #[variable(default = "dev")]
    pub struct Stage;

    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
    pub struct Events;

    #[alarm(Events.approximate_age_of_oldest_message >= 300, notify = Alerts)]
    pub struct EventsAge;

    #[alarm(Events.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct EventsDead;

    /// Where others put what failed.
    #[sqs(retention = "14d")]
    #[webhook_infra::allow(
        sqs_missing_dlq,
        sqs_missing_backlog_alarm,
        sqs_missing_redrive_allow,
        reason = "it is a dead-letter queue, of queues that this stack does not know"
    )]
    pub struct Failed;

    #[alarm(Failed.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct FailedAny;

    #[sqs(visibility_timeout = "3m", kms_master_key_id = Key.id, dlq(max_receives = 5))]
    #[webhook_infra::expect(
        sqs_dlq_missing_alarm,
        reason = "a test: fires in its own stack and here"
    )]
    pub struct Secrets;

    #[alarm(Secrets.approximate_age_of_oldest_message >= 300, notify = Alerts)]
    pub struct SecretsAge;

    #[resource(aws_kms_key, enable_key_rotation = true, deletion_window_in_days = 30)]
    pub struct Key;

    #[dynamodb(
        billing = "on_demand",
        pitr,
        encrypted,
        deletion_protection,
        global_index(name = "by-state", hash_key = "state", projection = "KEYS_ONLY")
    )]
    pub struct Ledger {
        #[hash_key]
        pub order: String,
        pub state: String,
    }

    #[lambda(arch = "arm64", timeout = "20s", reserved = 5, log_retention = "7d")]
    pub struct Worker;

    #[alarm(Worker.errors >= 1, notify = Alerts)]
    pub struct WorkerErrors;

    #[lambda(
        arch = "arm64",
        timeout = "10s",
        reserved = 5,
        log_retention = "7d",
        alias(live)
    )]
    pub struct Warm;

    #[alarm(Warm.errors >= 1, notify = Alerts)]
    pub struct WarmErrors;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[lambda(
        arch = "arm64",
        timeout = "30s",
        reserved = 20,
        log_retention = "30d",
        trigger(shared::Events, max_concurrency = 10)
    )]
    pub struct Booking {
        pub ledger: Query<shared::Ledger>,
        pub secrets: SendMessage<shared::Secrets>,
        pub events: SendMessage<shared::Events>,
        pub worker: Invoke<shared::Worker>,
        pub warm: Invoke<shared::Warm>,
    }

    #[alarm(Booking.errors >= 1, notify = shared::Alerts)]
    pub struct BookingErrors;

    #[alarm(shared::Events.dlq.approximate_number_of_messages_visible >= 1, notify = shared::Alerts)]
    pub struct Dead;

    #[sqs(visibility_timeout = "1m", dlq(max_receives = 5, to = shared::Failed))]
    #[webhook_infra::allow(sqs_missing_backlog_alarm, reason = "another test's matter")]
    pub struct Small;

    #[resource(aws_ssm_parameter, name = "/${shared::Stage}/orders", type = "String",
               value = jsonencode({ "queue" = shared::Events.arn, "dead" = shared::Events.dlq.arn }),
               depends_on = [shared::Events.dlq])]
    pub struct Parameter;
}

fn json(build: Build) -> Value {
    let rendered = build.render().unwrap_or_else(|failure| panic!("{failure}"));
    serde_json::from_str(&rendered.json).expect("the output is JSON")
}

fn mistakes(build: Build) -> Vec<String> {
    match build.render() {
        Err(Failure::Mistakes(mistakes)) => mistakes,
        other => panic!("there should be mistakes: {other:?}"),
    }
}

fn statement<'j>(document: &'j Value, sid: &str) -> &'j Value {
    document["data"]["aws_iam_policy_document"]["booking"]["statement"]
        .as_array()
        .and_then(|statements| statements.iter().find(|statement| statement["sid"] == sid))
        .unwrap_or_else(|| panic!("there is a statement {sid}"))
}

#[test]
fn paths_become_references_into_the_other_stack() {
    let document = json(build::<orders::Stack>().include::<shared::Stack>());
    let resources = &document["resource"];
    assert_eq!(
        resources["aws_lambda_event_source_mapping"]["booking_events"]["event_source_arn"],
        "${aws_sqs_queue.events.arn}"
    );
    assert_eq!(
        resources["aws_ssm_parameter"]["parameter"],
        serde_json::json!({
            "name": "/${var.stage}/orders",
            "type": "String",
            "value": "${jsonencode({queue = aws_sqs_queue.events.arn, dead = aws_sqs_queue.events_dlq.arn})}",
            "depends_on": ["aws_sqs_queue.events_dlq"],
        })
    );
    assert_eq!(
        resources["aws_cloudwatch_metric_alarm"]["dead"]["dimensions"]["QueueName"],
        "${aws_sqs_queue.events_dlq.name}"
    );
    assert_eq!(
        resources["aws_cloudwatch_metric_alarm"]["booking_errors"]["alarm_actions"][0],
        "${aws_sns_topic.alerts.arn}"
    );
    assert_eq!(
        resources["aws_lambda_function"]["booking"]["environment"][0]["variables"]["WORKER_FUNCTION_NAME"],
        "${aws_lambda_function.worker.arn}"
    );
    assert_eq!(shared::Events::ADDRESS, "aws_sqs_queue.events");
}

#[test]
fn a_permission_by_path_is_as_narrow_as_one_in_the_stack() {
    let document = json(build::<orders::Stack>().include::<shared::Stack>());
    assert_eq!(
        statement(&document, "QueryLedger")["resources"],
        serde_json::json!([
            "${aws_dynamodb_table.ledger.arn}",
            "${aws_dynamodb_table.ledger.arn}/index/by-state"
        ])
    );
    assert_eq!(
        statement(&document, "SendMessageSecretsKey"),
        &serde_json::json!({
            "sid": "SendMessageSecretsKey",
            "effect": "Allow",
            "actions": ["kms:Decrypt", "kms:GenerateDataKey"],
            "resources": ["${aws_kms_key.key.arn}"],
        })
    );
    let statements = document["data"]["aws_iam_policy_document"]["booking"]["statement"]
        .as_array()
        .expect("there are statements");
    let sids = statements
        .iter()
        .map(|statement| statement["sid"].as_str().expect("each has a name"))
        .collect::<Vec<_>>();
    // `Events` has no key of its own, so there is no statement for one.
    assert_eq!(
        sids,
        [
            "WriteLogs",
            "QueryLedger",
            "SendMessageSecrets",
            "SendMessageSecretsKey",
            "SendMessageEvents",
            "InvokeWorker",
            "InvokeWarm",
            "ReceiveEvents"
        ]
    );
}

#[test]
fn a_function_is_called_by_its_alias_when_it_has_one() {
    #[stack(name = "site")]
    #[webhook_infra::allow(
        api_missing_throttling,
        api_missing_access_log,
        api_missing_validation,
        reason = "another test's matter"
    )]
    pub mod site {
        use super::*;

        #[rest_api]
        pub struct Api {
            #[get("/warm", auth = "aws_iam")]
            pub warm: shared::Warm,
            #[get("/cold", auth = "aws_iam")]
            pub cold: shared::Worker,
        }
    }
    let document = json(build::<site::Stack>().include::<shared::Stack>());
    let resources = &document["resource"];
    let uri = |name: &str| resources["aws_api_gateway_integration"][name]["uri"].clone();
    assert_eq!(uri("api_warm"), "${aws_lambda_alias.warm.invoke_arn}");
    assert_eq!(uri("api_cold"), "${aws_lambda_function.worker.invoke_arn}");
    let permission = &resources["aws_lambda_permission"];
    assert_eq!(
        permission["api_warm"]["qualifier"],
        "${aws_lambda_alias.warm.name}"
    );
    assert_eq!(permission["api_cold"]["qualifier"], Value::Null);

    let document = json(build::<orders::Stack>().include::<shared::Stack>());
    assert_eq!(
        statement(&document, "InvokeWarm")["resources"][0],
        "${aws_lambda_alias.warm.arn}"
    );
}

#[test]
fn helpers_of_both_are_there_once_and_versions_are_both_required() {
    let document = json(build::<orders::Stack>().include::<shared::Stack>());
    let policies = document["data"]["aws_iam_policy_document"]
        .as_object()
        .expect("there are policies");
    assert!(policies.contains_key("lambda_assume_role"));
    assert_eq!(document["terraform"]["required_version"], ">= 1.5, >= 1.9");
    assert_eq!(
        document["terraform"]["required_providers"]["aws"]["version"],
        "~> 6.0"
    );
}

#[test]
fn a_stack_that_is_included_twice_is_there_once() {
    let twice = build::<orders::Stack>()
        .include::<shared::Stack>()
        .include::<shared::Stack>();
    let once = build::<orders::Stack>().include::<shared::Stack>();
    assert_eq!(twice.render().unwrap(), once.render().unwrap());
}

#[test]
fn without_the_other_stack_its_resources_are_missed_with_a_hint() {
    let mistakes = mistakes(build::<orders::Stack>());
    let mistake = mistakes
        .iter()
        .find(|mistake| mistake.contains("refers to `aws_sqs_queue.events`"))
        .unwrap_or_else(|| panic!("{mistakes:?}"));
    assert!(mistake.starts_with("tests/compose.rs:"), "{mistake}");
    assert!(
        mistake.contains("`.include::<shared::Stack>()`"),
        "{mistake}"
    );
    assert!(mistake.contains("rule: undefined_reference"), "{mistake}");
}

#[test]
fn rules_see_both_sides() {
    #[stack(name = "slow")]
    pub mod slow {
        use super::*;

        #[lambda(arch = "arm64", timeout = super::LONGEST, reserved = 20, log_retention = "30d",
                 trigger(shared::Events, max_concurrency = 10))]
        pub struct Slow;

        #[alarm(Slow.errors >= 1, notify = shared::Alerts)]
        pub struct SlowErrors;
    }
    let mistakes = mistakes(build::<slow::Stack>().include::<shared::Stack>());
    assert!(
        mistakes
            .iter()
            .any(|mistake| mistake.contains("rule: sqs_visibility_too_short")),
        "{mistakes:?}"
    );
}

#[test]
fn settings_that_differ_are_named() {
    #[stack(
        name = "far",
        region = "eu-west-1",
        tags(team = "far"),
        backend(s3, bucket = "b", key = "far")
    )]
    pub mod far {}
    #[stack(name = "near", region = "eu-central-1")]
    pub mod near {}

    let mistakes = mistakes(build::<near::Stack>().include::<far::Stack>());
    for part in [
        "`backend` is",
        "`region` of provider `aws` is \"eu-west-1\" in `far` and \"eu-central-1\" in `near`",
        "`default_tags` of provider `aws`",
    ] {
        assert!(
            mistakes.iter().any(|mistake| mistake.contains(part)),
            "{part}: {mistakes:?}"
        );
    }
    assert_eq!(mistakes.len(), 3, "{mistakes:?}");
    json(
        build::<far::Stack>()
            .include::<orders::Stack>()
            .include::<shared::Stack>(),
    );
}

#[test]
fn a_suppression_of_one_stack_is_none_of_the_other() {
    #[stack(name = "lax")]
    #[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "a test")]
    pub mod lax {
        #[sqs(dlq(max_receives = 5))]
        pub struct Lax;
    }
    #[stack(name = "strict")]
    pub mod strict {
        use super::*;

        #[sqs(dlq(max_receives = crate::FIVE))]
        #[webhook_infra::allow(sqs_missing_backlog_alarm, reason = "a test")]
        pub struct Strict;

        // In the macro it may be about the queue; `build()` knows that it is not.
        #[alarm(namespace = "AWS/SQS", metric_name = "ApproximateNumberOfMessagesVisible", statistic = "Maximum",
                threshold = 1, comparison_operator = "GreaterThanOrEqualToThreshold",
                dimensions = { "QueueName" = crate::NOT_THIS_QUEUE }, notify = crate::NOT_THIS_QUEUE)]
        pub struct Other;
    }
    let mistakes = mistakes(build::<strict::Stack>().include::<lax::Stack>());
    assert_eq!(mistakes.len(), 1, "{mistakes:?}");
    assert!(mistakes[0].contains("`Strict.dlq`"), "{mistakes:?}");
}

const FIVE: u32 = 5;
const NOT_THIS_QUEUE: &str = "another";
