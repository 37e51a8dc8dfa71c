//! A bucket has one notification configuration.

use std::collections::HashMap;

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Target;

pub(super) const RULE: Rule = Rule {
    name: "s3_notification_declared_twice",
    summary: "the notifications of a bucket are declared in one resource",
    explanation: "S3 keeps one notification configuration for a bucket. Two `aws_s3_bucket_notification` overwrite \
        each other: whichever is applied last wins, and the functions and queues of the other one hear nothing \
        more.",
    severity: Severity::Deny,
    source: "Terraform documentation of `aws_s3_bucket_notification`",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let mut seen: HashMap<Target, Resource<'_>> = HashMap::new();
    for notification in graph.resources("aws_s3_bucket_notification") {
        let bucket = notification.referred("bucket");
        let Some(target) = bucket.and_then(|bucket| bucket.block.target()) else {
            continue;
        };
        let Some(first) = seen.insert(target, notification) else {
            continue;
        };
        // The one that the author wrote is the one to move.
        let (second, other) = if notification.is_helper() && !first.is_helper() {
            (first, notification)
        } else {
            (notification, first)
        };
        let described = bucket.map(Resource::describe).unwrap_or_default();
        findings
            .at(
                second,
                second.origin(),
                format!("the notifications of {described} are declared twice"),
            )
            .because("S3 keeps one configuration, and the two overwrite each other at every apply")
            .related("the other one", other.origin())
            .help("write `trigger(Bucket, …)` on functions and `notify(…)` in `#[s3(…)]`, which are gathered in one resource (Terraform: one `aws_s3_bucket_notification` with all blocks)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_bucket_has_one() {
        let stack = |second: &str| {
            format!(
                r#"{{"resource": {{"aws_s3_bucket": {{"b": {{}}, "c": {{}}}},
                "aws_s3_bucket_notification": {{"one": {{"bucket": "${{aws_s3_bucket.b.id}}"}}, "two": {{"bucket": "{second}"}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack("${aws_s3_bucket.b.id}"),
            "the notifications of bucket `aws_s3_bucket.b` are declared twice",
        );
        passes(&RULE, &stack("${aws_s3_bucket.c.id}"));
        passes(&RULE, &stack("${var.bucket}"));
    }
}
