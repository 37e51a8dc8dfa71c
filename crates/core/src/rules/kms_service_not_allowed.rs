//! A service that has to use a key may.

use super::key_services::{
    CLOUDFRONT, CLOUDWATCH, DELIVERY, EVENTS, LOGS, Use, key_of, managed_alias, matches, uses,
};
use super::lookup::{is_dynamic, is_resource};
use super::policy::{Statement, policy};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "kms_service_not_allowed",
    summary: "a key's policy lets the AWS services use it that have to",
    explanation: "When SNS, S3, EventBridge or CloudWatch write to an encrypted queue or topic, and when CloudWatch \
        Logs stores the events of an encrypted log group, the service itself uses the key. No role speaks for \
        it, so the key's policy has to: `kms:Decrypt` and `kms:GenerateDataKey*` for the service's principal. The same goes for CloudFront, which \
        reads what it serves from an encrypted bucket (`kms:Decrypt`), and for the delivery of its logs. \
        The policy of an AWS managed key such as `alias/aws/sqs` does not allow it and cannot be changed, and a \
        key without a policy of its own lets in the account's roles only. EventBridge sends no \
        `aws:SourceAccount` and no `aws:SourceArn` to KMS, so a statement with such a condition never lets it \
        in. `#[kms_key]` finds the services that need it and writes the statements.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Amazon SQS key management\"; Amazon SNS Developer Guide, \"Managing Amazon SNS encryption keys and costs\"; Amazon CloudWatch Logs User Guide, \"Encrypt log data in CloudWatch Logs using AWS Key Management Service\"; Amazon CloudFront Developer Guide, \"Restrict access to an Amazon S3 origin\"",
};

/// What a service needs: CloudFront reads, the others write.
fn needed(service: &str) -> &'static [&'static str] {
    match service {
        CLOUDFRONT => &["kms:Decrypt"],
        _ => &["kms:Decrypt", "kms:GenerateDataKey"],
    }
}

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for found in uses(graph) {
        let Use {
            service,
            encrypted,
            argument,
            sender,
        } = found;
        let managed = managed_alias(encrypted, argument);
        let key = match (managed, key_of(encrypted, argument)) {
            // `sns_alarm_key_unusable` says so.
            (Some(_), _) if service == CLOUDWATCH => continue,
            (Some(alias), _) => format!("`{alias}`"),
            (None, Some(key)) if !lets(key, service) => key.describe(),
            _ => continue,
        };
        let shown = principal(service);
        let writes = match sender {
            Some((sender, _)) if service == CLOUDFRONT => {
                format!("{} makes it read there", sender.describe())
            }
            Some((sender, _)) => format!("{} makes it write there", sender.describe()),
            None => "it stores the events".to_owned(),
        };
        let help = match (managed, service) {
            (Some(_), _) => format!(
                "make a key of your own with `#[kms_key] pub struct Data;` and write `key = Data` (Terraform: `{argument}`)"
            ),
            (None, LOGS) => format!(
                "declare the key with `#[kms_key]`, which lets the services in that need it, or allow `{shown}` \
                 `kms:Encrypt*`, `kms:Decrypt*`, `kms:ReEncrypt*`, `kms:GenerateDataKey*` and `kms:Describe*` in its policy"
            ),
            (None, EVENTS) => format!(
                "declare the key with `#[kms_key]`, which lets the services in that need it, or allow `{shown}` \
                 `kms:Decrypt` and `kms:GenerateDataKey*` in its policy, without a condition on `aws:SourceAccount` or `aws:SourceArn`"
            ),
            (None, CLOUDFRONT) => format!(
                "declare the key with `#[kms_key]`, which lets the services in that need it, or allow `{shown}` \
                 `kms:Decrypt` in its policy, with a condition on `aws:SourceArn`"
            ),
            _ => format!(
                "declare the key with `#[kms_key]`, which lets the services in that need it, or allow `{shown}` \
                 `kms:Decrypt` and `kms:GenerateDataKey*` in its policy"
            ),
        };
        let diagnostic = findings
            .at(
                encrypted,
                encrypted.origin_of(argument),
                format!(
                    "{} is encrypted with {key}, which `{shown}` may not use, but has to: {writes}",
                    described(encrypted),
                ),
            )
            .because(match service {
                LOGS => "CloudWatch Logs refuses the key, and the log group is not made",
                CLOUDFRONT => {
                    "the bucket denies CloudFront every object, and viewers get status 403"
                }
                DELIVERY => "the delivery cannot encrypt what it writes, and the logs are lost",
                _ => "the service cannot encrypt what it writes, and the message is lost",
            });
        if let Some((sender, place)) = sender {
            diagnostic.related(
                format!("`{place}` of {}", sender.describe()),
                sender.origin_of(place),
            );
        }
        diagnostic.help(help);
    }
}

