//! Which resources the alarms of a stack watch, alone or in metric maths.

use std::collections::HashSet;

use super::lookup::{blocks, entry, objects, referred};
use crate::graph::{Graph, Resource};
use crate::value::{Object, Part, Target, Value, ValueKind};

/// A kind of resource that has metrics.
pub(super) struct Subject {
    namespace: &'static str,
    dimension: &'static str,
    type_name: &'static str,
    name: &'static str,
}

/// Queues.
pub(super) const QUEUES: Subject = Subject {
    namespace: "AWS/SQS",
    dimension: "QueueName",
    type_name: "aws_sqs_queue",
    name: "name",
};

/// Functions.
pub(super) const FUNCTIONS: Subject = Subject {
    namespace: "AWS/Lambda",
    dimension: "FunctionName",
    type_name: "aws_lambda_function",
    name: "function_name",
};

/// State machines, whose dimension is their ARN.
pub(super) const STATE_MACHINES: Subject = Subject {
    namespace: "AWS/States",
    dimension: "StateMachineArn",
    type_name: "aws_sfn_state_machine",
    name: "arn",
};

/// The resources of one kind that alarms on certain metrics watch.
pub(super) struct Watched<'g> {
    subject: Subject,
    targets: HashSet<Target>,
    names: HashSet<&'g str>,
    /// Whether an alarm watches something that is not known yet, so that it may be anything.
    is_open: bool,
}

impl<'g> Watched<'g> {
    /// What the alarms on the metrics that `is_wanted` accepts watch.
    pub(super) fn new(graph: &'g Graph<'_>, subject: Subject, is_wanted: fn(&str) -> bool) -> Self {
        let mut watched = Self {
            subject,
            targets: HashSet::new(),
            names: HashSet::new(),
            is_open: false,
        };
        for alarm in graph.resources("aws_cloudwatch_metric_alarm") {
            // An alarm that fires when all is well watches nothing.
            if alarm
                .text("comparison_operator")
                .is_some_and(|operator| operator.starts_with("Less"))
            {
                continue;
            }
            watched.metric(graph, &alarm.block.body, is_wanted);
            let Some(queries) = blocks(alarm, "metric_query") else {
                watched.is_open = true;
                continue;
            };
            for query in queries {
                if let Some(expression) = entry(query, "expression") {
                    watched.is_open |= watched.may_select(expression, is_wanted);
                }
                match objects(query.get("metric")) {
                    Some(metrics) => metrics
                        .into_iter()
                        .for_each(|metric| watched.metric(graph, metric, is_wanted)),
                    None => watched.is_open = true,
                }
            }
        }
        watched
    }

    /// Whether an alarm watches this resource, or may turn out to.
    pub(super) fn includes(&self, resource: Resource<'_>) -> bool {
        self.is_open
            || resource
                .block
                .target()
                .is_some_and(|target| self.targets.contains(&target))
            || resource
                .text(self.subject.name)
                .is_some_and(|name| self.names.contains(name))
    }

    fn metric(&mut self, graph: &Graph<'_>, metric: &'g Object, is_wanted: fn(&str) -> bool) {
        let namespace = self.subject.namespace;
        if !may_be(metric, "metric_name", is_wanted)
            || !may_be(metric, "namespace", |text| text == namespace)
        {
            return;
        }
        let Some(dimensions) = entry(metric, "dimensions") else {
            return;
        };
        let watched = match &dimensions.kind {
            ValueKind::Object(dimensions) => match entry(dimensions, self.subject.dimension) {
                Some(value) => value,
                None => return,
            },
            _ => dimensions,
        };
        if let Some(name) = watched.as_str() {
            self.names.insert(name);
            return;
        }
        match referred(graph, watched, self.subject.type_name)
            .and_then(|found| found.block.target())
        {
            Some(target) => {
                self.targets.insert(target);
            }
            None => self.is_open = true,
        }
    }

    /// Whether an expression may be a Metrics Insights query over such metrics.
    fn may_select(&self, expression: &Value, is_wanted: fn(&str) -> bool) -> bool {
        let selects = |text: &str| {
            text.contains(self.subject.namespace)
                && text
                    .split(|letter: char| !letter.is_ascii_alphanumeric())
                    .any(is_wanted)
        };
        match &expression.kind {
            ValueKind::String(text) => selects(text),
            ValueKind::Template(parts) => parts
                .iter()
                .any(|part| matches!(part, Part::Text(text) if selects(text))),
            _ => true,
        }
    }
}

/// Whether the entry called `name` is, or may turn out to be, a text that passes `test`.
fn may_be(object: &Object, name: &str, test: impl Fn(&str) -> bool) -> bool {
    entry(object, name).is_some_and(|value| value.as_str().is_none_or(test))
}
