//! `#[dashboard]`: rows of widgets, placed on CloudWatch's grid.

use proc_macro2::Span;
use webhook_infra_core::{Object, Value, ValueKind};

use super::dashboard_keys as keys;
use super::dashboard_widgets::{self as widgets, Defaults, Widget};
use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration, unknown};
use crate::syntax::{Entry, EntryKind};

const KEYS: &[Key] = &[
    Key::sets(
        "dashboard_name",
        "name",
        Shape::Text,
        "The dashboard's name in AWS. At most 255 letters, digits, hyphens and underscores. Default: the stack's name and the struct's.",
    ),
    Key::new(
        "row",
        Shape::Block(ROW),
        "Widgets side by side: `row(Ingestion.errors, [Ingestion.duration, Processing.duration], text(\"…\"))`. A metric or a list of metrics, spelled as in `#[alarm]`, is a graph. A widget outside of a row has one to itself.",
    ),
    Key::new(
        "metric",
        Shape::Block(keys::METRIC),
        "A graph with keys: `metric(Ingestion.errors, 100 * Ingestion.errors / Ingestion.invocations, title = \"Errors\")`. It takes metrics and metric maths as `#[alarm]` does.",
    ),
    Key::new(
        "alarm",
        Shape::Block(keys::ALARM),
        "The state of alarms: `alarm(IngestionErrors, BacklogAge)`, or `alarm(all)` for all alarms of the stack.",
    ),
    Key::new(
        "log",
        Shape::Block(keys::LOG),
        "What a query finds in log groups: `log(Ingestion, query = \"filter level = 'ERROR' | limit 20\")`.",
    ),
    Key::new(
        "text",
        Shape::Block(keys::TEXT),
        "Markdown: `text(\"# Orders\")`.",
    ),
    Key::new(
        "period",
        Shape::Seconds,
        "The time over which a datapoint of a graph is made; rows and widgets may say otherwise. Default: `\"5m\"`.",
    ),
    Key::new(
        "start",
        Shape::Text,
        "How far back it shows at first, as an ISO 8601 duration: `\"-PT3H\"`, `\"-P7D\"`. CloudWatch's default is 3 hours.",
    ),
];

const ROW: &[Key] = &[
    Key::new(
        "height",
        Shape::Number,
        "The height of its widgets in units of the grid. 1 to 1,000. Default: that of the highest.",
    ),
    Key::new(
        "period",
        Shape::Seconds,
        "The time over which a datapoint of its graphs is made.",
    ),
];

pub(super) static DASHBOARD: Construct = Construct {
    name: "dashboard",
    summary: "A CloudWatch dashboard: rows of graphs, alarms, log queries and text, placed by themselves",
    main: "aws_cloudwatch_dashboard",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[("name", "dashboard_name"), ("arn", "dashboard_arn")],
    marker: "Dashboard",
    target: |declaration| declaration.resource(),
    lower,
};

/// The columns of CloudWatch's grid.
const COLUMNS: u64 = 24;

/// A row as it was written.
struct Row {
    widgets: Vec<Widget>,
    height: Option<u64>,
}

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let (shown, entries): (Vec<Entry>, Vec<Entry>) = declaration
        .annotation
        .entries
        .iter()
        .cloned()
        .partition(|entry| widgets::is_widget(entry) || is_row(entry));
    let schema = crate::lower::resource_schema("aws_cloudwatch_dashboard");
    let settings = context.settings(&entries, KEYS, schema, "`#[dashboard]`", "dashboard");
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    body.set_default(
        "dashboard_name",
        context.physical_name(&settings, declaration),
    );
    let mistakes = context.errors.len();
    let defaults = Defaults {
        period: settings.value_or("period", 300_u64),
    };
    let rows = shown
        .iter()
        .map(|entry| row(context, entry, &defaults))
        .collect::<Vec<_>>();
    let is_faulty = settings.is_faulty || context.errors.len() > mistakes;
    if body.get("dashboard_body").is_some() {
        if let Some(entry) = shown.first() {
            context.errors.add(
                entry.span,
                format!(
                    "dashboard `{}` has widgets and a `dashboard_body`",
                    declaration.name()
                ),
                "remove one of the two",
            );
        }
    } else if shown.is_empty() && !is_faulty {
        context.errors.add(
            declaration.span(),
            format!("dashboard `{}` shows nothing", declaration.name()),
            "write what it shows: `#[dashboard(row(Ingestion.errors, Ingestion.duration), alarm(all))]`",
        );
        body.set("dashboard_body", unknown());
    } else {
        let widgets = placed(context, rows);
        let mut whole = Object::new();
        if let Some(start) = settings.value("start") {
            whole.set("start", start.clone());
        }
        whole.set("widgets", widgets);
        body.set("dashboard_body", ValueKind::json(whole));
    }
    context.resource("aws_cloudwatch_dashboard", declaration.id, body);
}

