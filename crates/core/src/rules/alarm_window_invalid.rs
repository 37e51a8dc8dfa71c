//! An alarm looks back no further than a day, or a week.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "alarm_window_invalid",
    summary: "an alarm's periods, data points and actions fit CloudWatch's limits",
    explanation: "CloudWatch looks back over `period` times `evaluation_periods`: a day at most, or a week when the \
        period is an hour or longer. No more of the periods can be breaching than there are, and each state has \
        at most five actions.",
    severity: Severity::Reject,
    source: "Amazon CloudWatch API Reference, \"PutMetricAlarm\"",
};

const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;
const WEEK: f64 = 604_800.0;
const MOST_ACTIONS: usize = 5;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for alarm in graph.resources("aws_cloudwatch_metric_alarm") {
        window(alarm, findings);
        for state in ["alarm_actions", "ok_actions", "insufficient_data_actions"] {
            let count = alarm
                .get(state)
                .and_then(Value::as_list)
                .map_or(0, <[Value]>::len);
            if count > MOST_ACTIONS {
                findings
                    .at(
                        alarm,
                        alarm.origin_of(state),
                        format!("{} has {count} `{state}`, but a state has at most {MOST_ACTIONS}", alarm.describe()),
                    )
                    .because("CloudWatch refuses the alarm")
                    .help(format!(
                        "write `notify = Alerts` with one topic, and subscribe everybody to it (Terraform: `{state}`)"
                    ));
            }
        }
    }
}

fn window(alarm: Resource<'_>, findings: &mut Findings) {
    let Some(periods) = alarm.number("evaluation_periods") else {
        return;
    };
    if let Some(points) = alarm
        .number("datapoints_to_alarm")
        .filter(|points| *points > periods)
    {
        findings
            .at(
                alarm,
                alarm.origin_of("datapoints_to_alarm"),
                format!("{} waits for {points} data points out of {periods}", alarm.describe()),
            )
            .because("CloudWatch refuses the alarm: more data points than it looks at")
            .related("`evaluation_periods`", alarm.origin_of("evaluation_periods"))
            .help(format!(
                "write `datapoints_to_alarm = {periods}` or less, or more `evaluation_periods` (Terraform: the same)"
            ));
    }
    let Some(period) = longest_period(alarm) else {
        return;
    };
    let (most, name) = if period < HOUR {
        (DAY, "a day")
    } else {
        (WEEK, "a week")
    };
    if period * periods > most {
        findings
            .at(
                alarm,
                alarm.origin_of("evaluation_periods"),
                format!(
                    "{} looks back over {} s ({periods} periods of {period} s), but CloudWatch looks back {most} s at most",
                    alarm.describe(),
                    period * periods,
                ),
            )
            .because(format!("CloudWatch refuses the alarm: with this period the limit is {name}"))
            .related("`period`", alarm.origin_of("period"))
            .help(if period > most {
                "write a shorter `period` (Terraform: the same)".to_owned()
            } else {
                format!(
                    "write `evaluation_periods = {}` or less, or a shorter `period` (Terraform: the same)",
                    (most / period).floor()
                )
            });
    }
}

/// The period of the alarm's metric, or the longest of its metrics' periods.
fn longest_period(alarm: Resource<'_>) -> Option<f64> {
    let metrics = alarm
        .get("metric_query")
        .map(Value::objects)
        .unwrap_or_default();
    metrics
        .into_iter()
        .filter_map(|query| query.get("metric")?.get("period")?.as_f64())
        .chain(alarm.number("period"))
        .filter(|period| *period > 0.0)
        .max_by(f64::total_cmp)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        format!(r#"{{"resource": {{"aws_cloudwatch_metric_alarm": {{"a": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn the_window_is_a_day_or_with_long_periods_a_week() {
        fires(
            &RULE,
            &stack(r#""period": 60, "evaluation_periods": 1441"#),
            "alarm `aws_cloudwatch_metric_alarm.a` looks back over 86460 s",
        );
        passes(&RULE, &stack(r#""period": 60, "evaluation_periods": 1440"#));
        fires(
            &RULE,
            &stack(r#""period": 3600, "evaluation_periods": 169"#),
            "604800 s at most",
        );
        passes(
            &RULE,
            &stack(r#""period": 3600, "evaluation_periods": 168"#),
        );
        passes(
            &RULE,
            &stack(r#""period": "${var.period}", "evaluation_periods": 1441"#),
        );
    }

    #[test]
    fn the_periods_of_an_expressions_metrics_count() {
        fires(
            &RULE,
            &stack(
                r#""evaluation_periods": 289, "metric_query": [{"metric": {"period": 60}}, {"metric": {"period": 300}}, {"expression": "m"}]"#,
            ),
            "289 periods of 300 s",
        );
    }

    #[test]
    fn there_are_as_many_data_points_as_periods() {
        fires(
            &RULE,
            &stack(r#""evaluation_periods": 2, "datapoints_to_alarm": 3"#),
            "waits for 3 data points out of 2",
        );
        passes(
            &RULE,
            &stack(r#""evaluation_periods": 3, "datapoints_to_alarm": 3"#),
        );
    }

    #[test]
    fn a_state_has_five_actions() {
        fires(
            &RULE,
            &stack(r#""ok_actions": ["1", "2", "3", "4", "5", "6"]"#),
            "has 6 `ok_actions`",
        );
        passes(&RULE, &stack(r#""ok_actions": ["1", "2", "3", "4", "5"]"#));
    }
}
