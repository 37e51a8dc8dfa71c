//! A function does not start itself by writing to the bucket that starts it.

use super::notifications::notifications;
use super::policy::{Statement, policy};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::{Part, Target, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "s3_notification_loop",
    summary: "a function does not write where its own trigger looks",
    explanation: "A function that a bucket calls for every new object, and that may write to the same keys, can call \
        itself without end. Each turn costs an invocation and an object, and nothing stops it but a full bucket \
        or the bill; Lambda's detection of loops covers S3 only after 16 turns, and not in every region. Write \
        to another bucket, or to a prefix that the trigger does not look at.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Process Amazon S3 event notifications with Lambda\"; \"Use Lambda recursive loop detection to prevent infinite loops\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for notification in notifications(graph) {
        let is_created = notification
            .events()
            .iter()
            .any(|event| event.starts_with("s3:ObjectCreated:"));
        let Some(prefix) = notification.filter("filter_prefix").filter(|_| is_created) else {
            continue;
        };
        let (Some(bucket), Some(function)) = (notification.bucket(), notification.receiver())
        else {
            continue;
        };
        let Some(target) = bucket.block.target() else {
            continue;
        };
        let Some((written, keys)) = writes(function, &target, prefix) else {
            continue;
        };
        let looks = match prefix {
            "" => "every new object".to_owned(),
            prefix => format!("new objects in `{prefix}`"),
        };
        findings
            .at(
                function,
                notification.origin,
                format!(
                    "{} is called for {looks} of {}, and may write to {keys} of it",
                    function.describe(),
                    bucket.describe(),
                ),
            )
            .because("what it writes calls it again, without end, and every turn is billed")
            .related("the permission to write", written)
            .help("write to another bucket, or keep the two apart: `trigger(Uploads, prefix = \"in/\")` and `#[objects(prefix = \"out/\")]` on the field (Terraform: `filter_prefix`, and `bucket/out/*` in the role's policy)");
    }
}

/// Where a function's role allows to write to keys of a bucket that start with `prefix`, and which.
fn writes(
    function: Resource<'_>,
    bucket: &Target,
    prefix: &str,
) -> Option<(crate::document::Origin, String)> {
    let role = function.referred("role")?;
    let inline = role.referrers("aws_iam_role_policy", "role");
    let attached = role
        .referrers("aws_iam_role_policy_attachment", "role")
        .filter_map(|attachment| attachment.referred("policy_arn"));
    for holder in inline.chain(attached) {
        let Some((_, statements)) = policy(holder, "policy") else {
            continue;
        };
        for statement in statements.iter().filter(|statement| may_put(statement)) {
            for (resource, origin) in &statement.resources {
                let Some(keys) = keys(resource, bucket) else {
                    continue;
                };
                let start = keys.split(['*', '?']).next().unwrap_or_default();
                if start.starts_with(prefix) || prefix.starts_with(start) {
                    let keys = match start {
                        "" => "all keys".to_owned(),
                        _ => format!("`{keys}`"),
                    };
                    // An action in a capability is written where the field is.
                    let place = statement.actions.first().map(|(_, place)| *place);
                    return Some((place.unwrap_or(*origin), keys));
                }
            }
        }
    }
    None
}

fn may_put(statement: &Statement) -> bool {
    statement.allows
        && statement
            .actions
            .iter()
            .any(|(action, _)| matches!(action.as_str(), "s3:PutObject" | "s3:Put*" | "s3:*" | "*"))
}

/// The keys of the bucket that an ARN such as `${bucket.arn}/out/*` names.
fn keys(resource: &Value, bucket: &Target) -> Option<String> {
    let ValueKind::Template(parts) = &resource.kind else {
        return None;
    };
    let [Part::Interpolation(arn), Part::Text(path)] = parts.as_slice() else {
        // `${bucket.arn}/${var.prefix}/*` is not known yet.
        return None;
    };
    (arn.as_reference()?.target == *bucket)
        .then(|| path.strip_prefix('/').map(str::to_owned))
        .flatten()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(entry: &str, action: &str, path: &str) -> String {
        format!(
            r#"{{
            "data": {{"aws_iam_policy_document": {{"d": {{"statement": [
                {{"actions": ["{action}"], "resources": ["${{aws_s3_bucket.b.arn}}{path}"]}}]}}}}}},
            "resource": {{"aws_s3_bucket": {{"b": {{}}}},
            "aws_iam_role": {{"r": {{}}}},
            "aws_iam_role_policy": {{"p": {{"role": "${{aws_iam_role.r.id}}", "policy": "${{data.aws_iam_policy_document.d.json}}"}}}},
            "aws_lambda_function": {{"f": {{"role": "${{aws_iam_role.r.arn}}"}}}},
            "aws_s3_bucket_notification": {{"n": {{"bucket": "${{aws_s3_bucket.b.id}}",
                "lambda_function": [{{"lambda_function_arn": "${{aws_lambda_function.f.arn}}", {entry}}}]}}}}}}}}"#
        )
    }

    const CREATED: &str = r#""events": ["s3:ObjectCreated:*"]"#;

    #[test]
    fn a_function_that_writes_where_it_is_called_from_is_found() {
        fires(
            &RULE,
            &stack(CREATED, "s3:PutObject", "/*"),
            "is called for every new object of bucket `aws_s3_bucket.b`, and may write to all keys of it",
        );
        passes(&RULE, &stack(CREATED, "s3:GetObject", "/*"));
        passes(
            &RULE,
            &stack(r#""events": ["s3:ObjectRemoved:*"]"#, "s3:PutObject", "/*"),
        );
    }

    #[test]
    fn prefixes_keep_the_two_apart() {
        let from = format!(r#"{CREATED}, "filter_prefix": "in/""#);
        fires(
            &RULE,
            &stack(&from, "s3:PutObject", "/*"),
            "new objects in `in/`",
        );
        fires(
            &RULE,
            &stack(&from, "s3:PutObject", "/in/done/*"),
            "may write to `in/done/*`",
        );
        passes(&RULE, &stack(&from, "s3:PutObject", "/out/*"));
        let open = format!(r#"{CREATED}, "filter_prefix": "${{var.prefix}}""#);
        passes(&RULE, &stack(&open, "s3:PutObject", "/*"));
    }
}
