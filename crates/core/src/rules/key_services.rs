//! Which AWS services have to use a key on their own: what an encrypted queue, topic or log group is
//! written by and an encrypted bucket read and written by, other than the callers whose roles say what they may do.
//!
//! The facts are here once, for the rule that looks for keys that cannot be used and for the construct
//! that writes a key's policy.
//!
//! Source: Amazon SQS Developer Guide, "Amazon SQS key management"; Amazon SNS Developer Guide, "Managing
//! Amazon SNS encryption keys and costs"; Amazon CloudWatch Logs User Guide, "Encrypt log data in
//! CloudWatch Logs using AWS Key Management Service", and "Enable logging from AWS services"; Amazon
//! CloudFront Developer Guide, "Restrict access to an Amazon S3 origin".

use super::lookup::is_resource;
use super::policy::policy;
use crate::graph::{Graph, Resource};
use crate::value::{Reference, Target, Value};

/// CloudWatch, for alarms.
pub const CLOUDWATCH: &str = "cloudwatch.amazonaws.com";
/// CloudFront, which reads what it serves from a bucket.
pub const CLOUDFRONT: &str = "cloudfront.amazonaws.com";
/// The delivery of logs to a bucket.
pub const DELIVERY: &str = "delivery.logs.amazonaws.com";
/// EventBridge. It sends no `aws:SourceAccount` or `aws:SourceArn` to KMS.
pub const EVENTS: &str = "events.amazonaws.com";
/// CloudWatch Logs. Its principal in a key policy has the region in it: `logs.eu-central-1.amazonaws.com`.
pub const LOGS: &str = "logs.amazonaws.com";
const S3: &str = "s3.amazonaws.com";
const SNS: &str = "sns.amazonaws.com";

/// What writing to an encrypted queue or topic takes.
pub const ACTIONS: [&str; 2] = ["kms:Decrypt", "kms:GenerateDataKey*"];
/// What reading from an encrypted bucket takes.
pub const READ_ACTIONS: [&str; 1] = ["kms:Decrypt"];
/// What CloudWatch Logs needs of the key of a log group.
pub const LOGS_ACTIONS: [&str; 5] = [
    "kms:Encrypt*",
    "kms:Decrypt*",
    "kms:ReEncrypt*",
    "kms:GenerateDataKey*",
    "kms:Describe*",
];

/// A service that has to use the key of a resource.
#[derive(Clone, Copy)]
pub struct Use<'g> {
    /// The service's principal.
    pub service: &'static str,
    /// What is encrypted; for a bucket the block that says so.
    pub encrypted: Resource<'g>,
    /// The argument that names the key, as a path.
    pub argument: &'static str,
    /// What makes the service write, and the argument in which it says so. A log group is written by
    /// CloudWatch Logs whoever logs.
    pub sender: Option<(Resource<'g>, &'static str)>,
}

/// What is encrypted, by which argument.
const ENCRYPTED: [(&str, &str); 3] = [
    ("aws_cloudwatch_log_group", "kms_key_id"),
    ("aws_sns_topic", "kms_master_key_id"),
    ("aws_sqs_queue", "kms_master_key_id"),
];

/// What is written to, by a resource of which type that names it in which argument, and by which service
/// then.
const SENDERS: &[(&str, &str, &str, &str)] = &[
    (QUEUE, "aws_sns_topic_subscription", "endpoint", SNS),
    (QUEUE, "aws_sns_topic_subscription", "redrive_policy", SNS),
    (QUEUE, "aws_s3_bucket_notification", "queue", S3),
    (QUEUE, "aws_cloudwatch_event_target", "arn", EVENTS),
    (
        QUEUE,
        "aws_cloudwatch_event_target",
        "dead_letter_config",
        EVENTS,
    ),
    (TOPIC, ALARM, "alarm_actions", CLOUDWATCH),
    (TOPIC, ALARM, "ok_actions", CLOUDWATCH),
    (TOPIC, ALARM, "insufficient_data_actions", CLOUDWATCH),
    (TOPIC, COMPOSITE_ALARM, "alarm_actions", CLOUDWATCH),
    (TOPIC, COMPOSITE_ALARM, "ok_actions", CLOUDWATCH),
    (
        TOPIC,
        COMPOSITE_ALARM,
        "insufficient_data_actions",
        CLOUDWATCH,
    ),
    (TOPIC, "aws_s3_bucket_notification", "topic", S3),
    (TOPIC, "aws_cloudwatch_event_target", "arn", EVENTS),
    (
        TOPIC,
        "aws_budgets_budget",
        "notification",
        "budgets.amazonaws.com",
    ),
    (
        TOPIC,
        "aws_codestarnotifications_notification_rule",
        "target",
        "codestar-notifications.amazonaws.com",
    ),
    (
        TOPIC,
        "aws_db_event_subscription",
        "sns_topic",
        "events.rds.amazonaws.com",
    ),
];

