//! A name in AWS belongs to one resource.

use std::collections::HashMap;

use super::api_routes::is_repeated;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::expression::{render, render_template};
use crate::graph::{Graph, Resource};
use crate::value::ValueKind;

pub(super) const RULE: Rule = Rule {
    name: "duplicate_name",
    summary: "two resources of a type have different names in AWS",
    explanation: "Terraform tells resources apart by their addresses, AWS by their names. Of two with the same name \
        the second is refused, or, worse, both stand for the same thing and undo each other's changes at every \
        `terraform apply`.",
    severity: Severity::Reject,
    source: "Terraform Registry, hashicorp/aws, and the API references of the services",
};

/// Types whose name is unique in an account and region. IAM's names are compared without case. Not here:
/// API Gateway, which takes any number of APIs of one name, and event rules, whose names are
/// unique on their bus only.
const NAMED: [(&str, &str); 21] = [
    ("aws_cloudwatch_composite_alarm", "alarm_name"),
    ("aws_cloudwatch_dashboard", "dashboard_name"),
    ("aws_cloudwatch_event_bus", "name"),
    ("aws_cloudwatch_log_group", "name"),
    ("aws_cloudwatch_metric_alarm", "alarm_name"),
    ("aws_dynamodb_table", "name"),
    ("aws_ecr_repository", "name"),
    ("aws_iam_group", "name"),
    ("aws_iam_instance_profile", "name"),
    ("aws_iam_policy", "name"),
    ("aws_iam_role", "name"),
    ("aws_iam_user", "name"),
    ("aws_kinesis_stream", "name"),
    ("aws_kms_alias", "name"),
    ("aws_lambda_function", "function_name"),
    ("aws_s3_bucket", "bucket"),
    ("aws_secretsmanager_secret", "name"),
    ("aws_sfn_state_machine", "name"),
    ("aws_sns_topic", "name"),
    ("aws_sqs_queue", "name"),
    ("aws_ssm_parameter", "name"),
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for (type_name, argument) in NAMED {
        for resource in graph
            .resources(type_name)
            // The name of a helper follows from its declaration's, which is told about.
            .filter(|resource| are_surely_many(*resource) && !resource.is_helper())
        {
            let Some(name) = resource.text(argument) else {
                continue;
            };
            let (repeated, key) = match resource.get("count") {
                Some(_) => ("count", "count.index"),
                None => ("for_each", "each.key"),
            };
            findings
                .at(
                    resource,
                    resource.origin_of(argument),
                    format!(
                        "all instances of {} have the name `{name}`",
                        resource.describe()
                    ),
                )
                .because(
                    "AWS knows one resource of that type and name: the instances would fight over it",
                )
                .related(
                    format!("`{repeated}` of {}", resource.describe()),
                    resource.origin_of(repeated),
                )
                .help(format!("write `{argument} = \"{name}-${{{key}}}\"`"));
        }
        let mut seen: HashMap<_, Resource<'_>> = HashMap::new();
        for resource in graph
            .resources(type_name)
            .filter(|resource| !is_repeated(*resource))
        {
            // Two equal templates give equal names, whatever is in them.
            let Some(name) = resource.get(argument).and_then(|value| match &value.kind {
                ValueKind::String(name) => Some(name.clone()),
                ValueKind::Template(parts) => Some(render_template(parts)),
                _ => None,
            }) else {
                continue;
            };
            let is_iam = type_name.starts_with("aws_iam_");
            let unique = if is_iam {
                name.to_lowercase()
            } else {
                name.clone()
            };
            let Some(first) = seen.get(&(unique.clone(), place(resource))) else {
                seen.insert((unique, place(resource)), resource);
                continue;
            };
            findings
                .at(
                    resource,
                    resource.origin_of(argument),
                    format!(
                        "{} has the name `{name}`, as {} has",
                        resource.describe(),
                        first.describe()
                    ),
                )
                .because(
                    "AWS knows one resource of that type and name: both blocks would fight over it",
                )
                .related(
                    format!("`{argument}` of {}", first.describe()),
                    first.origin_of(argument),
                )
                .help(format!(
                    "give one of them another name (Terraform: `{argument}`)"
                ));
        }
    }
}

/// Whether the block has `for_each`, or a `count` of two or more.
fn are_surely_many(resource: Resource<'_>) -> bool {
    resource.number("count").is_some_and(|count| count > 1.0)
        || resource
            .get("for_each")
            .is_some_and(|value| value.as_object().is_none_or(|object| object.len() > 1))
}

/// The account and region that a resource goes to, as far as its block says.
fn place(resource: Resource<'_>) -> [Option<String>; 2] {
    ["provider", "region"].map(|argument| resource.get(argument).map(render))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn instances_of_one_name_are_found() {
        let queue = |repeated: &str, name: &str| {
            format!(
                r#"{{"resource": {{"aws_sqs_queue": {{"one": {{{repeated}, "name": "{name}"}}}}}}}}"#
            )
        };
        let each = r#""for_each": "${toset([\"a\", \"b\"])}""#;
        fires(&RULE, &queue(each, "orders"), "all instances of queue");
        fires(
            &RULE,
            &queue(r#""count": 2"#, "orders"),
            "all instances of queue",
        );
        passes(&RULE, &queue(each, "orders-${each.key}"));
        passes(&RULE, &queue(r#""count": 1"#, "orders"));
        passes(&RULE, &queue(r#""count": "${var.on ? 1 : 0}""#, "orders"));
    }

    fn stack(type_name: &str, one: &str, other: &str) -> String {
        format!(r#"{{"resource": {{"{type_name}": {{"one": {{{one}}}, "other": {{{other}}}}}}}}}"#)
    }

    #[test]
    fn the_second_of_a_name_is_found() {
        let queue = r#""name": "events""#;
        fires(
            &RULE,
            &stack("aws_sqs_queue", queue, queue),
            "queue `aws_sqs_queue.other` has the name `events`, as queue `aws_sqs_queue.one` has",
        );
        fires(
            &RULE,
            &stack(
                "aws_lambda_function",
                r#""function_name": "f""#,
                r#""function_name": "f""#,
            ),
            "name `f`",
        );
        fires(
            &RULE,
            &stack("aws_iam_role", r#""name": "Role""#, r#""name": "role""#),
            "name `role`",
        );
        passes(&RULE, &stack("aws_sqs_queue", queue, r#""name": "Events""#));
    }

    #[test]
    fn elsewhere_and_otherwise_the_same_name_is_fine() {
        let queue = r#""name": "events""#;
        passes(
            &RULE,
            &stack(
                "aws_sqs_queue",
                queue,
                r#""name": "events", "region": "eu-west-1""#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "aws_sqs_queue",
                queue,
                r#""name": "events", "provider": "aws.west""#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "aws_sqs_queue",
                queue,
                r#""name": "events", "count": "${var.count}""#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "aws_sqs_queue",
                r#""name": "${var.name}""#,
                r#""name": "${var.name}""#,
            ),
        );
        passes(&RULE, &stack("aws_api_gateway_rest_api", queue, queue));
    }
}
