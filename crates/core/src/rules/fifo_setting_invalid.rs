//! What only FIFO queues and topics know stands on FIFO queues and topics.

use super::lookup::flag_or_off;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "fifo_setting_invalid",
    summary: "deduplication and throughput are set on FIFO queues and topics, and go together",
    explanation: "Standard queues and topics do not look for messages that were sent twice, and have no limit that \
        could be shared: SQS, SNS and the provider refuse those settings there. The high throughput of a FIFO \
        queue, a limit for each message group, needs a deduplication within the group as well.",
    severity: Severity::Reject,
    source: "Amazon SQS API Reference, `CreateQueue`; Amazon SNS API Reference, `CreateTopic`",
};

/// The type, its FIFO flag, and what only FIFO ones have.
const SETTINGS: [(&str, &str, &[&str]); 2] = [
    (
        "aws_sqs_queue",
        "fifo_queue",
        &[
            "content_based_deduplication",
            "deduplication_scope",
            "fifo_throughput_limit",
        ],
    ),
    (
        "aws_sns_topic",
        "fifo_topic",
        &["content_based_deduplication", "fifo_throughput_scope"],
    ),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, flag, settings) in SETTINGS {
        for resource in graph.resources(type_name) {
            if flag_or_off(resource, flag) == Some(false) {
                standard(resource, flag, settings, findings);
            }
        }
    }
    for queue in graph.resources("aws_sqs_queue") {
        let wants_groups = queue.text("fifo_throughput_limit") == Some("perMessageGroupId");
        let scope = queue.get("deduplication_scope");
        let is_queue_wide =
            scope.is_none_or(|scope| scope.as_str().is_some_and(|scope| scope != "messageGroup"));
        if wants_groups && is_queue_wide && queue.flag("fifo_queue") == Some(true) {
            findings
                .at(
                    queue,
                    queue.origin_of("fifo_throughput_limit"),
                    format!("{} has a limit for each message group, but looks for the same message in all of the queue", queue.describe()),
                )
                .because("SQS refuses the one without the other")
                .help("write `deduplication_scope = \"message_group\"` as well (Terraform: `deduplication_scope = \"messageGroup\"`)");
        }
    }
}

fn standard(resource: Resource<'_>, flag: &str, settings: &[&str], findings: &mut Findings) {
    for setting in settings {
        let Some(value) = resource.get(setting) else {
            continue;
        };
        // `false` is what a standard one has anyway; what is not known yet may be that.
        if value.as_bool() == Some(false) || !value.is_literal() {
            continue;
        }
        findings
            .at(
                resource,
                resource.origin_of(setting),
                format!("{} is not FIFO, but has `{setting}`", resource.describe()),
            )
            .because(
                "only FIFO queues and topics deduplicate, and AWS refuses the setting elsewhere",
            )
            .help(format!(
                "write `fifo` as well, or remove this (Terraform: `{flag} = true`)"
            ));
        return;
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn queue(body: &str) -> String {
        format!(r#"{{"resource": {{"aws_sqs_queue": {{"q": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn standard_ones_have_none_of_it() {
        fires(
            &RULE,
            &queue(r#""content_based_deduplication": true"#),
            "queue `aws_sqs_queue.q` is not FIFO, but has `content_based_deduplication`",
        );
        passes(&RULE, &queue(r#""content_based_deduplication": false"#));
        passes(
            &RULE,
            &queue(r#""content_based_deduplication": "${var.c}""#),
        );
        passes(
            &RULE,
            &queue(r#""fifo_queue": "${var.f}", "deduplication_scope": "queue""#),
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_sns_topic": {"t": {"fifo_throughput_scope": "Topic"}}}}"#,
            "topic `aws_sns_topic.t` is not FIFO",
        );
    }

    #[test]
    fn a_limit_for_each_group_needs_its_scope() {
        let fifo = |more: &str| {
            queue(&format!(
                r#""fifo_queue": true, "fifo_throughput_limit": "perMessageGroupId"{more}"#
            ))
        };
        fires(&RULE, &fifo(""), "a limit for each message group");
        fires(
            &RULE,
            &fifo(r#", "deduplication_scope": "queue""#),
            "a limit for each message group",
        );
        passes(&RULE, &fifo(r#", "deduplication_scope": "messageGroup""#));
        passes(&RULE, &fifo(r#", "deduplication_scope": "${var.s}""#));
    }
}