const DISTRIBUTION: &str = "aws_cloudfront_distribution";
const QUEUE: &str = "aws_sqs_queue";
const TOPIC: &str = "aws_sns_topic";
const ALARM: &str = "aws_cloudwatch_metric_alarm";
const COMPOSITE_ALARM: &str = "aws_cloudwatch_composite_alarm";

/// Every service that has to use the key of a resource of the stack, once for each of the two.
pub fn uses<'g>(graph: &'g Graph<'g>) -> Vec<Use<'g>> {
    let mut uses: Vec<Use<'g>> = Vec::new();
    for (type_name, argument) in ENCRYPTED {
        let is_encrypted = |resource: &Resource<'g>| resource.get(argument).is_some();
        for encrypted in graph.resources(type_name).filter(is_encrypted) {
            let start = uses.len();
            if type_name == "aws_cloudwatch_log_group" {
                uses.push(Use {
                    service: LOGS,
                    encrypted,
                    argument,
                    sender: None,
                });
            }
            for (_, sender_type, place, service) in
                SENDERS.iter().filter(|(to, ..)| *to == type_name)
            {
                let sender = encrypted
                    .referrers(sender_type, place)
                    .find(|sender| !has_role(*sender));
                let is_known = uses[start..].iter().any(|known| known.service == *service);
                if let Some(sender) = sender.filter(|_| !is_known) {
                    uses.push(Use {
                        service,
                        encrypted,
                        argument,
                        sender: Some((sender, place)),
                    });
                }
            }
        }
    }
    buckets(graph, &mut uses);
    uses
}

/// Where a bucket's encryption is said, and the path of its key there.
const BUCKET_ENCRYPTED: [(&str, &str); 2] = [
    (
        "aws_s3_bucket_server_side_encryption_configuration",
        "rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ),
    (
        "aws_s3_bucket",
        "server_side_encryption_configuration.rule.apply_server_side_encryption_by_default.kms_master_key_id",
    ),
];

/// What reads from encrypted buckets and writes to them.
fn buckets<'g>(graph: &'g Graph<'g>, uses: &mut Vec<Use<'g>>) {
    for (type_name, argument) in BUCKET_ENCRYPTED {
        let is_encrypted = |resource: &Resource<'g>| resource.get(argument).is_some();
        for encrypted in graph.resources(type_name).filter(is_encrypted) {
            let bucket = match type_name {
                "aws_s3_bucket" => Some(encrypted),
                _ => encrypted
                    .referred("bucket")
                    .filter(|bucket| is_resource(*bucket, "aws_s3_bucket")),
            };
            let Some(bucket) = bucket else {
                continue;
            };
            let reader = bucket
                .referrers(DISTRIBUTION, "origin")
                .find(|distribution| reads(*distribution, bucket));
            let place = "delivery_destination_configuration";
            let writer = bucket
                .referrers("aws_cloudwatch_log_delivery_destination", place)
                .next();
            let reader = reader.map(|reader| (CLOUDFRONT, reader, "origin"));
            let writer = writer.map(|writer| (DELIVERY, writer, place));
            uses.extend(reader.into_iter().chain(writer).map(|found| Use {
                service: found.0,
                encrypted,
                argument,
                sender: Some((found.1, found.2)),
            }));
        }
    }
}

