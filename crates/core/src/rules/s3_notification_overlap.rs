//! An event of an object has one receiver.

use super::notifications::{Notification, entries};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "s3_notification_overlap",
    summary: "no two notifications of a bucket are about the same event of the same object",
    explanation: "S3 sends an event of an object to one receiver. It refuses two configurations of a bucket that \
        have an event in common and whose prefixes and suffixes both let the same key through: `in/` and \
        `in/images/` overlap, `.jpg` and `.png` do not. To tell several, send the event to a topic that they \
        subscribe to, or to EventBridge.",
    severity: Severity::Reject,
    source: "Amazon S3 User Guide, \"Configuring event notifications using object key name filtering\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for resource in graph.resources("aws_s3_bucket_notification") {
        let entries = entries(resource);
        for (place, second) in entries.iter().enumerate() {
            let clash = entries[..place]
                .iter()
                .find_map(|first| Some((first, common_event(*first, *second)?)));
            let Some((first, event)) = clash else {
                continue;
            };
            let bucket = second
                .bucket()
                .map_or_else(|| resource.describe(), Resource::describe);
            findings
                .at(
                    resource,
                    second.origin,
                    format!("`{event}` of {bucket} is sent to two receivers for the same keys"),
                )
                .because("S3 refuses notifications that overlap")
                .related("the other one", first.origin)
                .help("give them prefixes or suffixes of which no key fits both, such as `prefix = \"in/\"` and `prefix = \"out/\"`, or tell a topic and `subscribe` to it (Terraform: `filter_prefix`, `filter_suffix`)");
        }
    }
}

/// An event that both are told of for one and the same key.
fn common_event<'g>(first: Notification<'g>, second: Notification<'g>) -> Option<&'g str> {
    let prefixes = first
        .filter("filter_prefix")
        .zip(second.filter("filter_prefix"))?;
    let suffixes = first
        .filter("filter_suffix")
        .zip(second.filter("filter_suffix"))?;
    let (one, other) = prefixes;
    let (end, other_end) = suffixes;
    let overlap = (one.starts_with(other) || other.starts_with(one))
        && (end.ends_with(other_end) || other_end.ends_with(end));
    if !overlap {
        return None;
    }
    let events = second.events();
    first.events().into_iter().find_map(|event| {
        events
            .iter()
            .find(|other| includes(event, other) || includes(other, event))
            .copied()
    })
}

/// Whether an event, which may end in `*`, stands for another one.
fn includes(event: &str, other: &str) -> bool {
    event == other
        || event
            .strip_suffix('*')
            .is_some_and(|start| other.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(first: &str, second: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_s3_bucket": {{"b": {{}}}},
            "aws_s3_bucket_notification": {{"n": {{"bucket": "${{aws_s3_bucket.b.id}}",
                "lambda_function": [{{"lambda_function_arn": "arn:f", {first}}}],
                "queue": [{{"queue_arn": "arn:q", {second}}}]}}}}}}}}"#
        )
    }

    const CREATED: &str = r#""events": ["s3:ObjectCreated:*"]"#;

    #[test]
    fn an_event_has_one_receiver() {
        fires(
            &RULE,
            &stack(CREATED, CREATED),
            "`s3:ObjectCreated:*` of bucket",
        );
        fires(
            &RULE,
            &stack(CREATED, r#""events": ["s3:ObjectCreated:Put"]"#),
            "`s3:ObjectCreated:Put` of bucket",
        );
        passes(
            &RULE,
            &stack(CREATED, r#""events": ["s3:ObjectRemoved:*"]"#),
        );
        passes(
            &RULE,
            &stack(
                r#""events": ["s3:ObjectCreated:Copy"]"#,
                r#""events": ["s3:ObjectCreated:Put"]"#,
            ),
        );
    }

    #[test]
    fn keys_that_fit_both_overlap() {
        let with = |filter: &str| format!("{CREATED}, {filter}");
        fires(
            &RULE,
            &stack(
                &with(r#""filter_prefix": "in/""#),
                &with(r#""filter_prefix": "in/images/""#),
            ),
            "for the same keys",
        );
        passes(
            &RULE,
            &stack(
                &with(r#""filter_prefix": "in/""#),
                &with(r#""filter_prefix": "out/""#),
            ),
        );
        passes(
            &RULE,
            &stack(
                &with(r#""filter_prefix": "in/", "filter_suffix": ".jpg""#),
                &with(r#""filter_prefix": "in/", "filter_suffix": ".png""#),
            ),
        );
        fires(
            &RULE,
            &stack(
                &with(r#""filter_prefix": "in/""#),
                &with(r#""filter_suffix": ".png""#),
            ),
            "for the same keys",
        );
        passes(
            &RULE,
            &stack(&with(r#""filter_prefix": "${var.prefix}""#), CREATED),
        );
    }
}
