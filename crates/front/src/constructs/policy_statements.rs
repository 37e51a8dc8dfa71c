//! Statements that one declaration needs in the policy of another: a rule that sends events to a queue, a
//! topic that a queue listens to, a bucket that tells a queue of new objects.
//!
//! The policy of a queue or topic is one resource, so nobody else can declare it once more. Who needs a
//! statement says so in [`WANTS`] when the scope is made; the queue or topic takes them up in [`of`].

use webhook_infra_core::{Object, Target, Value};

use super::statement::allow;
use super::{cloudfront, each_instance, event_rule, notification, subscription, tls_only, trigger};
use crate::context::{Context, Declaration, Scope, attribute};
use crate::stack::Instances;

/// What a declaration wants of others: their structs' names, and the statement.
type Wants = for<'s> fn(&Declaration<'s>, &Scope<'s>) -> Vec<(String, PolicyStatement)>;

/// The constructs that need statements in policies of others.
const WANTS: &[(&str, Wants)] = &[
    ("cloudfront", cloudfront::wants),
    ("event_rule", event_rule::wants),
    ("lambda", trigger::wants),
    ("s3", notification::wants),
    ("sqs", subscription::wants),
];

/// A service that may write to a queue or topic, on behalf of one resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PolicyStatement {
    /// The struct that needs it.
    by: String,
    service: &'static str,
    /// The resource on whose behalf the service acts.
    source: Target,
    /// Whether there are several of it (`count`, `for_each`).
    is_repeated: bool,
    /// Whether the source's ARN says nothing of its account.
    needs_account: bool,
}

impl PolicyStatement {
    /// `service` may write for the main resource of `by`.
    pub(crate) fn new(by: &Declaration<'_>, service: &'static str) -> Self {
        Self {
            by: by.name(),
            service,
            source: by.target(),
            is_repeated: Instances::of(&by.annotation.entries).is_some(),
            needs_account: service == "s3.amazonaws.com",
        }
    }
}

impl PolicyStatement {
    /// `service` may write on behalf of `source`, a helper of `by`, in this account.
    pub(crate) fn through(by: &Declaration<'_>, service: &'static str, source: Target) -> Self {
        Self {
            source,
            needs_account: true,
            ..Self::new(by, service)
        }
    }
}

/// Takes down what every declaration wants of others. `names` are the structs in the order of the source.
pub(crate) fn collect(scope: &mut Scope<'_>, names: impl IntoIterator<Item = String>) {
    for name in names {
        let Some(declaration) = scope.declarations.get(&name).copied() else {
            continue;
        };
        let construct = declaration.construct.name;
        for (_, wants) in WANTS.iter().filter(|(name, _)| *name == construct) {
            for (of, statement) in wants(&declaration, scope) {
                let statements = scope.policy_statements.entry(of).or_default();
                if !statements.contains(&statement) {
                    statements.push(statement);
                }
            }
        }
    }
}

/// The statements that others want in the policy of this declaration: `action` on `arn`.
pub(super) fn of(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    action: &str,
    arn: &Value,
) -> Vec<Object> {
    of_name(context, &declaration.name(), action, arn)
}

/// The statements that others want in the policy of this name: a struct's, or `Events.dlq`.
pub(super) fn of_name(
    context: &mut Context<'_>,
    name: &str,
    action: &str,
    arn: &Value,
) -> Vec<Object> {
    wanted(context, name)
        .into_iter()
        .map(|wanted| statement(context, &wanted, action, arn))
        .collect()
}

/// As [`of`], but only for what is done through one service.
pub(super) fn of_service(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    service: &str,
    action: &str,
    arn: &Value,
) -> Vec<Object> {
    wanted(context, &declaration.name())
        .into_iter()
        .filter(|wanted| wanted.service == service)
        .map(|wanted| statement(context, &wanted, action, arn))
        .collect()
}

fn statement(
    context: &mut Context<'_>,
    wanted: &PolicyStatement,
    action: &str,
    arn: &Value,
) -> Object {
    let sources = if wanted.is_repeated {
        each_instance::flattened(&wanted.source, |arn| vec![arn.clone()])
    } else {
        vec![attribute(&wanted.source, "arn")].into()
    };
    let mut conditions = vec![
        Object::new()
            .with("test", "ArnEquals")
            .with("variable", "aws:SourceArn")
            .with("values", sources)
            .into(),
    ];
    if wanted.needs_account {
        let account = context.account_id();
        conditions.push(tls_only::condition(
            "StringEquals",
            "aws:SourceAccount",
            vec![account],
        ));
    }
    allow(format!("Allow{}", wanted.by), &[action], vec![arn.clone()])
        .with("principals", vec![tls_only::service(wanted.service)])
        .with("condition", conditions)
}

/// The services that write to this declaration, for the policy of its key.
pub(super) fn services(context: &Context<'_>, declaration: &Declaration<'_>) -> Vec<&'static str> {
    let mut services = wanted(context, &declaration.name())
        .into_iter()
        .map(|statement| statement.service)
        .collect::<Vec<_>>();
    services.sort_unstable();
    services.dedup();
    services
}

fn wanted(context: &Context<'_>, name: &str) -> Vec<PolicyStatement> {
    let statements = context.scope.policy_statements.get(name);
    statements.cloned().unwrap_or_default()
}