/// Whether a distribution asks the bucket in its own name, by an origin access control. The older
/// identities cannot read what KMS encrypts, whatever its policy says.
fn reads(distribution: Resource<'_>, bucket: Resource<'_>) -> bool {
    let origins = distribution
        .get("origin")
        .map(Value::objects)
        .unwrap_or_default();
    origins.into_iter().any(|origin| {
        let mut is_bucket = false;
        origin.iter().for_each(|(_, value)| {
            value.walk(&mut |inner| {
                let found = inner
                    .as_reference()
                    .and_then(|reference| distribution.graph.target(&reference.target));
                is_bucket |= found.is_some_and(|found| found.is(bucket));
            });
        });
        is_bucket && origin.get("origin_access_control_id").is_some()
    })
}

/// With a role EventBridge is a caller like any other.
fn has_role(sender: Resource<'_>) -> bool {
    sender.type_name() == "aws_cloudwatch_event_target" && sender.get("role_arn").is_some()
}

/// The services that the policy of an encrypted queue or topic lets write to it, besides those that
/// something in the stack makes write.
pub fn invited(encrypted: Resource<'_>) -> Vec<String> {
    let (type_name, argument, action) = match encrypted.type_name() {
        QUEUE => ("aws_sqs_queue_policy", "queue_url", "sqs:SendMessage"),
        TOPIC => ("aws_sns_topic_policy", "arn", "sns:Publish"),
        _ => return Vec::new(),
    };
    let mut services = Vec::new();
    for (_, statements) in encrypted
        .referrers(type_name, argument)
        .filter_map(|resource| policy(resource, "policy"))
    {
        let statements = statements.iter().filter(|statement| {
            statement.allows
                && statement
                    .actions
                    .iter()
                    .any(|(pattern, _)| matches(pattern, action))
        });
        let principals = statements.flat_map(|statement| &statement.principals);
        for (_, identifiers) in principals.filter(|(kind, _)| kind == "Service") {
            services.extend(
                identifiers
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned),
            );
        }
    }
    services
}

/// The key of the stack that an argument names, by its ARN or id or by an alias of it.
pub fn key_of<'g>(resource: Resource<'g>, argument: &str) -> Option<Resource<'g>> {
    let found = resource.referred(argument)?;
    if is_resource(found, "aws_kms_alias") {
        return found
            .referred("target_key_id")
            .filter(|key| is_resource(*key, "aws_kms_key"));
    }
    is_resource(found, "aws_kms_key").then_some(found)
}

/// The alias of an AWS managed key (`alias/aws/sqs`) that an argument names, by its name or through the
/// data source.
pub(super) fn managed_alias<'g>(resource: Resource<'g>, argument: &str) -> Option<&'g str> {
    let value = resource.get(argument)?;
    let name = match value.as_reference() {
        Some(Reference {
            target: target @ Target::Data(type_name, _),
            ..
        }) if type_name == "aws_kms_alias" => resource.graph.target(target)?.text("name")?,
        _ => value.as_str()?,
    };
    let start = name.find("alias/aws/")?;
    name.get(start..)
}

