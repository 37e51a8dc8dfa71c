//! `#[alarm]`: a comparison of a metric, or of metric maths, with a threshold.

use webhook_infra_core::value::BinaryOperator;
use webhook_infra_core::{Block, Object, Target, Value, ValueKind};

use super::alarm_metrics::{Metric, metric};
use super::{Construct, Key, Settings, Shape};
use crate::context::{Context, Declaration, attribute, unknown};
use crate::errors::Error;
use crate::lower::struct_name;
use crate::syntax::{Expression, ExpressionKind};

const KEYS: &[Key] = &[
    Key::sets(
        "alarm_name",
        "name",
        Shape::Text,
        "The alarm's name in AWS. At most 255 characters. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "period",
        Shape::Seconds,
        "The time over which a datapoint is made. 10 s, 20 s, 30 s or whole minutes. Default: `\"1m\"`.",
    ),
    Key::sets(
        "evaluation_periods",
        "evaluation_periods",
        Shape::Number,
        "How many datapoints are looked at. Default: 1.",
    ),
    Key::sets(
        "datapoints_to_alarm",
        "datapoints_to_alarm",
        Shape::Number,
        "How many of them have to breach. Default: all.",
    ),
    Key::new(
        "statistic",
        Shape::Text,
        "`\"Sum\"`, `\"Average\"`, `\"Minimum\"`, `\"Maximum\"`, `\"SampleCount\"`, or a percentile such as `\"p99\"`. Default: what suits the metric.",
    ),
    Key::sets(
        "treat_missing_data",
        "treat_missing_data",
        Shape::OneOf(&[
            ("not_breaching", "notBreaching"),
            ("breaching", "breaching"),
            ("ignore", "ignore"),
            ("missing", "missing"),
        ]),
        "What a period without data means. Default: `\"not_breaching\"`, since most metrics are silent when nothing happens.",
    ),
    Key::new(
        "notify",
        Shape::Raw,
        "The `#[sns]` struct to notify, or a list of them.",
    ),
    Key::new(
        "notify_ok",
        Shape::Switch,
        "Notifies also when all is well again.",
    ),
    Key::new(
        "description",
        Shape::Text,
        "What it means and what to do. Default: the struct's documentation.",
    ),
];