fn is_row(entry: &Entry) -> bool {
    matches!(&entry.kind, EntryKind::Block(name, _) | EntryKind::Flag(name) if name == "row")
}

fn row(context: &mut Context<'_>, entry: &Entry, defaults: &Defaults) -> Row {
    let EntryKind::Block(name, entries) = &entry.kind else {
        if is_row(entry) {
            context.errors.add(
                entry.span,
                "`row` of `#[dashboard]` is not written like this",
                "write `row(Ingestion.errors, Ingestion.duration)`",
            );
        }
        return Row {
            widgets: widgets::widget(context, entry, defaults)
                .into_iter()
                .collect(),
            height: None,
        };
    };
    if name != "row" {
        return Row {
            widgets: widgets::widget(context, entry, defaults)
                .into_iter()
                .collect(),
            height: None,
        };
    }
    if let Some(inner) = entries.iter().find(|entry| is_row(entry)) {
        context.errors.add(
            inner.span,
            "a row cannot stand in a row",
            "write one after the other: `row(…), row(…)`",
        );
    }
    let (inside, keys): (Vec<Entry>, Vec<Entry>) = entries
        .iter()
        .filter(|entry| !is_row(entry))
        .cloned()
        .partition(widgets::is_widget);
    let settings = context.settings(
        &keys,
        ROW,
        None,
        "`row(…)` of `#[dashboard]`",
        "dashboard::row",
    );
    if inside.is_empty() && entries.len() == keys.len() && !settings.is_faulty {
        context.errors.add(
            entry.span,
            "this row has no widgets",
            "write what it shows: `row(Ingestion.errors, Ingestion.duration)`",
        );
    }
    let defaults = Defaults {
        period: settings.value("period").unwrap_or(&defaults.period).clone(),
    };
    Row {
        widgets: inside
            .iter()
            .filter_map(|entry| widgets::widget(context, entry, &defaults))
            .collect(),
        height: settings
            .find("height")
            .and_then(|setting| widgets::size(context, &settings, "height", setting.span, 1_000)),
    }
}

/// The widgets of all rows with their places on the grid.
fn placed(context: &mut Context<'_>, rows: Vec<Row>) -> Vec<Value> {
    let mut placed = Vec::new();
    let mut y = 0;
    for row in rows {
        let wanted = row
            .widgets
            .iter()
            .map(|widget| (widget.width, widget.span))
            .collect::<Vec<_>>();
        let widths = widths(context, &wanted);
        let own = row
            .widgets
            .iter()
            .map(|widget| widget.height.unwrap_or(widget.usual_height))
            .max();
        let height = row.height.or(own).unwrap_or_default();
        let mut x = 0;
        let mut lowest = height;
        for (widget, width) in row.widgets.into_iter().zip(widths) {
            let height = widget.height.unwrap_or(height);
            lowest = lowest.max(height);
            let body = Object::new()
                .with("type", widget.kind)
                .with("x", x)
                .with("y", y)
                .with("width", width)
                .with("height", height)
                .with("properties", widget.properties);
            placed.push(ValueKind::Object(body).at(widget.origin));
            x += width;
        }
        y += lowest;
    }
    placed
}

/// Shares the columns of a row: what a widget asks for, and the rest in equal parts.
fn widths(context: &mut Context<'_>, wanted: &[(Option<u64>, Span)]) -> Vec<u64> {
    let mut fixed = 0;
    let others = wanted.iter().filter(|(width, _)| width.is_none()).count() as u64;
    for (width, span) in wanted {
        fixed += width.unwrap_or(0);
        if width.is_some() && fixed + others > COLUMNS {
            context.errors.add(
                *span,
                format!(
                    "the widgets of this row need {} columns, and CloudWatch has {COLUMNS}",
                    fixed + others
                ),
                "make them narrower (`width = 8`), or begin another row",
            );
            return vec![1; wanted.len()];
        }
    }
    if others > COLUMNS {
        context.errors.add(
            wanted
                .last()
                .map_or_else(Span::call_site, |(_, span)| *span),
            format!("this row has {others} widgets, and CloudWatch has {COLUMNS} columns"),
            "begin another row",
        );
        return vec![1; wanted.len()];
    }
    let rest = COLUMNS - fixed;
    let mut left = rest.checked_rem(others).unwrap_or(0);
    wanted
        .iter()
        .map(|(width, _)| {
            width.unwrap_or_else(|| {
                let extra = u64::from(left > 0);
                left = left.saturating_sub(1);
                rest / others + extra
            })
        })
        .collect()
}
