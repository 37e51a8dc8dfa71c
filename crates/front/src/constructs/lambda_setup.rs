//! What Lambda wants to see allowed before it makes a function: network interfaces in a VPC, and writing
//! to the target of `dead_letter_config`.
//!
//! These statements are a policy of their own, which the function waits for. It could not wait for the
//! policy of its fields: that may name what names the function, such as the state machine that calls it,
//! and Terraform refuses a circle.

use webhook_infra_core::{Address, Object, Part, Reference, Target, Value, ValueKind};

use super::capability::WRITE_KEY;
use super::grants;
use super::statement::{allow, wildcard};
use crate::context::{Context, Declaration, attribute};

/// The policy that the function has to wait for, if it needs one, as its address.
pub(super) fn lower(
    context: &mut Context<'_>,
    id: &str,
    name: &Value,
    role: &Target,
    body: &Object,
) -> Option<Address> {
    let mut statements = Vec::new();
    if is_given(body, "vpc_config") {
        statements.extend(network(context, body));
    }
    for target in dead_letter_targets(body) {
        statements.extend(dead_letters(context, target));
    }
    if statements.is_empty() {
        return None;
    }
    let id = format!("{id}_setup");
    let policy = context.policy(&id, statements);
    context.resource(
        "aws_iam_role_policy",
        &id,
        Object::new()
            .with("name", crate::context::suffixed(name, "-setup"))
            .with("role", attribute(role, "id"))
            .with("policy", policy),
    );
    Some(Address::new(format!("aws_iam_role_policy.{id}")))
}

/// Whether a nested block was written, or is made by a `dynamic` one.
pub(super) fn is_given(body: &Object, block: &str) -> bool {
    body.get(block).is_some() || dynamic(body, block).is_some()
}

fn dynamic<'o>(body: &'o Object, block: &str) -> Option<&'o Value> {
    body.get("dynamic")?.as_object()?.get(block)
}

/// Whether tracing was switched on in Terraform's words, or may turn out to be.
pub(super) fn is_traced(body: &Object) -> bool {
    let blocks = body.get("tracing_config").map(Value::objects);
    let is_passed_through =
        |block: &&Object| block.get("mode").and_then(Value::as_str) == Some("PassThrough");
    dynamic(body, "tracing_config").is_some()
        || blocks.is_some_and(|blocks| !blocks.iter().any(is_passed_through))
}

/// The network interfaces of a function in a VPC. EC2 can list them for a whole region alone; the others
/// Lambda accepts on those of this account and region, but on no finer resource, as they are not there
/// yet.
///
/// Source: AWS Lambda Developer Guide, "Giving Lambda functions access to resources in an Amazon VPC".
fn network(context: &mut Context<'_>, body: &Object) -> [Object; 2] {
    let region = match body.get("region") {
        Some(region) => region.clone(),
        None => context.region(),
    };
    let own = Value::template(vec![
        Part::Text("arn:".to_owned()),
        Part::Interpolation(context.partition()),
        Part::Text(":ec2:".to_owned()),
        match region.kind {
            ValueKind::String(region) => Part::Text(region),
            _ => Part::Interpolation(region),
        },
        Part::Text(":".to_owned()),
        Part::Interpolation(context.account_id()),
        Part::Text(":*/*".to_owned()),
    ]);
    [
        allow(
            "ManageNetworkInterfaces",
            &[
                "ec2:AssignPrivateIpAddresses",
                "ec2:CreateNetworkInterface",
                "ec2:DeleteNetworkInterface",
                "ec2:UnassignPrivateIpAddresses",
            ],
            vec![own],
        ),
        allow(
            "DescribeNetwork",
            &["ec2:DescribeNetworkInterfaces", "ec2:DescribeSubnets"],
            wildcard(),
        ),
    ]
}

fn dead_letter_targets(body: &Object) -> Vec<&Value> {
    let blocks = body
        .get("dead_letter_config")
        .map(Value::objects)
        .unwrap_or_default();
    let dynamic = dynamic(body, "dead_letter_config")
        .map(Value::objects)
        .unwrap_or_default();
    let contents = dynamic
        .into_iter()
        .filter_map(|block| block.get("content"))
        .flat_map(Value::objects)
        // What it goes through is known inside of the block alone.
        .filter(|block| block.get("target_arn").is_some_and(names_block));
    blocks
        .into_iter()
        .chain(contents)
        .filter_map(|block| block.get("target_arn"))
        .collect()
}

fn names_block(value: &Value) -> bool {
    matches!(
        value.as_reference().map(|reference| &reference.target),
        Some(Target::Resource(..) | Target::Data(..))
    )
}

/// Writing to the queue or topic, with its key.
///
/// Source: AWS Lambda Developer Guide, "Adding a dead-letter queue".
fn dead_letters(context: &mut Context<'_>, arn: &Value) -> Vec<Object> {
    let actions: &[&str] = match service(arn) {
        Some("sqs") => &["sqs:SendMessage"],
        Some("sns") => &["sns:Publish"],
        // Lambda takes no others; the ARN tells which one it is, once it is known.
        _ => &["sns:Publish", "sqs:SendMessage"],
    };
    let mut statements = vec![allow("SendDeadLetters", actions, vec![arn.clone()])];
    if let Some(key) = key(context, arn) {
        statements.push(allow("SendDeadLettersKey", WRITE_KEY, vec![key]));
    }
    statements
}

/// The service of a queue or topic, from its type or its ARN.
fn service(arn: &Value) -> Option<&str> {
    let type_name = match arn.as_reference().map(|reference| &reference.target) {
        Some(Target::Resource(type_name, _) | Target::Data(type_name, _)) => type_name.as_str(),
        _ => return arn.as_str()?.split(':').nth(2),
    };
    match type_name {
        "aws_sqs_queue" => Some("sqs"),
        "aws_sns_topic" => Some("sns"),
        _ => None,
    }
}

/// The key of a queue or topic of the stack.
fn key(context: &mut Context<'_>, arn: &Value) -> Option<Value> {
    let Reference { target, .. } = arn.as_reference()?;
    let found = context.scope.declarations.values().find(|declaration| {
        let is_dead_letter_queue =
            |declaration: &Declaration<'_>| declaration.part("dlq").as_ref() == Some(target);
        declaration.target() == *target || is_dead_letter_queue(declaration)
    });
    let found = *found?;
    grants::key(context, &found)
}
