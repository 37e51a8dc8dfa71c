//! The role of a state machine allows what its states do.

use super::lookup::declared_name;
use super::role_permissions::{allowed, allows};
use super::state_machines::{State, machines, object};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::value::{Part, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "state_machine_permission_missing",
    summary: "the role of a state machine allows what its states do with the stack's resources",
    explanation: "A state does its work with the permissions of the machine's role. When the role does not allow \
        the call, Step Functions says so only when an execution comes to that state, and every execution fails \
        there. States are held against the role's policies when both are written out in the stack.",
    severity: Severity::Deny,
    source: "AWS Step Functions Developer Guide, \"IAM policies for integrated services\"",
};

/// A service, the argument that names its resource, the resource's type, and the prefix of its actions
/// in IAM.
const SERVICES: [(&str, &str, &str, &str); 7] = [
    ("lambda", "FunctionName", "aws_lambda_function", "lambda"),
    ("sqs", "QueueUrl", "aws_sqs_queue", "sqs"),
    ("sns", "TopicArn", "aws_sns_topic", "sns"),
    ("dynamodb", "TableName", "aws_dynamodb_table", "dynamodb"),
    ("s3", "Bucket", "aws_s3_bucket", "s3"),
    (
        "states",
        "StateMachineArn",
        "aws_sfn_state_machine",
        "states",
    ),
    ("sfn", "StateMachineArn", "aws_sfn_state_machine", "states"),
];

/// API operations whose permissions have other names: as Step Functions writes them, and the action.
const ACTIONS: [(&str, &str); 6] = [
    ("lambda:invoke", "InvokeFunction"),
    ("sqs:sendMessageBatch", "SendMessage"),
    ("s3:listObjectsV2", "ListBucket"),
    ("s3:listObjects", "ListBucket"),
    ("s3:headObject", "GetObject"),
    ("s3:headBucket", "ListBucket"),
];

/// What a state does with a resource.
struct Need<'g> {
    action: String,
    resource: Resource<'g>,
    origin: Origin,
}

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for machine in machines(graph) {
        let role = machine.resource.referred("role_arn").filter(|role| {
            role.type_name() == "aws_iam_role" && role.block.kind == BlockKind::Resource
        });
        let Some(role) = role else {
            continue;
        };
        let Some(statements) = allowed(role) else {
            continue;
        };
        let mut told = Vec::new();
        for state in machine.states() {
            let Some(need) = need(graph, state) else {
                continue;
            };
            let key = (need.action.clone(), need.resource.block.address());
            if allows(&statements, &need.action, need.resource) || told.contains(&key) {
                continue;
            }
            told.push(key);
            let name = declared_name(need.resource, "Resource");
            findings
                .at(
                    machine.resource,
                    need.origin.or(state.origin).or(machine.origin),
                    format!(
                        "state `{}` of {} needs `{}` on {}, which its role does not allow",
                        state.name,
                        machine.resource.describe(),
                        need.action,
                        need.resource.describe()
                    ),
                )
                .because("every execution that comes to the state fails there")
                .help(format!(
                    "add a field to the struct, such as `pub {}: {}<{name}>` (Terraform: a statement in the policy of the role)",
                    field_name(name),
                    capability(&need.action),
                ));
        }
    }
}

fn need<'g>(graph: &'g Graph<'g>, state: State<'_>) -> Option<Need<'g>> {
    let resource = state.body.get("Resource")?;
    let origin = state.origin_of("Resource");
    let Some(call) = integration(resource) else {
        // The ARN of a function stands for its invocation.
        let function = resolve(graph, resource, "aws_lambda_function")?;
        return Some(Need {
            action: "lambda:InvokeFunction".to_owned(),
            resource: function,
            origin,
        });
    };
    // `sqs:sendMessage.waitForTaskToken`, `aws-sdk:sqs:sendMessage`.
    let call = call.strip_prefix("aws-sdk:").unwrap_or(&call);
    let call = call.split('.').next().unwrap_or(call);
    let (service, operation) = call.split_once(':')?;
    let (_, argument, type_name, prefix) = SERVICES.iter().find(|(name, ..)| *name == service)?;
    let action = ACTIONS.iter().find(|(name, _)| *name == call).map_or_else(
        || capitalized(operation),
        |(_, action)| (*action).to_owned(),
    );
    let value = ["Parameters", "Arguments"]
        .into_iter()
        .filter_map(|field| state.body.get(field).and_then(object))
        .find_map(|arguments| arguments.get(argument))?;
    Some(Need {
        action: format!("{prefix}:{action}"),
        resource: resolve(graph, value, type_name)?,
        origin: value.origin.or(origin),
    })
}

/// What stands behind `arn:aws:states:::`.
fn integration(resource: &Value) -> Option<String> {
    let text = match &resource.kind {
        ValueKind::String(text) => text,
        // `arn:${data.aws_partition.current.partition}:states:::…`
        ValueKind::Template(parts) => match parts.last()? {
            Part::Text(text) => text,
            Part::Interpolation(_) => return None,
        },
        _ => return None,
    };
    let (_, call) = text.split_once(":states:::")?;
    Some(call.to_owned())
}

