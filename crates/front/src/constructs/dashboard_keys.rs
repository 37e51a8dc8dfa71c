//! The keys of a dashboard's widgets.

use super::{Key, Shape};

const WIDTH: Key = Key::new(
    "width",
    Shape::Number,
    "The width in columns. 1 to 24, which is the whole row. Default: an equal part of what the others leave.",
);
const HEIGHT: Key = Key::new(
    "height",
    Shape::Number,
    "The height in units of the grid. 1 to 1,000. Default: that of the row.",
);
const TITLE: Key = Key::new("title", Shape::Text, "What stands above it.");

pub(super) const METRIC: &[Key] = &[
    WIDTH,
    HEIGHT,
    Key::new(
        "title",
        Shape::Text,
        "What stands above it. Default: the metric.",
    ),
    Key::new(
        "period",
        Shape::Seconds,
        "The time over which a datapoint is made. Default: that of the row.",
    ),
    Key::new(
        "statistic",
        Shape::Text,
        "`\"Sum\"`, `\"Average\"`, `\"p99\"` …, for all metrics of the widget. Default: what suits each metric.",
    ),
    Key::new(
        "view",
        Shape::OneOf(&[
            ("time_series", "timeSeries"),
            ("single_value", "singleValue"),
            ("bar", "bar"),
            ("pie", "pie"),
            ("gauge", "gauge"),
            ("table", "table"),
        ]),
        "How it is shown. Default: `\"time_series\"`.",
    ),
    Key::new("stacked", Shape::Flag, "Stacks the lines as areas."),
    Key::new(
        "threshold",
        Shape::Number,
        "A horizontal line at this value.",
    ),
    Key::new(
        "label",
        Shape::Text,
        "The name of a line that metric maths makes.",
    ),
    Key::new(
        "namespace",
        Shape::Text,
        "The namespace of a metric of your own: `metric(namespace = \"Orders\", metric_name = \"Paid\")`.",
    ),
    Key::new(
        "metric_name",
        Shape::Text,
        "The name of a metric of your own.",
    ),
    Key::new(
        "dimensions",
        Shape::Value,
        "The dimensions of a metric of your own: `{ \"Shop\" = \"eu\" }`.",
    ),
];

pub(super) const ALARM: &[Key] = &[
    WIDTH,
    HEIGHT,
    TITLE,
    Key::new("all", Shape::Switch, "Shows every alarm of the stack."),
];

pub(super) const LOG: &[Key] = &[
    WIDTH,
    HEIGHT,
    TITLE,
    Key::new(
        "query",
        Shape::Text,
        "The query, in the language of CloudWatch Logs Insights, without `SOURCE`.",
    ),
    Key::new(
        "view",
        Shape::OneOf(&[
            ("table", "table"),
            ("time_series", "timeSeries"),
            ("bar", "bar"),
            ("pie", "pie"),
        ]),
        "How it is shown. Default: `\"table\"`.",
    ),
];

pub(super) const TEXT: &[Key] = &[WIDTH, HEIGHT];
