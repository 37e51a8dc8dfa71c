//! CloudWatch takes the body of a dashboard.

use super::policy::from_json;
use super::state_machines::{is_open, object};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Object, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "dashboard_body_invalid",
    summary: "the body of a dashboard is a list of widgets that CloudWatch takes, within its 24 columns",
    explanation: "Terraform passes the body of a dashboard on as text. CloudWatch refuses one whose widgets have \
        an unknown type, lack what their type needs, or reach over the right edge of the grid. The check reads \
        what is written out; references and variables in it are innocent.",
    severity: Severity::Reject,
    source: "Amazon CloudWatch API Reference, \"Dashboard Body Structure and Syntax\"",
};

/// The types of widget, each with a property that it cannot be without; for a graph there is a second.
const TYPES: [(&str, &[&str]); 6] = [
    ("metric", &["metrics", "annotations"]),
    ("text", &["markdown"]),
    ("log", &["query"]),
    ("alarm", &["alarms"]),
    ("explorer", &["metrics"]),
    ("custom", &["endpoint"]),
];

/// The columns of the grid.
const COLUMNS: f64 = 24.0;

/// The width of a widget that does not say its own.
const WIDTH: f64 = 6.0;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for dashboard in graph.resources("aws_cloudwatch_dashboard") {
        let Some(value) = dashboard.get("dashboard_body") else {
            continue;
        };
        let origin = dashboard.origin_of("dashboard_body");
        let mut judge = Judge {
            dashboard,
            findings,
        };
        match &value.kind {
            ValueKind::String(text) => match serde_json::from_str(text) {
                Ok(json) => judge.body(&from_json(json), origin),
                Err(error) => judge.report(
                    origin,
                    format!("the body of {} is no JSON: {error}", dashboard.describe()),
                    "write `#[dashboard(…)]`, or `jsonencode({ widgets = [ … ] })`",
                ),
            },
            ValueKind::Call {
                function,
                arguments,
                ..
            } if function == "jsonencode" => {
                if let Some(body) = arguments.first() {
                    judge.body(body, origin);
                }
            }
            _ => {}
        }
    }
}

struct Judge<'j, 'g> {
    dashboard: Resource<'g>,
    findings: &'j mut Findings,
}

impl Judge<'_, '_> {
    fn report(&mut self, origin: Origin, message: String, help: impl Into<String>) {
        self.findings
            .at(self.dashboard, origin, message)
            .because("CloudWatch refuses the dashboard in the middle of `terraform apply`")
            .help(help);
    }

    fn body(&mut self, body: &Value, origin: Origin) {
        let shown = self.dashboard.describe();
        let help = "write `{ \"widgets\" = [ { \"type\" = \"text\", \"properties\" = { \"markdown\" = \"…\" } } ] }`";
        let widgets = match &body.kind {
            ValueKind::Object(object) => object.get("widgets"),
            _ if is_open(body) => return,
            _ => None,
        };
        let Some(widgets) = widgets else {
            self.report(
                origin,
                format!("the body of {shown} has no `widgets`"),
                help,
            );
            return;
        };
        let ValueKind::List(widgets) = &widgets.kind else {
            if !is_open(widgets) {
                self.report(
                    widgets.origin.or(origin),
                    format!("`widgets` of {shown} is no list"),
                    help,
                );
            }
            return;
        };
        for (place, widget) in widgets.iter().enumerate() {
            let origin = widget.origin.or(origin);
            match object(widget) {
                Some(object) => self.widget(place + 1, object, origin),
                None if is_open(widget) => {}
                None => self.report(
                    origin,
                    format!("widget {} of {shown} is no object", place + 1),
                    help,
                ),
            }
        }
    }

