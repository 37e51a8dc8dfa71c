//! `#[alarm]`: a comparison of a metric, or of metric maths, with a threshold.

use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::value::BinaryOperator;
use webhook_infra_core::{Block, Object, Target, Value, ValueKind};

use super::{Construct, Key, Settings, Shape};
use crate::context::{Context, Declaration, attribute};
use crate::errors::Error;
use crate::lower::{listed, resource_schema};
use crate::syntax::{Expression, ExpressionKind};

const KEYS: &[Key] = &[
    Key::new(
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
        Shape::Flag,
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

/// The metrics that a resource has by itself.
struct Metrics {
    construct: &'static str,
    namespace: &'static str,
    /// Dimensions, with the attribute (of the main resource, or of a part) that is their value.
    dimensions: &'static [(&'static str, &'static str)],
    /// Our name, CloudWatch's, and the statistic that says most.
    names: &'static [(&'static str, &'static str, &'static str)],
}

/// Source: the CloudWatch metrics pages of each service's developer guide.
const METRICS: &[Metrics] = &[
    Metrics {
        construct: "lambda",
        namespace: "AWS/Lambda",
        dimensions: &[("FunctionName", "function_name")],
        names: &[
            ("errors", "Errors", "Sum"),
            ("throttles", "Throttles", "Sum"),
            ("invocations", "Invocations", "Sum"),
            ("duration", "Duration", "Maximum"),
            ("concurrent_executions", "ConcurrentExecutions", "Maximum"),
            ("dead_letter_errors", "DeadLetterErrors", "Sum"),
            ("async_events_dropped", "AsyncEventsDropped", "Sum"),
            ("iterator_age", "IteratorAge", "Maximum"),
        ],
    },
    Metrics {
        construct: "sqs",
        namespace: "AWS/SQS",
        dimensions: &[("QueueName", "name")],
        names: &[
            (
                "approximate_number_of_messages_visible",
                "ApproximateNumberOfMessagesVisible",
                "Maximum",
            ),
            (
                "approximate_number_of_messages_not_visible",
                "ApproximateNumberOfMessagesNotVisible",
                "Maximum",
            ),
            (
                "approximate_number_of_messages_delayed",
                "ApproximateNumberOfMessagesDelayed",
                "Maximum",
            ),
            (
                "approximate_age_of_oldest_message",
                "ApproximateAgeOfOldestMessage",
                "Maximum",
            ),
            ("number_of_messages_sent", "NumberOfMessagesSent", "Sum"),
            (
                "number_of_messages_received",
                "NumberOfMessagesReceived",
                "Sum",
            ),
            (
                "number_of_messages_deleted",
                "NumberOfMessagesDeleted",
                "Sum",
            ),
            ("number_of_empty_receives", "NumberOfEmptyReceives", "Sum"),
            ("sent_message_size", "SentMessageSize", "Maximum"),
        ],
    },
    Metrics {
        construct: "dynamodb",
        namespace: "AWS/DynamoDB",
        dimensions: &[("TableName", "name")],
        names: &[
            ("read_throttle_events", "ReadThrottleEvents", "Sum"),
            ("write_throttle_events", "WriteThrottleEvents", "Sum"),
            ("throttled_requests", "ThrottledRequests", "Sum"),
            ("system_errors", "SystemErrors", "Sum"),
            ("user_errors", "UserErrors", "Sum"),
            (
                "conditional_check_failed_requests",
                "ConditionalCheckFailedRequests",
                "Sum",
            ),
            (
                "consumed_read_capacity_units",
                "ConsumedReadCapacityUnits",
                "Sum",
            ),
            (
                "consumed_write_capacity_units",
                "ConsumedWriteCapacityUnits",
                "Sum",
            ),
        ],
    },
    Metrics {
        construct: "sns",
        namespace: "AWS/SNS",
        dimensions: &[("TopicName", "name")],
        names: &[
            (
                "number_of_messages_published",
                "NumberOfMessagesPublished",
                "Sum",
            ),
            (
                "number_of_notifications_failed",
                "NumberOfNotificationsFailed",
                "Sum",
            ),
            (
                "number_of_notifications_delivered",
                "NumberOfNotificationsDelivered",
                "Sum",
            ),
        ],
    },
    Metrics {
        construct: "rest_api",
        namespace: "AWS/ApiGateway",
        dimensions: &[("ApiName", "name"), ("Stage", "stage.stage_name")],
        names: &[
            ("client_errors", "4XXError", "Sum"),
            ("server_errors", "5XXError", "Sum"),
            ("count", "Count", "SampleCount"),
            ("latency", "Latency", "p99"),
            ("integration_latency", "IntegrationLatency", "p99"),
        ],
    },
];