pub(super) static ALARM: Construct = Construct {
    name: "alarm",
    summary: "A CloudWatch alarm: `#[alarm(Ingestion.errors >= 1, notify = Alerts)]`, or metric maths",
    main: "aws_cloudwatch_metric_alarm",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[("name", "alarm_name")],
    marker: "Alarm",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let mut block = Block::resource("aws_cloudwatch_metric_alarm", declaration.id);
    block.body = settings.arguments();
    let body = &mut block.body;
    body.set_default("alarm_name", context.physical_name(&settings, declaration));
    if let Some(description) = settings.value("description") {
        body.set("alarm_description", description.clone());
    } else if !declaration.item.docs.is_empty() {
        body.set_default(
            "alarm_description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("evaluation_periods", 1_u64);
    body.set_default("treat_missing_data", "notBreaching");
    if let Some(expression) = settings.positional.first() {
        if let Err(error) = comparison(context, expression, &settings, body) {
            context.errors.push(error);
            // What it watches is unknown now, and may be what a rule looks for.
            body.set("metric_query", unknown());
            body.set_default("comparison_operator", "GreaterThanThreshold");
        }
    } else if body.get("metric_name").is_some() {
        body.set_default("period", settings.value_or("period", 60_u64));
        if let Some(statistic) = settings.value("statistic") {
            let is_percentile = statistic.as_str().is_some_and(is_percentile);
            body.set(
                if is_percentile {
                    "extended_statistic"
                } else {
                    "statistic"
                },
                statistic.clone(),
            );
        }
    } else if body.get("metric_name").is_none() && body.get("metric_query").is_none() {
        context.errors.add(
            declaration.span(),
            format!("alarm `{}` compares nothing", declaration.name()),
            "write what it watches first: `#[alarm(Ingestion.errors >= 1, notify = Alerts)]`",
        );
        return;
    }
    notify(context, &settings, &mut block.body);
    context.push(block);
}

/// What an alarm offers for a resource without metrics here.
const INSTEAD: &str = "give the alarm `namespace`, `metric_name` and `dimensions` instead";

fn comparison(
    context: &mut Context<'_>,
    expression: &Expression,
    settings: &Settings,
    body: &mut Object,
) -> Result<(), Error> {
    let help = "write a metric, `>=`, `>`, `<=` or `<`, and a number: `Ingestion.errors >= 1`";
    let ExpressionKind::Binary(operator, left, right) = &expression.kind else {
        return Err(Error::new(
            expression.span,
            "an alarm compares a metric with a number",
            help,
        ));
    };
    let operator = match operator {
        BinaryOperator::GreaterOrEqual => "GreaterThanOrEqualToThreshold",
        BinaryOperator::Greater => "GreaterThanThreshold",
        BinaryOperator::LessOrEqual => "LessThanOrEqualToThreshold",
        BinaryOperator::Less => "LessThanThreshold",
        _ => {
            return Err(Error::new(
                expression.span,
                "CloudWatch compares with `>=`, `>`, `<=` and `<` only",
                help,
            ));
        }
    };
    if let Ok(Some(_)) = metric(context, right, INSTEAD) {
        return Err(Error::new(
            right.span,
            "the metric stands on the left of the comparison",
            help,
        ));
    }
    body.set("comparison_operator", operator);
    if let Some(threshold) = context.value(right) {
        body.set("threshold", threshold);
    }
    let period = settings.value_or("period", 60_u64);
    if let Some(metric) = metric(context, left, INSTEAD)? {
        let statistic = settings
            .value("statistic")
            .cloned()
            .unwrap_or_else(|| metric.statistic.clone().into());
        let is_percentile = statistic.as_str().is_some_and(is_percentile);
        set_region(body, &metric);
        body.set("namespace", metric.namespace);
        body.set("metric_name", metric.name);
        let by_dimension = metric
            .by_dimension
            .filter(|_| body.get("dimensions").is_none());
        if let Some(name) = by_dimension {
            return Err(Error::new(
                left.span,
                format!(
                    "the metric of `{name}` has dimensions, and an alarm watches one value of each"
                ),
                "name it: `dimensions = { \"Route\" = \"/orders\" }`",
            ));
        }
        if !metric.dimensions.is_empty() {
            body.set("dimensions", metric.dimensions);
        }
        body.set("period", period);
        body.set(
            if is_percentile {
                "extended_statistic"
            } else {
                "statistic"
            },
            statistic,
        );
        return Ok(());
    }
    let mut metrics = Vec::new();
    let text = maths(context, left, &mut metrics, INSTEAD)?;
    if metrics.is_empty() {
        return Err(Error::new(left.span, "there is no metric in this", help));
    }
    let query = Object::new()
        .with("id", "result")
        .with("expression", text)
        .with("return_data", true);
    body.push_block("metric_query", query.into());
    for (place, metric) in metrics.into_iter().enumerate() {
        set_region(body, &metric);
        let statistic = settings
            .value("statistic")
            .cloned()
            .unwrap_or_else(|| metric.statistic.into());
        if let Some(name) = metric.by_dimension {
            return Err(Error::new(
                left.span,
                format!(
                    "the metric of `{name}` has dimensions, and cannot stand in metric maths like this"
                ),
                "write `metric_query(…)` with its `dimensions`",
            ));
        }
        let mut inner = Object::new()
            .with("namespace", metric.namespace)
            .with("metric_name", metric.name);
        if !metric.dimensions.is_empty() {
            inner.set("dimensions", metric.dimensions);
        }
        let inner = inner.with("period", period.clone()).with("stat", statistic);
        let query = Object::new()
            .with("id", format!("m{}", place + 1))
            .with("metric", vec![inner.into()]);
        body.push_block("metric_query", query.into());
    }
    Ok(())
}

/// An alarm stands where its metric is kept.
fn set_region(body: &mut Object, metric: &Metric) {
    if let Some(region) = metric.region {
        body.set_default("region", region);
    }
}

/// Whether it is a statistic of the extended kind: `p99`, `tm90`, `IQM`, `PR(10:20)`. Whatever is
/// neither is left where the rules look for a plain one.
pub(super) fn is_percentile(statistic: &str) -> bool {
    let number = ["tm", "wm", "tc", "ts", "p"]
        .iter()
        .find_map(|prefix| statistic.strip_prefix(prefix));
    number.is_some_and(|number| {
        number
            .parse::<f64>()
            .is_ok_and(|number| (0.0..=100.0).contains(&number))
    }) || statistic == "IQM"
        || statistic.ends_with(')')
            && ["TM(", "WM(", "TC(", "TS(", "PR("]
                .iter()
                .any(|prefix| statistic.starts_with(prefix))
}

/// The expression in CloudWatch's metric maths, with its metrics as `m1`, `m2`, ….
pub(super) fn maths(
    context: &mut Context<'_>,
    expression: &Expression,
    metrics: &mut Vec<Metric>,
    instead: &str,
) -> Result<String, Error> {
    if let Some(metric) = metric(context, expression, instead)? {
        metrics.push(metric);
        return Ok(format!("m{}", metrics.len()));
    }
    Ok(match &expression.kind {
        ExpressionKind::Number(number) => number.to_string(),
        ExpressionKind::String(text) => format!("\"{text}\""),
        ExpressionKind::Group(inner) => format!("({})", maths(context, inner, metrics, instead)?),
        ExpressionKind::Unary('-', operand) => {
            format!("-{}", maths(context, operand, metrics, instead)?)
        }
        ExpressionKind::Binary(operator, left, right) => {
            let left = maths(context, left, metrics, instead)?;
            let right = maths(context, right, metrics, instead)?;
            format!("{left} {} {right}", operator.symbol())
        }
        ExpressionKind::Call(function, arguments) => {
            let arguments = arguments
                .iter()
                .map(|argument| maths(context, argument, metrics, instead))
                .collect::<Result<Vec<_>, _>>()?;
            format!("{function}({})", arguments.join(", "))
        }
        ExpressionKind::List(items) => {
            let items = items
                .iter()
                .map(|item| maths(context, item, metrics, instead))
                .collect::<Result<Vec<_>, _>>()?;
            format!("[{}]", items.join(", "))
        }
        _ => {
            return Err(Error::new(
                expression.span,
                "metric maths is made of metrics, numbers, operators and functions",
                "write, for instance, `DIFF(Events.approximate_number_of_messages_visible) > 0`",
            ));
        }
    })
}

fn notify(context: &mut Context<'_>, settings: &Settings, body: &mut Object) {
    let Some(setting) = settings.find("notify") else {
        return;
    };
    let (origin, expression) = match settings.raw("notify") {
        Some(expression) => (setting.origin, expression.clone()),
        None => return,
    };
    let topics = match &expression.kind {
        ExpressionKind::List(items) => items.clone(),
        _ => vec![expression],
    };
    let mut actions: Vec<Value> = Vec::new();
    for topic in topics {
        // A struct is a topic; anything else is an ARN, of whatever CloudWatch can start.
        let is_struct = match &topic.kind {
            ExpressionKind::Name(_) => true,
            ExpressionKind::Path(path) => struct_name(path).is_some(),
            _ => false,
        };
        if is_struct {
            let topic =
                context.expect_named(&topic, &["sns", "variable"], "what an alarm notifies");
            let target = topic.map(|topic| topic.target(context));
            match target {
                Some(target @ Target::Variable(_)) => actions.push(
                    webhook_infra_core::Reference {
                        target,
                        path: Vec::new(),
                    }
                    .into(),
                ),
                Some(target) => actions.push(attribute(&target, "arn")),
                None => actions.push(ValueKind::Null.into()),
            }
        } else if let Some(value) = context.value(&topic) {
            actions.push(value);
        }
    }
    let actions = ValueKind::List(actions).at(origin);
    if settings.flag("notify_ok") {
        body.set("ok_actions", actions.clone());
    }
    body.set("alarm_actions", actions);
}