    fn widget(&mut self, place: usize, widget: &Object, origin: Origin) {
        let shown = format!("widget {place} of {}", self.dashboard.describe());
        let number = |name: &str| widget.get(name).map(|value| (value.as_f64(), value.origin));
        if let Some((x, place)) = number("x") {
            let width = number("width").map_or(Some(WIDTH), |(width, _)| width);
            if let (Some(x), Some(width)) = (x, width) {
                if x < 0.0 || x + width > COLUMNS {
                    self.report(
                        place.or(origin),
                        format!(
                            "{shown} reaches from column {x} to {}, and CloudWatch has 24",
                            x + width
                        ),
                        "make it narrower (`width`), or move it to the left (`x`)",
                    );
                }
            }
        }
        let types = TYPES.iter().map(|(name, _)| *name);
        let Some(kind) = widget.get("type") else {
            self.report(
                origin,
                format!("{shown} has no `type`"),
                "write `\"type\" = \"metric\"`, or \"text\", \"log\" or \"alarm\"",
            );
            return;
        };
        let Some(name) = kind.as_str() else {
            return;
        };
        let Some((_, needed)) = TYPES.iter().find(|(known, _)| *known == name) else {
            let near = nearest(name, types.clone());
            let help = match near.as_slice() {
                [] => format!("the types are {}", types.collect::<Vec<_>>().join(", ")),
                near => did_you_mean(near).replace('`', "\""),
            };
            self.report(
                kind.origin.or(origin),
                format!("{shown} has the type \"{name}\", which there is not"),
                help,
            );
            return;
        };
        let has_needed = match widget.get("properties") {
            None => false,
            Some(properties) => match object(properties) {
                None => is_open(properties),
                Some(properties) => needed.iter().any(|name| properties.get(name).is_some()),
            },
        };
        if !has_needed {
            self.report(
                origin,
                format!("{shown} has no `{}` in its `properties`", needed[0]),
                format!("write `\"properties\" = {{ \"{}\" = … }}`", needed[0]),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        let body = body.replace('"', "\\\"");
        format!(
            r#"{{"resource": {{"aws_cloudwatch_dashboard": {{"d": {{"dashboard_body": "{body}"}}}}}}}}"#
        )
    }

    fn widget(widget: &str) -> String {
        stack(&format!("${{jsonencode({{widgets = [{{{widget}}}]}})}}"))
    }

    #[test]
    fn widgets_are_known_and_whole() {
        passes(
            &RULE,
            &widget(r#"type = "text", properties = {markdown = "a"}"#),
        );
        passes(
            &RULE,
            &widget(r#"type = "metric", properties = {annotations = {}}"#),
        );
        passes(&RULE, &widget(r"type = var.type, properties = {}"));
        passes(
            &RULE,
            &widget(r#"type = "log", properties = var.properties"#),
        );
        fires(
            &RULE,
            &widget(r#"type = "txet", properties = {}"#),
            "has the type \"txet\"",
        );
        fires(
            &RULE,
            &widget(r"properties = {}"),
            "widget 1 of dashboard `aws_cloudwatch_dashboard.d` has no `type`",
        );
        fires(
            &RULE,
            &widget(r#"type = "log", properties = {markdown = "a"}"#),
            "has no `query`",
        );
        fires(&RULE, &widget(r#"type = "log""#), "has no `query`");
    }

    #[test]
    fn widgets_stay_on_the_grid() {
        let at = |x: &str, width: &str| {
            widget(&format!(
                r#"type = "text", x = {x}, {width} properties = {{markdown = "a"}}"#
            ))
        };
        passes(&RULE, &at("0", "width = 24,"));
        passes(&RULE, &at("18", ""));
        passes(&RULE, &at("var.x", "width = 24,"));
        fires(&RULE, &at("1", "width = 24,"), "from column 1 to 25");
        fires(&RULE, &at("19", ""), "from column 19 to 25");
    }

    #[test]
    fn the_body_is_json_with_widgets() {
        passes(&RULE, &stack(r#"{"widgets": []}"#));
        passes(&RULE, &stack("${var.body}"));
        passes(&RULE, &stack("${jsonencode({widgets = var.widgets})}"));
        fires(&RULE, &stack(r#"{"widgets": ["#), "is no JSON");
        fires(&RULE, &stack(r#"{"widget": []}"#), "has no `widgets`");
        fires(&RULE, &stack(r#"{"widgets": {}}"#), "is no list");
        fires(&RULE, &stack(r#"{"widgets": [1]}"#), "widget 1");
    }
}
