//! Names that AWS takes.

use super::limits::{CONSEQUENCE, Kind, Name, arguments};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "name_not_allowed",
    summary: "a name has the length and the characters that AWS takes",
    explanation: "Each service has its own idea of a name: a queue may have 80 characters, a function 64, a bucket 63 \
        and no capitals. AWS refuses what does not fit, when part of the stack is in place.",
    severity: Severity::Reject,
    source: "API references of the AWS services",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for argument in arguments(graph) {
        let Kind::Name(form) = &argument.limit.kind else {
            continue;
        };
        for (value, origin) in argument.elements() {
            let Some((flaw, wanted)) = value.as_str().and_then(|name| flaw(name, form)) else {
                continue;
            };
            findings
                .at(
                    argument.resource,
                    origin,
                    format!("{} {flaw}", argument.describe()),
                )
                .because(CONSEQUENCE)
                .help(argument.help(&wanted));
        }
    }
}

/// What is wrong with a name, and what is wanted instead.
fn flaw(name: &str, form: &Name) -> Option<(String, String)> {
    let Name {
        least,
        most,
        characters,
        ..
    } = form;
    let length = name.chars().count();
    let wanted = format!("{least} to {most} characters ({characters})");
    if length < *least || length > *most {
        return Some((
            format!("is {length} characters long, but AWS takes {least} to {most}"),
            wanted,
        ));
    }
    let start = name.strip_suffix(form.suffix).unwrap_or(name);
    if let Some(character) = start.chars().find(|character| !(form.allows)(*character)) {
        let character = character.escape_debug();
        return Some((
            format!("is `{name}` with the character `{character}`, but AWS takes {characters}"),
            wanted,
        ));
    }
    (form.flaw)(name).map(|flaw| {
        (
            format!("is `{name}`, which {flaw}"),
            format!("another name of {wanted}"),
        )
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, argument: &str, name: &str) -> String {
        format!(r#"{{"resource": {{"{type_name}": {{"r": {{"{argument}": "{name}"}}}}}}}}"#)
    }

    #[test]
    fn names_have_a_length() {
        let queue = |name: &str| stack("aws_sqs_queue", "name", name);
        fires(
            &RULE,
            &queue(&"a".repeat(81)),
            "`name` of queue `aws_sqs_queue.r` is 81 characters long, but AWS takes 1 to 80",
        );
        passes(&RULE, &queue(&"a".repeat(80)));
        fires(
            &RULE,
            &queue(&format!("{}.fifo", "a".repeat(76))),
            "81 characters",
        );
        passes(&RULE, &queue(&format!("{}.fifo", "a".repeat(75))));
        fires(
            &RULE,
            &stack("aws_dynamodb_table", "name", "ab"),
            "is 2 characters long, but AWS takes 3 to 255",
        );
        passes(&RULE, &stack("aws_dynamodb_table", "name", "abc"));
        fires(
            &RULE,
            &stack("aws_lambda_function", "description", &"é".repeat(257)),
            "257 characters",
        );
    }

    #[test]
    fn names_have_characters() {
        fires(
            &RULE,
            &stack("aws_lambda_function", "function_name", "my function"),
            "with the character ` `",
        );
        fires(
            &RULE,
            &stack("aws_sqs_queue", "name", "a.b"),
            "with the character `.`",
        );
        fires(
            &RULE,
            &stack("aws_s3_bucket", "bucket", "Payloads"),
            "with the character `P`",
        );
        passes(&RULE, &stack("aws_sqs_queue", "name", "a-b_c.fifo"));
        passes(&RULE, &stack("aws_sqs_queue", "name", "${var.prefix} a"));
        passes(
            &RULE,
            &stack("aws_cloudwatch_log_group", "name", "/aws/lambda/a.b#c"),
        );
    }

    #[test]
    fn some_names_are_reserved() {
        fires(
            &RULE,
            &stack("aws_s3_bucket", "bucket", "10.0.0.1"),
            "has the form of an IP address",
        );
        fires(
            &RULE,
            &stack("aws_kms_alias", "name", "events"),
            "does not begin with `alias/`",
        );
        passes(
            &RULE,
            &stack("aws_s3_bucket", "bucket", "payloads.example.com"),
        );
        let cors = |origin: &str| {
            format!(
                r#"{{"resource": {{"aws_apigatewayv2_api": {{"r": {{"cors_configuration": [{{"allow_origins": ["{origin}"]}}]}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &cors("https://shop.example/"),
            "which no browser sends",
        );
        fires(&RULE, &cors("shop.example"), "has no scheme");
        passes(&RULE, &cors("https://shop.example:8443"));
        passes(&RULE, &cors("*"));
        passes(&RULE, &stack("aws_s3_bucket", "bucket_prefix", "payloads-"));
        passes(&RULE, &stack("aws_kms_alias", "name", "alias/events"));
    }
}