/// A metric of a resource, ready to be written.
struct Metric {
    namespace: &'static str,
    name: &'static str,
    statistic: String,
    dimensions: Object,
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.settings(
        &declaration.annotation.entries,
        KEYS,
        resource_schema("aws_cloudwatch_metric_alarm"),
        "`#[alarm]`",
        "alarm",
    );
    let mut block = Block::resource("aws_cloudwatch_metric_alarm", declaration.id);
    block.body = settings.arguments();
    let body = &mut block.body;
    body.set_default("alarm_name", context.physical_name(&settings, declaration));
    if let Some(description) = settings.value("description") {
        body.set("alarm_description", description.clone());
    } else if !declaration.item.docs.is_empty() {
        body.set_default(
            "alarm_description",
            declaration.item.docs.replace('\n', " "),
        );
    }
    body.set_default("evaluation_periods", 1_u64);
    body.set_default("treat_missing_data", "notBreaching");
    if let Some(expression) = settings.positional.first() {
        if let Err(error) = comparison(context, expression, &settings, body) {
            context.errors.push(error);
            return;
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
    body.set("comparison_operator", operator);
    if let Some(threshold) = context.value(right) {
        body.set("threshold", threshold);
    }
    let period = settings.value_or("period", 60_u64);
    if let Some(metric) = metric(context, left)? {
        let statistic = settings
            .value("statistic")
            .cloned()
            .unwrap_or_else(|| metric.statistic.clone().into());
        let is_percentile = statistic.as_str().is_some_and(is_percentile);
        body.set("namespace", metric.namespace);
        body.set("metric_name", metric.name);
        body.set("dimensions", metric.dimensions);
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
    let text = maths(context, left, &mut metrics)?;
    if metrics.is_empty() {
        return Err(Error::new(left.span, "there is no metric in this", help));
    }
    let query = Object::new()
        .with("id", "result")
        .with("expression", text)
        .with("return_data", true);
    body.push_block("metric_query", query.into());
    for (place, metric) in metrics.into_iter().enumerate() {
        let statistic = settings
            .value("statistic")
            .cloned()
            .unwrap_or_else(|| metric.statistic.into());
        let inner = Object::new()
            .with("namespace", metric.namespace)
            .with("metric_name", metric.name)
            .with("dimensions", metric.dimensions)
            .with("period", period.clone())
            .with("stat", statistic);
        let query = Object::new()
            .with("id", format!("m{}", place + 1))
            .with("metric", vec![inner.into()]);
        body.push_block("metric_query", query.into());
    }
    Ok(())
}

fn is_percentile(statistic: &str) -> bool {
    !["Sum", "Average", "Minimum", "Maximum", "SampleCount"].contains(&statistic)
}

/// The expression in CloudWatch's metric maths, with its metrics as `m1`, `m2`, ….
fn maths(
    context: &mut Context<'_>,
    expression: &Expression,
    metrics: &mut Vec<Metric>,
) -> Result<String, Error> {
    if let Some(metric) = metric(context, expression)? {
        metrics.push(metric);
        return Ok(format!("m{}", metrics.len()));
    }
    Ok(match &expression.kind {
        ExpressionKind::Number(number) => number.to_string(),
        ExpressionKind::String(text) => format!("\"{text}\""),
        ExpressionKind::Group(inner) => format!("({})", maths(context, inner, metrics)?),
        ExpressionKind::Unary('-', operand) => format!("-{}", maths(context, operand, metrics)?),
        ExpressionKind::Binary(operator, left, right) => {
            let left = maths(context, left, metrics)?;
            let right = maths(context, right, metrics)?;
            format!("{left} {} {right}", operator.symbol())
        }
        ExpressionKind::Call(function, arguments) => {
            let arguments = arguments
                .iter()
                .map(|argument| maths(context, argument, metrics))
                .collect::<Result<Vec<_>, _>>()?;
            format!("{function}({})", arguments.join(", "))
        }
        ExpressionKind::List(items) => {
            let items = items
                .iter()
                .map(|item| maths(context, item, metrics))
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

/// `Events.dlq.number_of_messages_sent`, with or without a statistic behind it; `None` when the
/// expression is no metric at all.
fn metric(context: &mut Context<'_>, expression: &Expression) -> Result<Option<Metric>, Error> {
    let mut steps = Vec::new();
    let mut base = expression;
    while let ExpressionKind::Field(inner, name) = &base.kind {
        steps.push(name.clone());
        base = inner;
    }
    steps.reverse();
    let ExpressionKind::Name(name) = &base.kind else {
        return Ok(None);
    };
    let Some(declaration) = context.scope.declarations.get(&name.to_string()).copied() else {
        return Err(context.unknown_name(name));
    };
    let kind = declaration.construct.name;
    let Some(metrics) = METRICS.iter().find(|metrics| metrics.construct == kind) else {
        return Err(Error::new(
            name.span(),
            format!(
                "`{name}` is a {}, which has no metrics here",
                declaration.construct.noun()
            ),
            "give the alarm `namespace`, `metric_name` and `dimensions` instead",
        ));
    };
    let mut steps = steps.into_iter().peekable();
    let mut target = declaration.target();
    if let Some(part) = steps
        .peek()
        .and_then(|part| declaration.part(&part.to_string()))
    {
        target = part;
        steps.next();
    }
    let names = || listed(metrics.names.iter().map(|(name, _, _)| *name));
    let Some(wanted) = steps.next() else {
        return Err(Error::new(
            name.span(),
            format!(
                "`{name}` is a whole {}, not a metric",
                declaration.construct.noun()
            ),
            format!("its metrics are {}", names()),
        ));
    };
    let text = wanted.to_string();
    let Some((_, metric, statistic)) = metrics.names.iter().find(|(name, _, _)| *name == text)
    else {
        let near = nearest(&text, metrics.names.iter().map(|(name, _, _)| *name));
        let help = if near.is_empty() {
            format!("its metrics are {}", names())
        } else {
            did_you_mean(&near)
        };
        return Err(Error::new(
            wanted.span(),
            format!("a {} has no metric `{text}`", declaration.construct.noun()),
            help,
        ));
    };
    let statistic = steps.next().map_or_else(
        || (*statistic).to_owned(),
        |statistic| statistic.to_string(),
    );
    Ok(Some(Metric {
        namespace: metrics.namespace,
        name: metric,
        statistic,
        dimensions: dimensions(metrics, &declaration, &target),
    }))
}

fn dimensions(metrics: &Metrics, declaration: &Declaration<'_>, target: &Target) -> Object {
    metrics
        .dimensions
        .iter()
        .map(|(dimension, path)| {
            let value = match path.split_once('.') {
                Some((part, name)) => attribute(
                    &declaration.part(part).unwrap_or_else(|| target.clone()),
                    name,
                ),
                None => attribute(target, path),
            };
            (crate::context::key(*dimension), value)
        })
        .collect()
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
        if matches!(topic.kind, ExpressionKind::Name(_)) {
            let target = context
                .expect_declared(&topic, &["sns", "variable"], "what an alarm notifies")
                .map(|topic| topic.target());
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
