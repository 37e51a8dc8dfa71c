//! An alarm says what silence means.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "alarm_missing_data_unstated",
    summary: "an alarm says what missing data means",
    explanation: "A function that is not called and a queue that is empty have no data points, and CloudWatch's \
        default then takes the alarm to INSUFFICIENT_DATA: it is neither green nor red, and whether it would \
        work nobody can tell. Say `notBreaching` where silence is good news and `breaching` where it is bad. \
        Alarms on `AWS/DynamoDB` always ignore missing data and need not say anything.",
    severity: Severity::Warn,
    source: "Amazon CloudWatch User Guide, \"Configuring how CloudWatch alarms treat missing data\"",
};

/// In this namespace `treat_missing_data` has no effect.
const IGNORING: &str = "AWS/DynamoDB";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for alarm in graph.resources("aws_cloudwatch_metric_alarm") {
        let is_stated = alarm.get("treat_missing_data").is_some();
        if is_stated
            || alarm.get("evaluation_criteria").is_some()
            || namespaces(alarm).any(may_ignore)
        {
            continue;
        }
        findings
            .at(alarm, alarm.origin(), format!("{} does not say what missing data means", alarm.describe()))
            .because("while there is no traffic the alarm is in state INSUFFICIENT_DATA")
            .help(
                "write `treat_missing_data = \"notBreaching\"`, or `\"breaching\"` where silence is a failure \
                 (Terraform: the same)",
            );
    }
}

/// The namespaces of the alarm's metrics.
fn namespaces(alarm: Resource<'_>) -> impl Iterator<Item = &Value> {
    let metrics = alarm
        .get("metric_query")
        .map(Value::objects)
        .unwrap_or_default();
    metrics
        .into_iter()
        .filter_map(|query| query.get("metric")?.get("namespace"))
        .chain(alarm.get("namespace"))
}

fn may_ignore(namespace: &Value) -> bool {
    namespace.as_str().is_none_or(|name| name == IGNORING)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        format!(r#"{{"resource": {{"aws_cloudwatch_metric_alarm": {{"a": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn an_alarm_says_what_missing_data_means() {
        fires(
            &RULE,
            &stack(r#""namespace": "AWS/Lambda""#),
            "alarm `aws_cloudwatch_metric_alarm.a` does not say",
        );
        fires(
            &RULE,
            &stack(r#""metric_query": [{"metric": {"namespace": "AWS/SQS"}}]"#),
            "does not say",
        );
        passes(
            &RULE,
            &stack(r#""namespace": "AWS/Lambda", "treat_missing_data": "missing""#),
        );
        passes(
            &RULE,
            &stack(r#""namespace": "AWS/Lambda", "treat_missing_data": "${var.missing}""#),
        );
    }

    #[test]
    fn some_alarms_have_nothing_to_say() {
        passes(&RULE, &stack(r#""namespace": "AWS/DynamoDB""#));
        passes(&RULE, &stack(r#""namespace": "${var.namespace}""#));
        passes(
            &RULE,
            &stack(r#""metric_query": {"metric": {"namespace": "AWS/DynamoDB"}}"#),
        );
        passes(
            &RULE,
            &stack(r#""evaluation_criteria": {"promql_criteria": {"query": "up"}}"#),
        );
    }
}
