//! Where goes what failed: dead-letter queues of subscriptions, and destinations of functions.

use webhook_infra_core::{Address, Object, Target, Value};

use super::capability::WRITE_KEY;
use super::grants;
use super::statement::allow;
use crate::context::{Context, Declaration, attribute};
use crate::stack::Instances;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

/// A queue or topic for what failed.
pub(super) struct Destination<'s> {
    pub(super) declaration: Declaration<'s>,
    /// The queue or topic: the declaration's own, or its dead-letter queue.
    target: Target,
    pub(super) arn: Value,
    /// How statements about it are called.
    name: String,
}

/// The queue or topic in `on_failure = Failed`.
pub(super) fn destination<'s>(
    context: &mut Context<'s>,
    expression: &Expression,
) -> Option<Destination<'s>> {
    find(
        context,
        expression,
        &["sqs", "sns"],
        "a destination of failures",
    )
}

/// The queue in `dlq = Failed` or `dlq = Events.dlq`.
pub(super) fn queue<'s>(
    context: &mut Context<'s>,
    expression: &Expression,
) -> Option<Destination<'s>> {
    find(context, expression, &["sqs"], "a dead-letter queue")
}

fn find<'s>(
    context: &mut Context<'s>,
    expression: &Expression,
    constructs: &[&str],
    role: &str,
) -> Option<Destination<'s>> {
    let origin = context.origin(expression.span);
    // `Events.dlq` is the queue that `dlq(…)` of `Events` makes.
    let (base, part) = match &expression.kind {
        ExpressionKind::Field(base, part) if part == "dlq" => (base.as_ref(), Some(part)),
        _ => (expression, None),
    };
    let constructs = if part.is_some() { &["sqs"] } else { constructs };
    let declaration = context.expect_declared(base, constructs, role)?;
    if !is_single(context, &declaration, expression.span) {
        return None;
    }
    let mut name = declaration.name();
    let target = match part {
        Some(part) => {
            name.push_str("Dlq");
            match context.part(&declaration, "dlq", part.span()) {
                Ok(target) => target,
                Err(error) => {
                    context.errors.push(error);
                    return None;
                }
            }
        }
        None => declaration.target(),
    };
    let mut arn = attribute(&target, "arn");
    arn.origin = origin;
    Some(Destination {
        declaration,
        target,
        arn,
        name,
    })
}

impl Destination<'_> {
    /// The policy that has to be there before a service can write to the queue.
    pub(super) fn policy(&self) -> Option<Address> {
        match &self.target {
            Target::Resource(type_name, id) if type_name == "aws_sqs_queue" => {
                Some(Address::new(format!("aws_sqs_queue_policy.{id}")))
            }
            _ => None,
        }
    }
}

/// Whether there is one of it. What is there several times has no single ARN to name; that is reported.
pub(super) fn is_single(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    span: proc_macro2::Span,
) -> bool {
    let is_repeated = Instances::of(&declaration.annotation.entries).is_some();
    if is_repeated {
        context.errors.add(
            span,
            format!(
                "`{}` has `count` or `for_each`, and this needs exactly one",
                declaration.name()
            ),
            "name a struct without `count` and `for_each`, or connect each instance by a `#[resource(…)]` of its own",
        );
    }
    !is_repeated
}

/// What a function's role needs to write there.
pub(super) fn statements(context: &mut Context<'_>, destination: &Destination<'_>) -> Vec<Object> {
    let name = &destination.name;
    let action = match destination.declaration.construct.name {
        "sns" => "sns:Publish",
        _ => "sqs:SendMessage",
    };
    let sid = format!("SendTo{name}");
    let mut statements = vec![allow(
        sid.as_str(),
        &[action],
        vec![destination.arn.clone()],
    )];
    let sid = format!("{sid}Key");
    let key = grants::own_key_statement(context, &destination.declaration, &sid, WRITE_KEY);
    statements.extend(key);
    statements
}

/// The struct that stands first among these entries.
pub(super) fn first(entries: &[Entry]) -> Option<String> {
    entries.iter().find_map(|entry| match &entry.kind {
        EntryKind::Flag(name) => Some(name.to_string()),
        EntryKind::Positional(value) => match &value.kind {
            ExpressionKind::Name(name) => Some(name.to_string()),
            _ => None,
        },
        _ => None,
    })
}

/// The queue that `key = Failed` or `key = Events.dlq` names, before anything is lowered: the name of the
/// struct, with `.dlq` for its dead-letter queue.
pub(super) fn named(entries: &[Entry], key: &str) -> Option<String> {
    entries.iter().find_map(|entry| {
        let EntryKind::Assign(name, value) = &entry.kind else {
            return None;
        };
        if name != key {
            return None;
        }
        match &value.kind {
            ExpressionKind::Name(name) => Some(name.to_string()),
            ExpressionKind::Field(base, part) => match &base.kind {
                ExpressionKind::Name(name) => Some(format!("{name}.{part}")),
                _ => None,
            },
            _ => None,
        }
    })
}
