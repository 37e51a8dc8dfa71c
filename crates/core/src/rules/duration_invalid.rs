//! Timeouts are durations that Terraform can read.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::value::{Object, Value};

pub(super) const RULE: Rule = Rule {
    name: "duration_invalid",
    summary: "a timeout is a duration in hours, minutes and seconds",
    explanation: "Terraform reads the durations in `timeouts` in the form of Go: numbers with `h`, `m`, `s` or `ms`, such as \
        `30m` or `1h30m`. It knows no days, and no number without a unit.",
    severity: Severity::Reject,
    source: "Terraform, \"Resource block: timeouts\"; Go, package `time`, `ParseDuration`",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for block in graph.all() {
        let timeouts = block.get("timeouts").and_then(Value::as_object);
        for (key, value) in timeouts.into_iter().flat_map(Object::iter) {
            let text = match value.as_str() {
                Some(text) => text.to_owned(),
                None => match value.as_f64() {
                    Some(number) => number.to_string(),
                    None => continue,
                },
            };
            if is_duration(&text) {
                continue;
            }
            findings
                .at(
                    block,
                    value.origin.or(key.origin),
                    format!(
                        "{text:?} is no duration that Terraform reads, in `timeouts.{}` of {}",
                        key.name,
                        block.describe()
                    ),
                )
                .because("`terraform plan` stops")
                .help(help(&text, &key.name));
        }
    }
}

fn help(text: &str, key: &str) -> String {
    let days = text
        .strip_suffix('d')
        .and_then(|days| days.parse::<u64>().ok());
    match (days, text.parse::<u64>()) {
        (Some(days), _) => format!("write `{key} = \"{}h\"`", days.saturating_mul(24)),
        (_, Ok(minutes)) => format!("write the unit: `{key} = \"{minutes}m\"` for minutes"),
        _ => format!("write `{key} = \"30m\"`, or `\"1h30m\"`"),
    }
}

/// Whether a text is one or more numbers, each with a unit.
fn is_duration(text: &str) -> bool {
    const UNITS: [&str; 7] = ["ns", "us", "µs", "ms", "s", "m", "h"];
    let mut rest = text;
    if rest == "0" {
        return true;
    }
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| !c.is_ascii_digit() && c != '.')
            .unwrap_or(rest.len());
        let (number, after) = rest.split_at(end);
        let unit_end = after
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(after.len());
        let (unit, after) = after.split_at(unit_end);
        if number.parse::<f64>().is_err() || !UNITS.contains(&unit) {
            return false;
        }
        rest = after;
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn durations_have_units() {
        let stack = |value: &str| {
            format!(
                r#"{{"resource": {{"aws_db_instance": {{"a": {{"timeouts": {{"create": {value}}}}}}}}}}}"#
            )
        };
        for wrong in [
            "\"30\"",
            "30",
            "\"2d\"",
            "\"half an hour\"",
            "\"\"",
            "\"h\"",
            "\"1h30\"",
        ] {
            fires(&RULE, &stack(wrong), "`timeouts.create`");
        }
        for right in [
            "\"30m\"",
            "\"1h30m\"",
            "\"1.5h\"",
            "\"500ms\"",
            "\"0\"",
            "\"${var.t}\"",
        ] {
            passes(&RULE, &stack(right));
        }
    }
}
