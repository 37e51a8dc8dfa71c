//! `#[log_metric_filter]`: a metric made of what is in a log.

use webhook_infra_core::{Object, Step, Target, Value, ValueKind};

use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration, attribute};
use crate::names;
use crate::syntax::{EntryKind, Expression, ExpressionKind};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The filter's name in AWS. At most 512 characters other than `:` and `*`. Default: the stack's name and the struct's.",
    ),
    Key::sets(
        "pattern",
        "pattern",
        Shape::Text,
        "Which events count: words (`\"ERROR\"`), JSON (`\"{ $.level = \\\"ERROR\\\" }\"`) or fields between spaces (`\"[ip, user, status = 5*]\"`). At most 1,024 characters; empty for all events.",
    ),
    Key::new(
        "metric",
        Shape::Text,
        "The metric's name. Default: the struct's.",
    ),
    Key::new(
        "namespace",
        Shape::Text,
        "The metric's namespace, which may not begin with `AWS/`. Default: the stack's name.",
    ),
    Key::new(
        "value",
        Shape::Value,
        "What an event adds to the metric: a number, or a field of the event such as `\"$.latency\"`. Default: 1.",
    ),
    Key::new(
        "default",
        Shape::Number,
        "What is reported for a period in which events came in but none counted. Not together with `dimensions`.",
    ),
    Key::new(
        "dimensions",
        Shape::Value,
        "Dimensions, with the field of the event that each is taken from: `dimensions = { \"Route\" = \"$.route\" }`. At most 3; each of their values is a metric of its own, and paid for.",
    ),
    Key::new(
        "unit",
        Shape::Text,
        "The metric's unit, such as `\"Milliseconds\"`. Default: none.",
    ),
];

pub(super) static LOG_METRIC_FILTER: Construct = Construct {
    name: "log_metric_filter",
    summary: "A metric made of what is in a log: `#[log_metric_filter(Ingestion.log_group, pattern = \"{ $.level = \\\"ERROR\\\" }\")]`",
    main: "aws_cloudwatch_log_metric_filter",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    body.set_default("name", context.physical_name(&settings, declaration));
    match settings.positional.first() {
        Some(expression) => match group(context, expression) {
            Some(value) => {
                body.set("log_group_name", value);
            }
            None => return,
        },
        None if body.get("log_group_name").is_some() => {}
        None if settings.is_faulty => return,
        None => {
            context.errors.add(
                declaration.span(),
                format!(
                    "metric filter `{}` does not say of which log",
                    declaration.name()
                ),
                "write the log group first: `#[log_metric_filter(Ingestion.log_group, pattern = \"ERROR\")]`",
            );
            return;
        }
    }
    if body.get("pattern").is_none() && !settings.is_faulty {
        context.errors.add(
            declaration.span(),
            format!(
                "metric filter `{}` does not say which events count",
                declaration.name()
            ),
            "write `pattern = \"ERROR\"`, or `pattern = \"\"` for all of them",
        );
        return;
    }
    if body.get("metric_transformation").is_none() {
        let mut metric = Object::new();
        let prefix = context.stack.prefix.clone();
        let namespace = prefix.map_or_else(
            || "Stack".into(),
            |mut prefix| {
                prefix.origin = webhook_infra_core::Origin::UNKNOWN;
                prefix
            },
        );
        metric.set(
            "name",
            settings.value_or(
                "metric",
                names::pascal(&declaration.kebab_name().replace('-', "_")),
            ),
        );
        metric.set("namespace", settings.value_or("namespace", namespace));
        metric.set("value", settings.value_or("value", "1"));
        for (name, argument) in [
            ("default", "default_value"),
            ("dimensions", "dimensions"),
            ("unit", "unit"),
        ] {
            if let Some((setting, value)) = settings.find(name).zip(settings.value(name)) {
                let key = webhook_infra_core::Key::new(argument, setting.origin);
                metric.set(key, value.clone());
            }
        }
        body.push_block("metric_transformation", metric.into());
    }
    context.resource("aws_cloudwatch_log_metric_filter", declaration.id, body);
}

/// The name of the log group: `Ingestion.log_group`, a struct with `#[log_group]`, or any text.
fn group(context: &mut Context<'_>, expression: &Expression) -> Option<Value> {
    let origin = context.origin(expression.span);
    let named = |name: &proc_macro2::Ident| context.scope.declarations.get(&name.to_string());
    let target = match &expression.kind {
        ExpressionKind::Name(name) if !names::is_constant(&name.to_string()) => {
            match named(name).map(Declaration::target) {
                Some(Target::Variable(_)) => None,
                Some(target) if is_group(&target) => Some(target),
                Some(_) if named(name).is_some_and(|it| it.part("log_group").is_some()) => {
                    context.errors.add(
                        name.span(),
                        format!("`{name}` is not a log group, but has one"),
                        format!("write `{name}.log_group`"),
                    );
                    return None;
                }
                _ => {
                    let _ = context.expect_declared(
                        expression,
                        &["log_group"],
                        "the log of a metric filter",
                    );
                    return None;
                }
            }
        }
        ExpressionKind::Field(base, part) => match &base.kind {
            ExpressionKind::Name(name) => named(name)
                .and_then(|declaration| declaration.part(&part.to_string()))
                .filter(is_group),
            _ => None,
        },
        _ => None,
    };
    let mut value = match target {
        Some(target) => attribute(&target, "name"),
        None => context.value(expression)?,
    };
    // `Audit["at"]` is one of several log groups, as `Audit` is one.
    if let ValueKind::Reference(reference) = &mut value.kind {
        if reference.attribute().is_none() && is_group(&reference.target) {
            reference.path.push(Step::Attribute("name".to_owned()));
        }
    }
    value.origin = origin;
    Some(value)
}

fn is_group(target: &Target) -> bool {
    matches!(target, Target::Resource(type_name, _) if type_name == "aws_cloudwatch_log_group")
}

/// Whether a filter's metric has dimensions, by its own attribute.
pub(super) fn has_dimensions(declaration: &Declaration<'_>) -> bool {
    declaration
        .annotation
        .entries
        .iter()
        .any(|entry| match &entry.kind {
            EntryKind::Assign(key, _) | EntryKind::Block(key, _) => key == "dimensions",
            _ => false,
        })
}
