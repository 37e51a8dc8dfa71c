//! The widgets of a dashboard: graphs, alarms, log queries and text.
//!
//! Source: Amazon CloudWatch API Reference, "Dashboard Body Structure and Syntax".

use proc_macro2::Span;
use webhook_infra_core::{Object, Origin, Part, Target, Value, ValueKind};

use super::alarm::maths;
use super::alarm_metrics::{Metric, metric};
use super::dashboard_keys::{ALARM, LOG, METRIC, TEXT};
use super::{Settings, each_instance};
use crate::context::{Context, Declaration, attribute};
use crate::errors::Error;
use crate::stack::Instances;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

/// A widget that has no place yet.
pub(super) struct Widget {
    pub(super) kind: &'static str,
    pub(super) properties: Object,
    pub(super) width: Option<u64>,
    pub(super) height: Option<u64>,
    /// The height when nothing is said.
    pub(super) usual_height: u64,
    pub(super) span: Span,
    pub(super) origin: Origin,
}

/// What the dashboard and the row say for their widgets.
pub(super) struct Defaults {
    pub(super) period: Value,
}

/// Whether an entry of a dashboard or a row is a widget.
pub(super) fn is_widget(entry: &Entry) -> bool {
    match &entry.kind {
        EntryKind::Positional(_) => true,
        EntryKind::Block(name, _) => ["metric", "alarm", "log", "text"]
            .iter()
            .any(|kind| name == kind),
        // A struct where its metric should be.
        EntryKind::Flag(name) => name.to_string().starts_with(char::is_uppercase),
        EntryKind::Assign(..) | EntryKind::Broken => false,
    }
}

/// Reads a widget; `None` when it has a mistake, which is then reported.
pub(super) fn widget(
    context: &mut Context<'_>,
    entry: &Entry,
    defaults: &Defaults,
) -> Option<Widget> {
    let origin = context.origin(entry.span);
    let (kind, settings) = match &entry.kind {
        EntryKind::Block(name, entries) => {
            let name = name.to_string();
            let keys = match name.as_str() {
                "metric" => METRIC,
                "alarm" => ALARM,
                "log" => LOG,
                _ => TEXT,
            };
            let shown = format!("`{name}(…)` of `#[dashboard]`");
            let module = format!("dashboard::{name}");
            (name, context.settings(entries, keys, None, &shown, &module))
        }
        EntryKind::Positional(expression) => {
            let positional = match &expression.kind {
                ExpressionKind::List(items) => items.clone(),
                _ => vec![expression.clone()],
            };
            let settings = Settings {
                positional,
                ..Settings::default()
            };
            ("metric".to_owned(), settings)
        }
        EntryKind::Flag(name) => {
            let expression = Expression {
                kind: ExpressionKind::Name(name.clone()),
                span: name.span(),
            };
            let settings = Settings {
                positional: vec![expression],
                ..Settings::default()
            };
            ("metric".to_owned(), settings)
        }
        EntryKind::Assign(..) | EntryKind::Broken => return None,
    };
    let made = match kind.as_str() {
        "metric" => graph(context, entry.span, &settings, defaults),
        "alarm" => alarms(context, entry.span, &settings),
        "log" => log(context, entry.span, &settings),
        _ => text(context, entry.span, &settings),
    };
    let (kind, properties, usual_height) = match made {
        Ok(made) => made,
        Err(error) => {
            // What a key of the widget lacks may be in what could not be read.
            if !settings.is_faulty {
                context.errors.push(error);
            }
            return None;
        }
    };
    let mut sized = |name: &str, most| {
        let span = settings.find(name)?.span;
        size(context, &settings, name, span, most)
    };
    Some(Widget {
        kind,
        width: sized("width", 24),
        height: sized("height", 1_000),
        properties,
        usual_height,
        span: entry.span,
        origin,
    })
}

/// A width or height, which has to be a plain number, since places are computed from it.
pub(super) fn size(
    context: &mut Context<'_>,
    settings: &Settings,
    name: &str,
    span: Span,
    most: u64,
) -> Option<u64> {
    let value = settings.value(name)?;
    let number = match &value.kind {
        ValueKind::Number(number) => number.as_u64(),
        // It could not be read, and that is reported.
        ValueKind::Raw { .. } => return None,
        _ => None,
    };
    let number = number.filter(|number| (1..=most).contains(number));
    if number.is_none() {
        context.errors.add(
            span,
            format!("`{name}` of a widget is a whole number from 1 to {most}"),
            format!(
                "write `{name} = 6`; places are computed from it, so it cannot be an expression"
            ),
        );
    }
    number
}

