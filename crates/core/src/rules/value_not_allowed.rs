//! Words that AWS knows.

use super::limits::{Argument, CONSEQUENCE, Kind, arguments};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::suggest::{did_you_mean, nearest};

pub(super) const RULE: Rule = Rule {
    name: "value_not_allowed",
    summary: "an argument with a fixed set of values has one of them",
    explanation: "To Terraform these arguments are texts and numbers like any other; AWS knows a fixed list of \
        values and refuses the rest. The case of letters matters.",
    severity: Severity::Reject,
    source: "API references of the AWS services",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for argument in arguments(graph) {
        match argument.limit.kind {
            Kind::Values(values) => text(&argument, values, findings),
            Kind::Numbers(numbers, unit) => number(&argument, numbers, unit, findings),
            _ => {}
        }
    }
}

fn text(argument: &Argument<'_>, values: &[&str], findings: &mut Findings) {
    for (value, origin) in argument.elements() {
        let Some(text) = value.as_str().filter(|text| !values.contains(text)) else {
            continue;
        };
        let near = nearest(text, values.iter().copied());
        let one_of = argument.help(&format!("one of `{}`", values.join("`, `")));
        let help = match did_you_mean(&near) {
            question if question.is_empty() => one_of,
            question if values.len() > 12 => question,
            question => format!("{question} Otherwise {one_of}"),
        };
        findings
            .at(
                argument.resource,
                origin,
                format!(
                    "{} is `{text}`, which AWS does not know",
                    argument.describe()
                ),
            )
            .because(CONSEQUENCE)
            .help(help);
    }
}

fn number(argument: &Argument<'_>, numbers: &[f64], unit: &str, findings: &mut Findings) {
    let Some(number) = argument
        .value
        .as_f64()
        .filter(|number| !numbers.contains(number))
    else {
        return;
    };
    let below = numbers
        .iter()
        .copied()
        .rfind(|known| *known < number && *known > 0.0);
    let above = numbers
        .iter()
        .copied()
        .find(|known| *known > number && *known > 0.0);
    let near = [below, above]
        .iter()
        .flatten()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join(" or ");
    findings
        .at(
            argument.resource,
            argument.origin,
            format!(
                "{} is {number} {unit}; the nearest that AWS takes is {near}",
                argument.describe()
            ),
        )
        .because(CONSEQUENCE)
        .help(argument.help(&format!("{near} {unit}")));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, body: &str) -> String {
        format!(r#"{{"resource": {{"{type_name}": {{"r": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn unknown_words_are_found_in_lists_too() {
        fires(
            &RULE,
            &stack("aws_lambda_function", r#""architectures": ["arm46"]"#),
            "`architectures` of function `aws_lambda_function.r` is `arm46`",
        );
        fires(
            &RULE,
            &stack(
                "aws_lambda_function",
                r#""tracing_config": {"mode": "active"}"#,
            ),
            "`active`",
        );
        fires(
            &RULE,
            &stack(
                "aws_dynamodb_table",
                r#""attribute": [{"type": "S"}, {"type": "String"}]"#,
            ),
            "`type` of table `aws_dynamodb_table.r` is `String`",
        );
        passes(
            &RULE,
            &stack(
                "aws_lambda_function",
                r#""architectures": ["arm64"], "runtime": "provided.al2023""#,
            ),
        );
        passes(
            &RULE,
            &stack(
                "aws_lambda_function",
                r#""architectures": ["${var.arch}"], "runtime": "${var.runtime}""#,
            ),
        );
    }

    #[test]
    fn storage_classes_of_every_transition_are_checked() {
        fires(
            &RULE,
            &stack(
                "aws_s3_bucket_lifecycle_configuration",
                r#""rule": [{"transition": [{"storage_class": "GLACIER"}]}, {"transition": {"storage_class": "STANDARD"}}]"#,
            ),
            "`STANDARD`",
        );
    }

    #[test]
    fn retention_is_one_of_the_periods_that_exist() {
        let days = |days: u32| {
            stack(
                "aws_cloudwatch_log_group",
                &format!(r#""retention_in_days": {days}"#),
            )
        };
        fires(
            &RULE,
            &days(10),
            "is 10 days; the nearest that AWS takes is 7 or 14",
        );
        fires(&RULE, &days(4000), "is 3653");
        fires(&RULE, &days(2), "is 1 or 3");
        passes(&RULE, &days(7));
        passes(&RULE, &days(0));
    }
}