/// The resource that a value is about, when nothing but a reference to it is in it.
fn resolve<'g>(graph: &'g Graph<'g>, value: &Value, type_name: &str) -> Option<Resource<'g>> {
    let reference = value.as_reference()?;
    graph
        .target(&reference.target)
        .filter(|found| found.type_name() == type_name && found.block.kind == BlockKind::Resource)
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default()
}

/// The capability that an action is allowed by.
fn capability(action: &str) -> &str {
    match action {
        "lambda:InvokeFunction" => "Invoke",
        "s3:ListBucket" => "ListObjects",
        _ => action.split_once(':').map_or(action, |(_, name)| name),
    }
}

/// A field's name for a struct's.
fn field_name(name: &str) -> String {
    let mut field = String::new();
    for letter in name.chars() {
        if letter.is_uppercase() && !field.is_empty() {
            field.push('_');
        }
        field.extend(letter.to_lowercase());
    }
    field
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    /// A machine with one state, whose role has a policy with these statements.
    fn stack(state: &str, statements: &str) -> String {
        let definition = format!(
            "{{StartAt = \"A\", States = {{A = {{Type = \"Task\", End = true, {state}}}}}}}"
        )
        .replace('"', "\\\"");
        format!(
            r#"{{"data": {{"aws_iam_policy_document": {{"p": {{"statement": [{statements}]}}}}}}, "resource": {{
                "aws_lambda_function": {{"f": {{}}, "g": {{}}}}, "aws_sqs_queue": {{"q": {{}}}},
                "aws_iam_role": {{"r": {{}}}},
                "aws_iam_role_policy": {{"r": {{"role": "${{aws_iam_role.r.id}}", "policy": "${{data.aws_iam_policy_document.p.json}}"}}}},
                "aws_sfn_state_machine": {{"m": {{"role_arn": "${{aws_iam_role.r.arn}}", "definition": "${{jsonencode({definition})}}"}}}}}}}}"#
        )
    }

    fn allow(action: &str, resource: &str) -> String {
        format!(r#"{{"actions": ["{action}"], "resources": ["{resource}"]}}"#)
    }

    const FUNCTION: &str = "Resource = aws_lambda_function.f.arn";
    const INVOKE: &str = "Resource = \"arn:aws:states:::lambda:invoke\", Parameters = {FunctionName = aws_lambda_function.f.arn}";
    const SEND: &str = "Resource = \"arn:aws:states:::sqs:sendMessage.waitForTaskToken\", Arguments = {QueueUrl = aws_sqs_queue.q.url}";

    #[test]
    fn the_role_has_to_allow_what_a_state_does() {
        for state in [FUNCTION, INVOKE] {
            fires(
                &RULE,
                &stack(state, ""),
                "needs `lambda:InvokeFunction` on function `aws_lambda_function.f`",
            );
            fires(
                &RULE,
                &stack(
                    state,
                    &allow("lambda:InvokeFunction", "${aws_lambda_function.g.arn}"),
                ),
                "its role does not allow",
            );
            passes(
                &RULE,
                &stack(
                    state,
                    &allow("lambda:InvokeFunction", "${aws_lambda_function.f.arn}"),
                ),
            );
            passes(&RULE, &stack(state, &allow("lambda:*", "*")));
        }
        fires(
            &RULE,
            &stack(SEND, &allow("sqs:ReceiveMessage", "${aws_sqs_queue.q.arn}")),
            "needs `sqs:SendMessage` on queue `aws_sqs_queue.q`",
        );
        passes(
            &RULE,
            &stack(SEND, &allow("sqs:Send*", "${aws_sqs_queue.q.arn}")),
        );
        fires(
            &RULE,
            &stack(
                "Resource = \"arn:aws:states:::aws-sdk:sqs:purgeQueue\", Parameters = {QueueUrl = aws_sqs_queue.q.url}",
                "",
            ),
            "needs `sqs:PurgeQueue`",
        );
    }

    #[test]
    fn what_is_not_known_is_innocent() {
        passes(&RULE, &stack("Resource = var.function", ""));
        passes(
            &RULE,
            &stack(
                "Resource = \"arn:aws:states:::lambda:invoke\", Parameters = {\"FunctionName.$\" = \"$.f\"}",
                "",
            ),
        );
        passes(
            &RULE,
            &stack(
                FUNCTION,
                r#"{"actions": "${var.actions}", "resources": ["*"]}"#,
            ),
        );
        passes(
            &RULE,
            &stack(FUNCTION, &allow("lambda:InvokeFunction", "${var.function}")),
        );
        passes(
            &RULE,
            &stack(FUNCTION, "").replace("${data.aws_iam_policy_document.p.json}", "${var.policy}"),
        );
        passes(
            &RULE,
            &stack(FUNCTION, "").replace("${aws_iam_role.r.id}", "${var.role}"),
        );
    }
}
