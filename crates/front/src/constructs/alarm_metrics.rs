//! The metrics that AWS keeps of each kind of resource, by their names in snake case.

use proc_macro2::{Ident, TokenStream};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{Object, Reference, Step, Target, Value, ValueKind};

use crate::context::{Context, Declaration, attribute};
use crate::errors::Error;
use crate::lower::{listed, struct_name};
use crate::syntax::{Expression, ExpressionKind};

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
        construct: "http_api",
        namespace: "AWS/ApiGateway",
        dimensions: &[("ApiId", "id")],
        names: &[
            ("client_errors", "4xx", "Sum"),
            ("server_errors", "5xx", "Sum"),
            ("count", "Count", "SampleCount"),
            ("latency", "Latency", "p99"),
            ("integration_latency", "IntegrationLatency", "p99"),
            ("data_processed", "DataProcessed", "Sum"),
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
pub(super) struct Metric {
    pub(super) namespace: &'static str,
    pub(super) name: &'static str,
    pub(super) statistic: String,
    pub(super) dimensions: Object,
}

/// `Events.dlq.number_of_messages_sent`, with or without a statistic behind it; `None` when the
/// expression is no metric at all.
pub(super) fn metric(
    context: &mut Context<'_>,
    expression: &Expression,
) -> Result<Option<Metric>, Error> {
    let mut steps = Vec::new();
    let mut base = expression;
    while let ExpressionKind::Field(inner, name) = &base.kind {
        steps.push(name.clone());
        base = inner;
    }
    // `Queues["de"].errors` is the metric of one instance.
    let mut instance = None;
    if let ExpressionKind::Index(inner, Some(index)) = &base.kind {
        instance = context.value(index);
        base = inner;
    }
    steps.reverse();
    if let ExpressionKind::Path(path) = &base.kind {
        return if struct_name(path).is_some() && !steps.is_empty() {
            elsewhere(context, path, &steps).map(Some)
        } else {
            Ok(None)
        };
    }
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
                "`{name}` is {}, which has no metrics here",
                declaration.construct.a_noun()
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
        let name = steps.next().unwrap_or_else(|| name.clone());
        target = context
            .part(&declaration, &name.to_string(), name.span())
            .unwrap_or(part);
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
            format!("{} has no metric `{text}`", declaration.construct.a_noun()),
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
        dimensions: dimensions(metrics, &declaration, &target, instance.as_ref()),
    }))
}

/// A metric of another module's struct. Of what kind that is, its name says.
fn elsewhere(
    context: &mut Context<'_>,
    path: &TokenStream,
    steps: &[Ident],
) -> Result<Metric, Error> {
    let named =
        |metrics: &&Metrics, step: &Ident| metrics.names.iter().any(|(name, _, _)| step == name);
    let found = steps.iter().enumerate().find_map(|(place, step)| {
        let metrics = METRICS.iter().find(|metrics| named(metrics, step))?;
        Some((place, step, metrics))
    });
    let (Some(elsewhere), Some((place, wanted, metrics))) = (context.elsewhere(path), found) else {
        let wanted = &steps[steps.len() - 1];
        let known = METRICS.iter().flat_map(|metrics| metrics.names);
        let near = nearest(&wanted.to_string(), known.map(|(name, _, _)| *name));
        let help = if near.is_empty() {
            "give the alarm `namespace`, `metric_name` and `dimensions` instead".to_owned()
        } else {
            did_you_mean(&near)
        };
        let text = format!("there is no metric `{wanted}`");
        return Err(Error::new(wanted.span(), text, help));
    };
    context.check_kind(&elsewhere, metrics.construct);
    let parts = steps[..place].iter().map(ToString::to_string);
    let parts = parts.collect::<Vec<_>>();
    if !parts.is_empty() {
        // That the part is there, its name shows: every resource has an `id`.
        let way = parts.iter().cloned().chain(["id".to_owned()]);
        let span = steps[place - 1].span();
        context.check_way(&elsewhere, &way.collect::<Vec<_>>(), span);
    }
    let dimension = |(dimension, attribute): &(&str, &str)| {
        let way = parts.iter().cloned();
        let way = way.chain(attribute.split('.').map(ToOwned::to_owned));
        let target = context.open(&elsewhere, &way.collect::<Vec<_>>());
        let path = Vec::new();
        (
            crate::context::key(*dimension),
            Value::from(Reference { target, path }),
        )
    };
    let dimensions = metrics.dimensions.iter().map(dimension).collect();
    let known = metrics.names.iter().find(|(name, _, _)| wanted == name);
    let (_, name, statistic) = known.copied().unwrap_or_default();
    Ok(Metric {
        namespace: metrics.namespace,
        name,
        statistic: steps
            .get(place + 1)
            .map_or_else(|| statistic.to_owned(), ToString::to_string),
        dimensions,
    })
}

fn dimensions(
    metrics: &Metrics,
    declaration: &Declaration<'_>,
    target: &Target,
    instance: Option<&Value>,
) -> Object {
    metrics
        .dimensions
        .iter()
        .map(|(dimension, path)| {
            let mut value = match path.split_once('.') {
                Some((part, name)) => attribute(
                    &declaration.part(part).unwrap_or_else(|| target.clone()),
                    name,
                ),
                None => attribute(target, path),
            };
            if let (ValueKind::Reference(reference), Some(key)) = (&mut value.kind, instance) {
                reference.path.insert(0, Step::Index(key.clone()));
            }
            (crate::context::key(*dimension), value)
        })
        .collect()
}
