//! A bucket, queue or topic has one policy.

use std::collections::HashMap;

use super::lookup::is_set;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::Target;

pub(super) const RULE: Rule = Rule {
    name: "policy_declared_twice",
    summary: "the policy of a bucket, queue or topic is declared in one place",
    explanation: "AWS keeps one policy for a bucket, a queue or a topic. Two resources that set it overwrite each \
        other: whichever is applied last wins, each plan shows a difference, and a statement such as the one that \
        refuses requests without TLS is gone every other time.",
    severity: Severity::Deny,
    source: "Terraform documentation of `aws_s3_bucket_policy`, `aws_sqs_queue_policy` and `aws_sns_topic_policy`",
};

/// The resource that sets a policy, the argument that names its owner, and the owner's own argument.
const POLICIES: [(&str, &str, &str); 3] = [
    ("aws_s3_bucket_policy", "bucket", "policy"),
    ("aws_sqs_queue_policy", "queue_url", "policy"),
    ("aws_sns_topic_policy", "arn", "policy"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, argument, own) in POLICIES {
        let mut first: HashMap<Target, _> = HashMap::new();
        for policy in graph.resources(type_name) {
            let Some(holder) = policy.referred(argument) else {
                continue;
            };
            let Some(target) = holder.block.target() else {
                continue;
            };
            let origin = if is_set(holder, own) {
                Some((holder, holder.origin_of(own)))
            } else {
                first.get(&target).copied()
            };
            let Some((other, place)) = origin else {
                first.insert(target, (policy, policy.origin()));
                continue;
            };
            // The one that the author wrote is the one to move.
            let (second, place) = if other.is_helper() || !policy.is_helper() {
                (policy, place)
            } else {
                (other, policy.origin())
            };
            findings
                .at(second, second.origin(), format!("the policy of {} is declared twice", holder.describe()))
                .because("AWS keeps one policy, and the two overwrite each other at every apply")
                .related("the other one", place)
                .help("put all statements into one policy; with `tls_only = false` the construct makes none, and yours has to refuse requests without TLS");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    const POLICY: &str = r#""queue_url": "${aws_sqs_queue.q.url}", "policy": "{}""#;

    #[test]
    fn two_policies_of_one_queue_are_found() {
        fires(
            &RULE,
            &format!(
                r#"{{"resource": {{"aws_sqs_queue": {{"q": {{}}}}, "aws_sqs_queue_policy": {{"a": {{{POLICY}}}, "b": {{{POLICY}}}}}}}}}"#
            ),
            "the policy of queue `aws_sqs_queue.q` is declared twice",
        );
        fires(
            &RULE,
            &format!(
                r#"{{"resource": {{"aws_sqs_queue": {{"q": {{"policy": "{{}}"}}}}, "aws_sqs_queue_policy": {{"a": {{{POLICY}}}}}}}}}"#
            ),
            "declared twice",
        );
    }

    #[test]
    fn one_policy_each_passes() {
        passes(
            &RULE,
            &format!(
                r#"{{"resource": {{"aws_sqs_queue": {{"q": {{}}, "p": {{}}}}, "aws_sqs_queue_policy": {{"a": {{{POLICY}}},
                "b": {{"queue_url": "${{aws_sqs_queue.p.url}}", "policy": "{{}}"}}}}}}}}"#
            ),
        );
    }
}