/// Whether a pattern of an IAM action, with `*` and `?`, allows an action. IAM compares without case.
pub(super) fn matches(pattern: &str, action: &str) -> bool {
    fn all(pattern: &[u8], text: &[u8]) -> bool {
        match (pattern.split_first(), text.split_first()) {
            (None, None) => true,
            (Some((b'*', rest)), _) => (0..=text.len()).any(|skipped| all(rest, &text[skipped..])),
            (Some((b'?', rest)), Some((_, text))) => all(rest, text),
            (Some((letter, rest)), Some((found, text))) => {
                letter.eq_ignore_ascii_case(found) && all(rest, text)
            }
            _ => false,
        }
    }
    all(pattern.as_bytes(), action.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn a_service_is_found_once_for_each_resource() {
        let document = json::parse(
            r#"{"resource": {
                "aws_kms_key": {"k": {}},
                "aws_kms_alias": {"k": {"name": "alias/k", "target_key_id": "${aws_kms_key.k.key_id}"}},
                "aws_sqs_queue": {"q": {"kms_master_key_id": "${aws_kms_alias.k.arn}"}, "plain": {}},
                "aws_sns_topic_subscription": {
                    "a": {"endpoint": "${aws_sqs_queue.q.arn}"},
                    "b": {"endpoint": "${aws_sqs_queue.q.arn}"},
                    "c": {"endpoint": "${aws_sqs_queue.plain.arn}"}
                },
                "aws_cloudwatch_event_target": {
                    "own": {"arn": "${aws_sqs_queue.q.arn}", "role_arn": "arn:aws:iam::1:role/r"}
                },
                "aws_cloudwatch_log_group": {"l": {"kms_key_id": "${aws_kms_key.k.arn}"}}
            }}"#,
        )
        .unwrap();
        let graph = Graph::new(&document);
        let found = uses(&graph)
            .iter()
            .map(|found| (found.service, found.encrypted.block.address().to_string()))
            .collect::<Vec<_>>();
        assert_eq!(
            found,
            [
                (LOGS, "aws_cloudwatch_log_group.l".to_owned()),
                (SNS, "aws_sqs_queue.q".to_owned())
            ]
        );
        let queue = graph
            .resources("aws_sqs_queue")
            .find(|queue| queue.get("kms_master_key_id").is_some())
            .unwrap();
        assert_eq!(
            key_of(queue, "kms_master_key_id")
                .unwrap()
                .block
                .address()
                .as_str(),
            "aws_kms_key.k"
        );
    }

    #[test]
    fn a_bucket_is_read_by_cloudfront_and_written_by_the_delivery_of_logs() {
        let document = json::parse(
            r#"{"resource": {
                "aws_kms_key": {"k": {}},
                "aws_s3_bucket": {"site": {}, "logs": {}, "old": {}},
                "aws_s3_bucket_server_side_encryption_configuration": {
                    "site": {"bucket": "${aws_s3_bucket.site.id}", "rule": [{"apply_server_side_encryption_by_default": [{"kms_master_key_id": "${aws_kms_key.k.arn}"}]}]},
                    "logs": {"bucket": "${aws_s3_bucket.logs.id}", "rule": {"apply_server_side_encryption_by_default": {"kms_master_key_id": "${aws_kms_key.k.arn}"}}},
                    "old": {"bucket": "${aws_s3_bucket.old.id}", "rule": {"apply_server_side_encryption_by_default": {"kms_master_key_id": "${aws_kms_key.k.arn}"}}}
                },
                "aws_cloudfront_distribution": {"d": {"origin": [
                    {"domain_name": "${aws_s3_bucket.site.bucket_regional_domain_name}", "origin_access_control_id": "E1"},
                    {"domain_name": "${aws_s3_bucket.old.bucket_regional_domain_name}"}
                ]}},
                "aws_cloudwatch_log_delivery_destination": {"d": {
                    "delivery_destination_configuration": {"destination_resource_arn": "${aws_s3_bucket.logs.arn}"}
                }}
            }}"#,
        )
        .unwrap();
        let graph = Graph::new(&document);
        let found = uses(&graph);
        let named = found
            .iter()
            .map(|found| (found.service, found.encrypted.block.labels[1].as_str()))
            .collect::<Vec<_>>();
        assert_eq!(named, [(DELIVERY, "logs"), (CLOUDFRONT, "site")]);
        for found in found {
            let key = key_of(found.encrypted, found.argument).unwrap();
            assert_eq!(key.block.address().as_str(), "aws_kms_key.k");
        }
    }

    #[test]
    fn actions_have_wildcards_and_no_case() {
        assert!(matches("kms:*", "kms:Decrypt"));
        assert!(matches("*", "kms:Decrypt"));
        assert!(matches("KMS:generatedatakey*", "kms:GenerateDataKey"));
        assert!(matches("kms:De?rypt", "kms:Decrypt"));
        assert!(!matches("kms:Decrypt", "kms:DecryptMore"));
        assert!(!matches("kms:Encrypt*", "kms:Decrypt"));
    }
}