/// The bucket for the block that says how it is encrypted.
fn described(encrypted: Resource<'_>) -> String {
    encrypted
        .referred("bucket")
        .filter(|bucket| is_resource(*bucket, "aws_s3_bucket"))
        .unwrap_or(encrypted)
        .describe()
}

fn principal(service: &str) -> &str {
    if service == LOGS {
        "logs.<region>.amazonaws.com"
    } else {
        service
    }
}

/// Whether the policies of a key let a service use it, or may.
fn lets(key: Resource<'_>, service: &str) -> bool {
    let inline = key.get("policy").map(|_| (key, "policy"));
    let apart = key
        .referrers("aws_kms_key_policy", "key_id")
        .map(|resource| (resource, "policy"));
    let mut statements = Vec::new();
    for (resource, path) in inline.into_iter().chain(apart) {
        let Some((block, found)) = policy(resource, path) else {
            return true;
        };
        let adds = ["source_policy_documents", "override_policy_documents"];
        if is_dynamic(block, "statement") || adds.iter().any(|name| block.get(name).is_some()) {
            return true;
        }
        statements.extend(found);
    }
    needed(service).iter().all(|action| {
        statements
            .iter()
            .any(|statement| allows(statement, service, action))
    })
}

fn allows(statement: &Statement, service: &str, action: &str) -> bool {
    let is_meant = statement.principals.iter().any(|(kind, identifiers)| {
        identifiers
            .iter()
            .any(|identifier| match identifier.as_str() {
                Some("*") => kind == "*" || kind == "AWS",
                Some(name) => kind == "Service" && is_service(name, service),
                None => kind == "Service",
            })
    });
    // An action that is not known yet is none of the texts.
    let does = statement.actions.is_empty() && statement.not_action.is_none()
        || statement
            .actions
            .iter()
            .any(|(pattern, _)| matches(pattern, action));
    statement.allows && is_meant && does && !(service == EVENTS && has_source(statement))
}

fn is_service(name: &str, service: &str) -> bool {
    name == service
        || service == LOGS && name.starts_with("logs.") && name.contains(".amazonaws.com")
}

