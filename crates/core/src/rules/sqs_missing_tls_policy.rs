//! A queue refuses requests that are not encrypted on the way.

use super::transport_policy::tls_statements;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "sqs_missing_tls_policy",
    summary: "a queue's policy refuses requests without TLS",
    explanation: "The endpoints of SQS answer plain HTTP as well. A producer with an `http://` URL sends messages \
        and its signature in the clear, and everything appears to work. A statement that denies every action \
        where `aws:SecureTransport` is `false` makes that request fail at once.",
    severity: Severity::Deny,
    source: "Amazon SQS Developer Guide, \"Amazon SQS security best practices\"",
};

const HELP: &str = "leave `tls_only` on in `#[sqs(…)]` (Terraform: a statement in `policy` or `aws_sqs_queue_policy` that denies `sqs:*` under `Bool: {\"aws:SecureTransport\": \"false\"}`)";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for queue in graph.resources("aws_sqs_queue") {
        let mut holder = None;
        let mut is_innocent = false;
        for policy in policies(queue) {
            holder = Some(policy);
            is_innocent |= tls_statements(policy, "policy").is_none_or(|found| !found.is_empty());
        }
        if is_innocent {
            continue;
        }
        let (origin, message) = match holder {
            None => (
                queue.origin(),
                format!(
                    "{} has no policy that refuses requests without TLS",
                    queue.describe()
                ),
            ),
            Some(policy) => (
                policy.origin_of("policy"),
                format!(
                    "the policy of {} lets requests without TLS through",
                    queue.describe()
                ),
            ),
        };
        findings
            .at(queue, origin, message)
            .because("SQS answers plain HTTP, so messages and signatures may cross the network unencrypted")
            .help(HELP);
    }
}

/// The resources in which the queue's policy may stand.
fn policies(queue: Resource<'_>) -> impl Iterator<Item = Resource<'_>> {
    let own = queue.get("policy").map(|_| queue);
    own.into_iter()
        .chain(queue.referrers("aws_sqs_queue_policy", "queue_url"))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    const DENIES: &str = r#"{Effect = \"Deny\", Principal = \"*\", Action = \"sqs:*\", Resource = \"*\", Condition = {Bool = {\"aws:SecureTransport\" = \"false\"}}}"#;
    const ALLOWS: &str = r#"{Effect = \"Allow\", Principal = {Service = \"sns.amazonaws.com\"}, Action = \"sqs:SendMessage\", Resource = \"*\"}"#;

    fn inline(policy: &str) -> String {
        format!(r#"{{"resource": {{"aws_sqs_queue": {{"q": {{"policy": "{policy}"}}}}}}}}"#)
    }

    fn separate(policy: &str, rest: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue": {{"q": {{}}}},
            "aws_sqs_queue_policy": {{"q": {{"queue_url": "${{aws_sqs_queue.q.id}}", "policy": "{policy}"}}}}}}{rest}}}"#
        )
    }

    #[test]
    fn no_policy_and_a_policy_without_it_are_found() {
        fires(
            &RULE,
            r#"{"resource": {"aws_sqs_queue": {"q": {}}}}"#,
            "has no policy that refuses",
        );
        fires(
            &RULE,
            &inline(&format!("${{jsonencode({{Statement = [{ALLOWS}]}})}}")),
            "lets requests without TLS through",
        );
        fires(
            &RULE,
            &separate(&format!("${{jsonencode({{Statement = {ALLOWS}}})}}"), ""),
            "lets requests without TLS through",
        );
    }

    #[test]
    fn every_form_of_the_statement_passes() {
        passes(
            &RULE,
            &inline(&format!(
                "${{jsonencode({{Statement = [{ALLOWS}, {DENIES}]}})}}"
            )),
        );
        passes(
            &RULE,
            &separate(&format!("${{jsonencode({{Statement = {DENIES}}})}}"), ""),
        );
        let document = |arguments: &str| {
            format!(r#", "data": {{"aws_iam_policy_document": {{"p": {{{arguments}}}}}}}"#)
        };
        let reference = "${data.aws_iam_policy_document.p.json}";
        let statement = r#""statement": [{"effect": "Deny", "condition": [{"test": "Bool", "variable": "aws:SecureTransport", "values": ["false"]}]}]"#;
        passes(&RULE, &separate(reference, &document(statement)));
        fires(
            &RULE,
            &separate(
                reference,
                &document(r#""statement": [{"actions": ["sqs:SendMessage"]}]"#),
            ),
            "lets requests",
        );
        passes(
            &RULE,
            &separate(
                reference,
                &document(r#""source_policy_documents": ["${var.base}"]"#),
            ),
        );
    }

    #[test]
    fn a_policy_that_cannot_be_read_is_left_alone() {
        passes(&RULE, &inline("${var.policy}"));
        passes(
            &RULE,
            &inline("${jsonencode({Statement = concat(var.statements, [])})}"),
        );
        passes(&RULE, &separate("${file(\\\"policy.json\\\")}", ""));
    }
}
