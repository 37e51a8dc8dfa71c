//! Alarms, log groups and metric filters.
//!
//! Source: Amazon CloudWatch API Reference, `PutMetricAlarm`, and Amazon CloudWatch Logs API Reference,
//! `CreateLogGroup`, `PutRetentionPolicy` and `PutMetricFilter`.

use super::{Kind, Limit, Name, Service, is_plain};

pub(super) const SERVICE: Service = Service {
    limits: &[
        Limit::new(ALARM, "period", Kind::Period),
        Limit::new(ALARM, "metric_query.period", Kind::Period),
        Limit::new(ALARM, "metric_query.metric.period", Kind::Period),
        Limit::new(
            ALARM,
            "evaluation_periods",
            Kind::Range(1.0, f64::INFINITY, ""),
        ),
        Limit::new(
            ALARM,
            "datapoints_to_alarm",
            Kind::Range(1.0, f64::INFINITY, ""),
        ),
        Limit::new(ALARM, "comparison_operator", Kind::Values(OPERATORS)),
        Limit::new(
            ALARM,
            "statistic",
            Kind::Values(&["Average", "Maximum", "Minimum", "SampleCount", "Sum"]),
        ),
        Limit::new(
            ALARM,
            "treat_missing_data",
            Kind::Values(&["breaching", "ignore", "missing", "notBreaching"]),
        ),
        Limit::new(
            ALARM,
            "evaluate_low_sample_count_percentiles",
            Kind::Values(&["evaluate", "ignore"]),
        ),
        Limit::new(ALARM, "unit", Kind::Values(UNITS)),
        Limit::new(ALARM, "alarm_name", Kind::Name(ALARM_NAME)),
        Limit::new(
            ALARM,
            "alarm_description",
            Kind::Name(Name::of(0, 1_024, "any characters", |_| true)),
        ),
        // 0 is Terraform's way to say that nothing is ever deleted.
        Limit::new(
            GROUP,
            "retention_in_days",
            Kind::Numbers(RETENTIONS, "days"),
        ),
        Limit::new(
            GROUP,
            "log_group_class",
            Kind::Values(&["DELIVERY", "INFREQUENT_ACCESS", "STANDARD"]),
        ),
        Limit::new(GROUP, "name", Kind::Name(GROUP_NAME)),
        Limit::new(FILTER, "name", Kind::Name(FILTER_NAME)),
        Limit::new(
            FILTER,
            "pattern",
            Kind::Name(Name::of(0, 1_024, "any characters", |_| true)),
        ),
        Limit::new(
            FILTER,
            "metric_transformation.name",
            Kind::Name(METRIC_NAME),
        )
        .key("metric"),
        Limit::new(
            FILTER,
            "metric_transformation.namespace",
            Kind::Name(NAMESPACE),
        ),
        Limit::new(FILTER, "metric_transformation.unit", Kind::Values(UNITS)),
    ],
};

const ALARM: &str = "aws_cloudwatch_metric_alarm";
const FILTER: &str = "aws_cloudwatch_log_metric_filter";
const GROUP: &str = "aws_cloudwatch_log_group";

const OPERATORS: &[&str] = &[
    "GreaterThanOrEqualToThreshold",
    "GreaterThanThreshold",
    "GreaterThanUpperThreshold",
    "LessThanLowerOrGreaterThanUpperThreshold",
    "LessThanLowerThreshold",
    "LessThanOrEqualToThreshold",
    "LessThanThreshold",
];

const UNITS: &[&str] = &[
    "Bits",
    "Bits/Second",
    "Bytes",
    "Bytes/Second",
    "Count",
    "Count/Second",
    "Gigabits",
    "Gigabits/Second",
    "Gigabytes",
    "Gigabytes/Second",
    "Kilobits",
    "Kilobits/Second",
    "Kilobytes",
    "Kilobytes/Second",
    "Megabits",
    "Megabits/Second",
    "Megabytes",
    "Megabytes/Second",
    "Microseconds",
    "Milliseconds",
    "None",
    "Percent",
    "Seconds",
    "Terabits",
    "Terabits/Second",
    "Terabytes",
    "Terabytes/Second",
];

const RETENTIONS: &[f64] = &[
    0.0, 1.0, 3.0, 5.0, 7.0, 14.0, 30.0, 60.0, 90.0, 120.0, 150.0, 180.0, 365.0, 400.0, 545.0,
    731.0, 1096.0, 1827.0, 2192.0, 2557.0, 2922.0, 3288.0, 3653.0,
];

const ALARM_NAME: Name = Name::of(
    1,
    255,
    "any characters but control characters",
    |character| !character.is_ascii_control(),
);
const GROUP_NAME: Name = Name::of(1, 512, "letters, digits and `-_/.#`", |character| {
    is_plain(character) || matches!(character, '/' | '.' | '#')
});
const FILTER_NAME: Name = Name::of(1, 512, "any characters but `:` and `*`", |character| {
    !matches!(character, ':' | '*')
});
const METRIC_NAME: Name = Name::of(1, 255, "any characters but `:`, `*` and `$`", |character| {
    !matches!(character, ':' | '*' | '$')
});
const NAMESPACE: Name = Name {
    flaw: |name| {
        name.starts_with("AWS/")
            .then_some("begins with `AWS/`, as the namespaces of AWS's own metrics do")
    },
    ..METRIC_NAME
};
