//! The dimensions of a metric that is made of a log.

use super::filter_pattern::{Kind, kind};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::value::{Object, Value};

pub(super) const RULE: Rule = Rule {
    name: "log_filter_dimensions_invalid",
    summary: "a metric filter has up to three dimensions, of the event's fields, and then no default",
    explanation: "With dimensions a metric exists once for every value that its fields take, so there is none that a \
        default value could be reported for, and CloudWatch Logs refuses the two together. A dimension's value is \
        a field of the event: `$.route` of JSON, `$route` of fields between spaces. A pattern of words has no \
        fields.",
    severity: Severity::Reject,
    source: "Amazon CloudWatch Logs API Reference, \"MetricTransformation\"; Amazon CloudWatch Logs User Guide, \"Creating metric filters\"",
};

/// The most dimensions of a metric filter.
const MOST: usize = 3;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for filter in graph.resources("aws_cloudwatch_log_metric_filter") {
        let Some((dimensions, origin)) = dimensions(filter) else {
            continue;
        };
        let Some((what, help, origin)) = flaw(filter, dimensions, origin) else {
            continue;
        };
        findings
            .at(filter, origin, format!("{} {what}", filter.describe()))
            .because("CloudWatch Logs refuses the filter in the middle of `terraform apply`")
            .help(help);
    }
}

fn dimensions(filter: Resource<'_>) -> Option<(&Object, Origin)> {
    let path = "metric_transformation.dimensions";
    let dimensions = filter.get(path)?.as_object()?;
    (!dimensions.is_empty()).then(|| (dimensions, filter.origin_of(path)))
}

fn flaw(
    filter: Resource<'_>,
    dimensions: &Object,
    around: Origin,
) -> Option<(String, String, Origin)> {
    let default = "metric_transformation.default_value";
    if filter.get(default).is_some() {
        return Some((
            "has dimensions and a default value".to_owned(),
            "leave `default` out: the alarm's `treat_missing_data` says what silence means (Terraform: `default_value`)".to_owned(),
            filter.origin_of(default),
        ));
    }
    if dimensions.len() > MOST {
        return Some((
            format!("has {} dimensions", dimensions.len()),
            format!("keep {MOST} of them (Terraform: `dimensions`)"),
            around,
        ));
    }
    if filter
        .text("pattern")
        .is_some_and(|pattern| kind(pattern) == Kind::Words)
    {
        return Some((
            "has dimensions, but its pattern has no fields".to_owned(),
            "write a pattern of JSON, `{ $.level = \"ERROR\" }`, or of fields, `[level = ERROR, ...]`; or leave `dimensions` out".to_owned(),
            around,
        ));
    }
    dimensions.iter().find_map(|(key, value)| {
        let text = value.as_str().filter(|text| !text.starts_with('$'))?;
        Some((
            format!(
                "has the dimension `{}` of `{text}`, which is no field",
                key.name
            ),
            format!(
                "write a field of the event, `\"{}\" = \"$.{}\"`",
                key.name,
                text.trim_start_matches('.')
            ),
            origin_of(value, key.origin.or(around)),
        ))
    })
}

fn origin_of(value: &Value, around: Origin) -> Origin {
    value.origin.or(around)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(pattern: &str, metric: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_cloudwatch_log_metric_filter": {{"f": {{
                "pattern": "{pattern}", "metric_transformation": [{{{metric}}}]}}}}}}}}"#
        )
    }

    const JSON: &str = "{ $.level = 1 }";

    #[test]
    fn dimensions_are_fields_and_have_no_default() {
        passes(&RULE, &stack(JSON, r#""dimensions": {"A": "$.a"}"#));
        passes(&RULE, &stack(JSON, r#""default_value": "0""#));
        passes(
            &RULE,
            &stack("${var.pattern}", r#""dimensions": {"A": "${var.a}"}"#),
        );
        passes(&RULE, &stack("[a, b]", r#""dimensions": {"A": "$a"}"#));
        fires(
            &RULE,
            &stack(JSON, r#""dimensions": {"A": "$.a"}, "default_value": "0""#),
            "metric filter `aws_cloudwatch_log_metric_filter.f` has dimensions and a default value",
        );
        fires(
            &RULE,
            &stack(
                JSON,
                r#""dimensions": {"A": "$.a", "B": "$.b", "C": "$.c", "D": "$.d"}"#,
            ),
            "has 4 dimensions",
        );
        fires(
            &RULE,
            &stack("ERROR", r#""dimensions": {"A": "$.a"}"#),
            "its pattern has no fields",
        );
        fires(
            &RULE,
            &stack(JSON, r#""dimensions": {"A": "orders"}"#),
            "has the dimension `A` of `orders`, which is no field",
        );
    }
}