/// Whether the statement wants to know on whose behalf the service calls.
fn has_source(statement: &Statement) -> bool {
    statement.conditions.iter().any(|(test, key, values)| {
        let is_known = values.iter().all(|value| *value != Value::from(""));
        is_known
            && !test.ends_with("IfExists")
            && ["aws:sourceaccount", "aws:sourcearn", "aws:sourceorgid"]
                .contains(&key.to_ascii_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(key: &str, policy: &str, rest: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_kms_key": {{"k": {{{policy}}}}},
                "aws_sqs_queue": {{"q": {{"kms_master_key_id": "{key}"}}}},
                "aws_sns_topic": {{"t": {{}}}}
                {rest}}}}}"#
        )
    }

    const KEY: &str = "${aws_kms_key.k.arn}";
    const SUBSCRIBED: &str = r#", "aws_sns_topic_subscription": {"s": {"topic_arn": "${aws_sns_topic.t.arn}",
        "protocol": "sqs", "endpoint": "${aws_sqs_queue.q.arn}"}}"#;
    const TARGET: &str =
        r#", "aws_cloudwatch_event_target": {"e": {"arn": "${aws_sqs_queue.q.arn}"}}"#;

    fn policy(service: &str, actions: &str, condition: &str) -> String {
        format!(
            r#""policy": "${{jsonencode({{Statement = [{{Effect = \"Allow\", Principal = {{Service = \"{service}\"}},
                Action = {actions}, Resource = \"*\"{condition}}}]}})}}""#
        )
        .replace('\n', " ")
    }

    #[test]
    fn a_key_without_a_policy_lets_no_service_in() {
        fires(
            &RULE,
            &stack(KEY, "", SUBSCRIBED),
            "queue `aws_sqs_queue.q` is encrypted with key `aws_kms_key.k`, which `sns.amazonaws.com` may not use",
        );
        fires(&RULE, &stack(KEY, "", TARGET), "`events.amazonaws.com`");
        passes(&RULE, &stack(KEY, "", ""));
        passes(&RULE, &stack("${var.key}", "", SUBSCRIBED));
        passes(
            &RULE,
            &stack(KEY, r#""policy": "${var.policy}""#, SUBSCRIBED),
        );
    }

    #[test]
    fn both_actions_are_needed() {
        let both = r#"[\"kms:Decrypt\", \"kms:GenerateDataKey*\"]"#;
        passes(
            &RULE,
            &stack(KEY, &policy("sns.amazonaws.com", both, ""), SUBSCRIBED),
        );
        passes(
            &RULE,
            &stack(
                KEY,
                &policy("sns.amazonaws.com", r#"\"kms:*\""#, ""),
                SUBSCRIBED,
            ),
        );
        fires(
            &RULE,
            &stack(
                KEY,
                &policy("sns.amazonaws.com", r#"\"kms:Decrypt\""#, ""),
                SUBSCRIBED,
            ),
            "may not use",
        );
        fires(
            &RULE,
            &stack(KEY, &policy("s3.amazonaws.com", both, ""), SUBSCRIBED),
            "may not use",
        );
    }

    #[test]
    fn event_bridge_has_no_source() {
        let both = r#"[\"kms:Decrypt\", \"kms:GenerateDataKey*\"]"#;
        let condition = r#", Condition = {StringEquals = {\"aws:SourceAccount\" = \"1\"}}"#;
        fires(
            &RULE,
            &stack(
                KEY,
                &policy("events.amazonaws.com", both, condition),
                TARGET,
            ),
            "`events.amazonaws.com`",
        );
        passes(
            &RULE,
            &stack(KEY, &policy("events.amazonaws.com", both, ""), TARGET),
        );
        passes(
            &RULE,
            &stack(
                KEY,
                &policy("sns.amazonaws.com", both, condition),
                SUBSCRIBED,
            ),
        );
    }

    #[test]
    fn managed_keys_let_no_service_in() {
        fires(
            &RULE,
            &stack("alias/aws/sqs", "", SUBSCRIBED),
            "is encrypted with `alias/aws/sqs`",
        );
        passes(&RULE, &stack("alias/aws/sqs", "", ""));
        passes(&RULE, &stack("alias/mine", "", SUBSCRIBED));
        // That is what `sns_alarm_key_unusable` is for.
        passes(
            &RULE,
            r#"{"resource": {"aws_sns_topic": {"t": {"kms_master_key_id": "alias/aws/sns"}},
                "aws_cloudwatch_metric_alarm": {"a": {"alarm_actions": ["${aws_sns_topic.t.arn}"]}}}}"#,
        );
    }

    #[test]
    fn a_log_group_is_written_by_cloudwatch_logs() {
        let group =
            r#", "aws_cloudwatch_log_group": {"l": {"kms_key_id": "${aws_kms_key.k.arn}"}}"#;
        fires(
            &RULE,
            &stack(KEY, "", group),
            "`logs.<region>.amazonaws.com` may not use",
        );
        let both = r#"[\"kms:Decrypt*\", \"kms:GenerateDataKey*\"]"#;
        passes(
            &RULE,
            &stack(
                KEY,
                &policy("logs.eu-central-1.amazonaws.com", both, ""),
                group,
            ),
        );
    }

    fn site(policy: &str) -> String {
        format!(
            r#"{{"resource": {{
                "aws_kms_key": {{"k": {{{policy}}}}},
                "aws_s3_bucket": {{"b": {{}}}},
                "aws_s3_bucket_server_side_encryption_configuration": {{"b": {{"bucket": "${{aws_s3_bucket.b.id}}",
                    "rule": [{{"apply_server_side_encryption_by_default": [{{"kms_master_key_id": "{KEY}"}}]}}]}}}},
                "aws_cloudfront_distribution": {{"d": {{"origin": [
                    {{"domain_name": "${{aws_s3_bucket.b.bucket_regional_domain_name}}", "origin_access_control_id": "E1"}}]}}}}
            }}}}"#
        )
    }

    #[test]
    fn cloudfront_reads_with_the_key_of_its_bucket() {
        fires(
            &RULE,
            &site(""),
            "bucket `aws_s3_bucket.b` is encrypted with key `aws_kms_key.k`, which `cloudfront.amazonaws.com` may not use, but has to: distribution `aws_cloudfront_distribution.d` makes it read there",
        );
        let own = r#", Condition = {ArnLike = {\"aws:SourceArn\" = \"arn:aws:cloudfront::1:distribution/*\"}}"#;
        let decrypt = r#"\"kms:Decrypt\""#;
        passes(
            &RULE,
            &site(&policy("cloudfront.amazonaws.com", decrypt, own)),
        );
        fires(
            &RULE,
            &site(&policy("delivery.logs.amazonaws.com", decrypt, own)),
            "`cloudfront.amazonaws.com` may not use",
        );
    }
}
