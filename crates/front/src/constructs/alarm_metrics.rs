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
    /// Dimensions, with the attribute (of the main resource, or of a part) that is their value; behind a
    /// `=` stands the value itself.
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
            (
                "destination_delivery_failures",
                "DestinationDeliveryFailures",
                "Sum",
            ),
            ("async_event_age", "AsyncEventAge", "Maximum"),
            ("async_events_received", "AsyncEventsReceived", "Sum"),
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
            (
                "number_of_notifications_filtered_out",
                "NumberOfNotificationsFilteredOut",
                "Sum",
            ),
            (
                "number_of_notifications_redriven_to_dlq",
                "NumberOfNotificationsRedrivenToDlq",
                "Sum",
            ),
            (
                "number_of_notifications_failed_to_redrive_to_dlq",
                "NumberOfNotificationsFailedToRedriveToDlq",
                "Sum",
            ),
        ],
    },
    Metrics {
        construct: "kinesis",
        namespace: "AWS/Kinesis",
        dimensions: &[("StreamName", "name")],
        names: &[
            (
                "iterator_age_milliseconds",
                "GetRecords.IteratorAgeMilliseconds",
                "Maximum",
            ),
            ("incoming_bytes", "IncomingBytes", "Sum"),
            ("incoming_records", "IncomingRecords", "Sum"),
            ("get_records_bytes", "GetRecords.Bytes", "Sum"),
            ("get_records_latency", "GetRecords.Latency", "Maximum"),
            ("get_records_success", "GetRecords.Success", "Average"),
            ("put_record_success", "PutRecord.Success", "Average"),
            (
                "put_records_failed_records",
                "PutRecords.FailedRecords",
                "Sum",
            ),
            (
                "put_records_throttled_records",
                "PutRecords.ThrottledRecords",
                "Sum",
            ),
            (
                "read_provisioned_throughput_exceeded",
                "ReadProvisionedThroughputExceeded",
                "Sum",
            ),
            (
                "write_provisioned_throughput_exceeded",
                "WriteProvisionedThroughputExceeded",
                "Sum",
            ),
        ],
    },
    Metrics {
        construct: "event_rule",
        namespace: "AWS/Events",
        dimensions: &[("EventBusName", "event_bus_name"), ("RuleName", "name")],
        names: &[
            ("failed_invocations", "FailedInvocations", "Sum"),
            ("invocations", "Invocations", "Sum"),
            ("invocations_sent_to_dlq", "InvocationsSentToDlq", "Sum"),
            (
                "invocations_failed_to_be_sent_to_dlq",
                "InvocationsFailedToBeSentToDlq",
                "Sum",
            ),
            ("dead_letter_invocations", "DeadLetterInvocations", "Sum"),
            ("matched_events", "MatchedEvents", "Sum"),
            ("throttled_rules", "ThrottledRules", "Sum"),
            ("triggered_rules", "TriggeredRules", "Sum"),
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
        construct: "log_group",
        namespace: "AWS/Logs",
        dimensions: &[("LogGroupName", "name")],
        names: &[
            ("incoming_log_events", "IncomingLogEvents", "Sum"),
            ("incoming_bytes", "IncomingBytes", "Sum"),
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
    Metrics {
        construct: "cloudfront",
        namespace: "AWS/CloudFront",
        dimensions: &[("DistributionId", "id"), ("Region", "=Global")],
        names: &[
            ("requests", "Requests", "Sum"),
            ("bytes_downloaded", "BytesDownloaded", "Sum"),
            ("bytes_uploaded", "BytesUploaded", "Sum"),
            ("client_error_rate", "4xxErrorRate", "Average"),
            ("server_error_rate", "5xxErrorRate", "Average"),
            ("total_error_rate", "TotalErrorRate", "Average"),
        ],
    },
    Metrics {
        construct: "state_machine",
        namespace: "AWS/States",
        dimensions: &[("StateMachineArn", "arn")],
        names: &[
            ("executions_failed", "ExecutionsFailed", "Sum"),
            ("executions_timed_out", "ExecutionsTimedOut", "Sum"),
            ("executions_aborted", "ExecutionsAborted", "Sum"),
            ("execution_throttled", "ExecutionThrottled", "Sum"),
            ("executions_started", "ExecutionsStarted", "Sum"),
            ("executions_succeeded", "ExecutionsSucceeded", "Sum"),
            ("execution_time", "ExecutionTime", "Maximum"),
        ],
    },
];

/// A metric of a resource, ready to be written.
pub(super) struct Metric {
    pub(super) namespace: Value,
    pub(super) name: Value,
    pub(super) statistic: String,
    pub(super) dimensions: Object,
    /// The filter whose metric exists only for values of dimensions, which the alarm has to name.
    pub(super) by_dimension: Option<String>,
    /// Whose metric it is, as the author says it: `Events.dlq`.
    pub(super) of: String,
    /// The region it is kept in, when that is not the resource's own.
    pub(super) region: Option<&'static str>,
}

/// `Events.dlq.number_of_messages_sent`, with or without a statistic behind it; `None` when the
/// expression is no metric at all. `instead` says how to name a metric that is not known here.
pub(super) fn metric(
    context: &mut Context<'_>,
    expression: &Expression,
    instead: &str,
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
    if kind == "log_metric_filter" {
        return filtered(&declaration, &steps, instance.as_ref()).map(Some);
    }
    let Some(metrics) = METRICS.iter().find(|metrics| metrics.construct == kind) else {
        return Err(Error::new(
            name.span(),
            format!(
                "`{name}` is {}, which has no metrics here",
                declaration.construct.a_noun()
            ),
            instead,
        ));
    };
    let mut steps = steps.into_iter().peekable();
    let mut target = declaration.target();
    let mut of = declaration.name();
    if let Some(part) = steps
        .peek()
        .and_then(|part| declaration.part(&part.to_string()))
    {
        let name = steps.next().unwrap_or_else(|| name.clone());
        of = format!("{of}.{name}");
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
        namespace: metrics.namespace.into(),
        name: (*metric).into(),
        statistic,
        dimensions: dimensions(metrics, &declaration, &target, instance.as_ref()),
        by_dimension: None,
        of,
        // CloudFront is everywhere, and counts in one region.
        region: (metrics.construct == "cloudfront").then_some("us-east-1"),
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
        namespace: metrics.namespace.into(),
        name: name.into(),
        by_dimension: None,
        of: std::iter::once(elsewhere.shown.clone())
            .chain(parts.iter().cloned())
            .collect::<Vec<_>>()
            .join("."),
        region: None,
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
        // Metrics of rules of the account's default bus say nothing of a bus.
        .filter(|(dimension, _)| *dimension != "EventBusName" || has_bus(declaration))
        .map(|(dimension, path)| {
            if let Some(text) = path.strip_prefix('=') {
                return (crate::context::key(*dimension), text.into());
            }
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

fn has_bus(rule: &Declaration<'_>) -> bool {
    let entries = &rule.annotation.entries;
    entries.iter().any(|entry| {
        entry
            .key()
            .is_some_and(|key| key == "bus" || key == "event_bus_name")
    })
}

/// The metric of a filter: `Errors`, or with a statistic `Errors.maximum`. Its name and namespace are the
/// filter's to say.
fn filtered(
    declaration: &Declaration<'_>,
    steps: &[Ident],
    instance: Option<&Value>,
) -> Result<Metric, Error> {
    const STATISTICS: [(&str, &str); 5] = [
        ("sum", "Sum"),
        ("average", "Average"),
        ("minimum", "Minimum"),
        ("maximum", "Maximum"),
        ("sample_count", "SampleCount"),
    ];
    let statistic = match steps {
        [] => "Sum".to_owned(),
        [step, rest @ ..] => {
            let text = step.to_string();
            let known = STATISTICS
                .iter()
                .find(|(name, statistic)| *name == text || *statistic == text)
                .map(|(_, statistic)| (*statistic).to_owned())
                .or_else(|| super::alarm::is_percentile(&text).then(|| text.clone()));
            match known {
                Some(statistic) if rest.is_empty() => statistic,
                _ => {
                    let near = nearest(&text, STATISTICS.iter().map(|(name, _)| *name));
                    let all = || {
                        format!(
                            "its statistics are {} and percentiles such as `p99`",
                            listed(STATISTICS.iter().map(|(name, _)| *name))
                        )
                    };
                    return Err(Error::new(
                        step.span(),
                        format!(
                            "metric filter `{}` has no statistic `{text}`",
                            declaration.name()
                        ),
                        if near.is_empty() {
                            all()
                        } else {
                            did_you_mean(&near)
                        },
                    ));
                }
            }
        }
    };
    let of = |name: &str| {
        let mut path = Vec::new();
        path.extend(instance.cloned().map(Step::Index));
        path.extend([
            Step::Attribute("metric_transformation".to_owned()),
            Step::Index(0_u64.into()),
            Step::Attribute(name.to_owned()),
        ]);
        Value::from(Reference {
            target: declaration.target(),
            path,
        })
    };
    Ok(Metric {
        namespace: of("namespace"),
        name: of("name"),
        statistic,
        dimensions: Object::new(),
        by_dimension: super::log_metric_filter::has_dimensions(declaration)
            .then(|| declaration.name()),
        of: declaration.name(),
        region: None,
    })
}
