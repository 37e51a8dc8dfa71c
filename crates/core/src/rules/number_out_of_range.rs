//! Numbers that AWS takes.

use super::limits::{Argument, CONSEQUENCE, Kind, arguments};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "number_out_of_range",
    summary: "a number is in the range that AWS takes",
    explanation: "Terraform sends most numbers on as they are. AWS refuses those out of its range, in the middle of \
        `terraform apply`, when part of the stack is in place. Where a list has too many elements, it is the same.",
    severity: Severity::Reject,
    source: "API references and quotas of the AWS services",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for argument in arguments(graph) {
        match argument.limit.kind {
            Kind::Range(least, most, unit) => range(&argument, least, most, unit, findings),
            Kind::Period => period(&argument, findings),
            Kind::Count(most, noun) => {
                let count = argument.value.as_list().map_or(0, <[_]>::len);
                if count > most {
                    let message = format!(
                        "{} has {count} {noun}, but AWS takes {most}",
                        argument.describe()
                    );
                    report(
                        &argument,
                        message,
                        &format!("{most} {noun} at most"),
                        findings,
                    );
                }
            }
            _ => {}
        }
    }
}

fn range(argument: &Argument<'_>, least: f64, most: f64, unit: &str, findings: &mut Findings) {
    let Some(number) = argument.value.as_f64() else {
        return;
    };
    // To Terraform -1 is no reservation; a rule of its own asks for one.
    if argument.limit.is_off(number) {
        return;
    }
    let is_whole = number.fract() == 0.0 || argument.limit.takes_fractions();
    if is_whole && (least..=most).contains(&number) {
        return;
    }
    let whole = if is_whole { "" } else { "a whole number, " };
    let wanted = if most.is_finite() {
        with_unit(&format!("{whole}{least} to {most}"), unit)
    } else {
        with_unit(&format!("{whole}{least} or more"), unit)
    };
    let number = with_unit(&number.to_string(), unit);
    let message = format!(
        "{} is {number}, but AWS takes {wanted}",
        argument.describe()
    );
    report(argument, message, &wanted, findings);
}

/// Periods are 10, 20 or 30 s, or whole minutes.
fn period(argument: &Argument<'_>, findings: &mut Findings) {
    let Some(period) = argument.value.as_f64() else {
        return;
    };
    let is_short = [10.0, 20.0, 30.0].contains(&period);
    if !is_short && (period < 60.0 || period % 60.0 != 0.0) {
        let message = format!(
            "{} is {period} s, but AWS takes 10, 20 or 30 s and multiples of 60 s",
            argument.describe()
        );
        let minutes = (period / 60.0).round().max(1.0);
        report(
            argument,
            message,
            &format!("`{}`", minutes * 60.0),
            findings,
        );
    }
}

fn report(argument: &Argument<'_>, message: String, wanted: &str, findings: &mut Findings) {
    findings
        .at(argument.resource, argument.origin, message)
        .because(CONSEQUENCE)
        .help(argument.help(wanted));
}

fn with_unit(number: &str, unit: &str) -> String {
    if unit.is_empty() {
        number.to_owned()
    } else {
        format!("{number} {unit}")
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(type_name: &str, body: &str) -> String {
        format!(r#"{{"resource": {{"{type_name}": {{"r": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn both_ends_of_a_range_are_in_it() {
        let timeout =
            |seconds: &str| stack("aws_lambda_function", &format!(r#""timeout": {seconds}"#));
        fires(
            &RULE,
            &timeout("901"),
            "`timeout` of function `aws_lambda_function.r` is 901 s, but AWS takes 1 to 900 s",
        );
        fires(&RULE, &timeout("0"), "is 0 s");
        passes(&RULE, &timeout("900"));
        passes(&RULE, &timeout("1"));
        passes(&RULE, &timeout("\"${var.timeout}\""));
        passes(
            &RULE,
            &stack(
                "aws_lambda_function",
                r#""timeout": 1800, "capacity_provider_config": {}"#,
            ),
        );
    }

    #[test]
    fn an_open_range_has_one_end() {
        let reserved = |number: i32| {
            stack(
                "aws_lambda_function",
                &format!(r#""reserved_concurrent_executions": {number}"#),
            )
        };
        fires(&RULE, &reserved(-2), "is -2, but AWS takes 0 or more");
        passes(&RULE, &reserved(-1));
    }

    #[test]
    fn nested_and_encoded_arguments_are_reached() {
        fires(
            &RULE,
            &stack(
                "aws_sqs_queue",
                r#""redrive_policy": "${jsonencode({maxReceiveCount = 0})}""#,
            ),
            "`maxReceiveCount` of queue `aws_sqs_queue.r` is 0 receives",
        );
        fires(
            &RULE,
            &stack(
                "aws_lambda_event_source_mapping",
                r#""scaling_config": [{"maximum_concurrency": 1}]"#,
            ),
            "is 1, but AWS takes 2 to 1000",
        );
    }

    #[test]
    fn periods_are_short_or_whole_minutes() {
        let period = |seconds: u32| {
            stack(
                "aws_cloudwatch_metric_alarm",
                &format!(r#""period": {seconds}"#),
            )
        };
        fires(
            &RULE,
            &period(45),
            "`period` of alarm `aws_cloudwatch_metric_alarm.r` is 45 s",
        );
        fires(&RULE, &period(90), "multiples of 60 s");
        fires(&RULE, &period(0), "is 0 s");
        for seconds in [10, 20, 30, 60, 3600] {
            passes(&RULE, &period(seconds));
        }
        fires(
            &RULE,
            &stack(
                "aws_cloudwatch_metric_alarm",
                r#""metric_query": [{"metric": {"period": 60}}, {"metric": {"period": 61}}]"#,
            ),
            "61 s",
        );
    }

    #[test]
    fn lists_have_a_longest_length() {
        let layers = |count: usize| {
            stack(
                "aws_lambda_function",
                &format!(r#""layers": [{}]"#, vec!["\"a\""; count].join(",")),
            )
        };
        fires(&RULE, &layers(6), "has 6 layers, but AWS takes 5");
        passes(&RULE, &layers(5));
    }
}