type Made = Result<(&'static str, Object, u64), Error>;

fn graph(context: &mut Context<'_>, span: Span, settings: &Settings, defaults: &Defaults) -> Made {
    let own = settings.value("metric_name").cloned();
    let mut lines = Vec::new();
    let mut named = Vec::new();
    let mut metrics = Vec::new();
    for expression in &settings.positional {
        let hidden = metrics.len();
        if let Some(metric) = metric(context, expression, INSTEAD)? {
            dimensions_are_known(&metric, expression)?;
            let name = metric.name.as_str().unwrap_or_default().to_owned();
            named.push((metric.of.clone(), name));
            lines.push(line(&metric, settings, Object::new()));
            continue;
        }
        let text = maths(context, expression, &mut metrics, INSTEAD)?;
        let Some(parts) = metrics.get(hidden..).filter(|parts| !parts.is_empty()) else {
            return Err(Error::new(
                expression.span,
                "there is no metric in this",
                "write a metric, such as `Ingestion.errors`, or metric maths over some",
            ));
        };
        let mut result = Object::new()
            .with("expression", text)
            .with("id", format!("e{}", lines.len() + 1));
        if let Some(label) = settings.value("label").or(settings.value("title")) {
            result.set("label", label.clone());
        }
        lines.push(vec![Value::from(result)].into());
        for (place, metric) in parts.iter().enumerate() {
            dimensions_are_known(metric, expression)?;
            let options = Object::new()
                .with("id", format!("m{}", hidden + place + 1))
                .with("visible", false);
            lines.push(line(metric, settings, options));
        }
        named.push((String::new(), String::new()));
    }
    if let Some(name) = own {
        if settings.value("namespace").is_none() {
            return Err(Error::new(
                span,
                "a metric of your own has a namespace",
                "write `metric(namespace = \"Orders\", metric_name = \"Paid\")`",
            ));
        }
        lines.push(own_line(settings, name));
        named.push((String::new(), String::new()));
    }
    if lines.is_empty() {
        return Err(Error::new(
            span,
            "this graph shows no metric",
            "write one, or several: `metric(Ingestion.errors, Processing.errors)`",
        ));
    }
    let mut properties = Object::new();
    if let Some(title) = settings.value("title").cloned().or_else(|| title(&named)) {
        properties.set("title", title);
    }
    properties.set("region", context.region());
    properties.set("view", settings.value_or("view", "timeSeries"));
    properties.set("stacked", settings.value_or("stacked", false));
    properties.set(
        "period",
        settings.value_or("period", defaults.period.clone()),
    );
    properties.set("metrics", lines);
    if let Some(threshold) = settings.value("threshold") {
        let line = Object::new().with("value", threshold.clone());
        properties.set(
            "annotations",
            Object::new().with("horizontal", vec![line.into()]),
        );
    }
    let height = if settings.text("view") == Some("singleValue") {
        3
    } else {
        6
    };
    Ok(("metric", properties, height))
}

/// What a dashboard offers for a resource without metrics here.
const INSTEAD: &str = "write `metric(namespace = \"…\", metric_name = \"…\", dimensions = { \"…\" = \"…\" })` instead";

/// A metric that exists only for values of dimensions shows nothing without them.
fn dimensions_are_known(metric: &Metric, expression: &Expression) -> Result<(), Error> {
    match &metric.by_dimension {
        None => Ok(()),
        Some(name) => Err(Error::new(
            expression.span,
            format!("the metric of `{name}` exists only for values of its dimensions"),
            INSTEAD,
        )),
    }
}

/// A metric as an array: its namespace, its name, its dimensions, and how it is drawn.
fn line(metric: &Metric, settings: &Settings, mut options: Object) -> Value {
    let mut items = vec![metric.namespace.clone(), metric.name.clone()];
    for (key, value) in metric.dimensions.iter() {
        items.push(key.name.as_str().into());
        items.push(value.clone());
    }
    if let Some(region) = metric.region {
        options.set("region", region);
    }
    let statistic = settings.value_or("statistic", metric.statistic.as_str());
    items.push(options.with("stat", statistic).into());
    items.into()
}

/// A metric that the author names in CloudWatch's words.
fn own_line(settings: &Settings, name: Value) -> Value {
    let mut items = vec![settings.value_or("namespace", ""), name];
    let dimensions = settings.value("dimensions").and_then(Value::as_object);
    for (key, value) in dimensions.into_iter().flat_map(Object::iter) {
        items.push(key.name.as_str().into());
        items.push(value.clone());
    }
    let statistic = settings.value_or("statistic", "Sum");
    items.push(Object::new().with("stat", statistic).into());
    items.into()
}

/// What all lines of a graph have in common.
fn title(named: &[(String, String)]) -> Option<Value> {
    let (of, name) = named.first()?;
    let same_resource = named.iter().all(|(other, _)| other == of);
    let same_metric = named.iter().all(|(_, other)| other == name);
    let title = match (same_resource, same_metric) {
        (true, true) => format!("{of} {name}"),
        (true, false) => of.clone(),
        (false, true) => name.clone(),
        (false, false) => return None,
    };
    let title = title.trim();
    (!title.is_empty()).then(|| title.into())
}

fn alarms(context: &mut Context<'_>, span: Span, settings: &Settings) -> Made {
    let mut alarms: Vec<&Declaration<'_>> = Vec::new();
    if settings.flag("all") {
        let all = context.scope.declarations.values();
        alarms.extend(all.filter(|declaration| declaration.construct.name == "alarm"));
        alarms.sort_by_key(|alarm| alarm.name());
    }
    for expression in &settings.positional {
        let is_alarm = context
            .expect_declared(expression, &["alarm"], "what an alarm widget shows")
            .is_some();
        if let ExpressionKind::Name(name) = &expression.kind {
            let declared = context.scope.declarations.get(&name.to_string());
            alarms.extend(declared.filter(|_| is_alarm));
        }
    }
    if alarms.is_empty() && settings.positional.is_empty() {
        let (message, help) = if settings.flag("all") {
            (
                "the stack has no alarm to show",
                "declare one: `#[alarm(Ingestion.errors >= 1, notify = Alerts)]`",
            )
        } else {
            (
                "this widget shows no alarm",
                "write which: `alarm(IngestionErrors, BacklogAge)`, or `alarm(all)` for all alarms of the stack",
            )
        };
        return Err(Error::new(span, message, help));
    }
    // Four alarms side by side, under a title.
    let height = 1 + (alarms.len() as u64).div_ceil(4).max(1);
    let properties = Object::new()
        .with("title", settings.value_or("title", "Alarms"))
        .with("alarms", arns(&alarms));
    Ok(("alarm", properties, height))
}

/// The ARNs of alarms, and of each instance of those with several.
fn arns(alarms: &[&Declaration<'_>]) -> Value {
    let is_repeated = |alarm: &&Declaration<'_>| Instances::of(&alarm.annotation.entries).is_some();
    let has_repeated = alarms.iter().any(is_repeated);
    let arns = alarms
        .iter()
        .map(|alarm| {
            if is_repeated(alarm) {
                each_instance::flattened(&alarm.target(), |arn| vec![arn.clone()])
            } else {
                attribute(&alarm.target(), "arn")
            }
        })
        .collect::<Vec<_>>();
    if !has_repeated {
        return arns.into();
    }
    ValueKind::Call {
        function: "flatten".to_owned(),
        arguments: vec![arns.into()],
        spread: false,
    }
    .into()
}

fn log(context: &mut Context<'_>, span: Span, settings: &Settings) -> Made {
    let example = "log(Ingestion, query = \"filter level = 'ERROR' | limit 20\")";
    if settings.positional.is_empty() {
        return Err(Error::new(
            span,
            "this widget does not say which log group it reads",
            format!("write the function, or its log group, first: `{example}`"),
        ));
    }
    let Some(query) = settings.value("query") else {
        return Err(Error::new(
            span,
            "this widget does not say what it looks for",
            format!("write `{example}`"),
        ));
    };
    let mut parts = Vec::new();
    for expression in &settings.positional {
        let name = log_group(context, expression)?;
        parts.push(Part::Text("SOURCE '".to_owned()));
        parts.push(Part::Interpolation(name));
        parts.push(Part::Text("' | ".to_owned()));
    }
    parts.push(Part::Interpolation(query.clone()));
    let mut properties = Object::new();
    if let Some(title) = settings.value("title") {
        properties.set("title", title.clone());
    }
    properties.set("region", context.region());
    properties.set("view", settings.value_or("view", "table"));
    properties.set("query", Value::template(parts));
    Ok(("log", properties, 6))
}

/// The name of the log group that an expression names: a function, its log group, or a text.
fn log_group(context: &mut Context<'_>, expression: &Expression) -> Result<Value, Error> {
    let is_group = |target: &Target| matches!(target, Target::Resource(kind, _) if kind == "aws_cloudwatch_log_group");
    if let ExpressionKind::Name(name) = &expression.kind {
        let Some(declaration) = context.scope.declarations.get(&name.to_string()).copied() else {
            return Err(context.unknown_name(name));
        };
        let target = declaration
            .part("log_group")
            .unwrap_or_else(|| declaration.target());
        if is_group(&target) {
            return Ok(attribute(&target, "name"));
        }
        if !matches!(target, Target::Variable(_)) {
            return Err(Error::new(
                name.span(),
                format!(
                    "`{name}` is {}, which has no log group",
                    declaration.construct.a_noun()
                ),
                "write a function, a state machine, or a struct with `#[resource(aws_cloudwatch_log_group)]`",
            ));
        }
    }
    let value = context.lower(expression)?;
    Ok(match value.as_reference() {
        Some(reference) if reference.path.is_empty() && is_group(&reference.target) => {
            attribute(&reference.target, "name")
        }
        _ => value,
    })
}

fn text(context: &mut Context<'_>, span: Span, settings: &Settings) -> Made {
    let [markdown] = settings.positional.as_slice() else {
        return Err(Error::new(
            span,
            "this widget is one text",
            "write `text(\"# Orders\")`",
        ));
    };
    let markdown = context.lower(markdown)?;
    let lines = markdown.as_str().map_or(1, |text| text.lines().count());
    let properties = Object::new().with("markdown", markdown);
    Ok(("text", properties, 1 + lines.clamp(1, 20) as u64))
}
