//! Environment variables have names and a size that Lambda takes.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::{Key, Part, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "lambda_environment_invalid",
    summary: "environment variables have valid names that Lambda does not reserve, and fit in 4 KB",
    explanation: "A name starts with a letter and has at least two letters, digits or underscores. Lambda sets \
        some variables itself and refuses a function that sets them. All names and values of a function together \
        may have 4,096 bytes.",
    severity: Severity::Reject,
    source: "AWS Lambda Developer Guide, \"Working with Lambda environment variables\" and \"Lambda quotas\"",
};

/// What Lambda sets itself.
const RESERVED: [&str; 21] = [
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE",
    "AWS_LAMBDA_FUNCTION_NAME",
    "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE",
    "AWS_LAMBDA_LOG_GROUP_NAME",
    "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_MAX_CONCURRENCY",
    "AWS_LAMBDA_METADATA_API",
    "AWS_LAMBDA_METADATA_TOKEN",
    "AWS_LAMBDA_RUNTIME_API",
    "AWS_REGION",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "LAMBDA_RUNTIME_DIR",
    "LAMBDA_TASK_ROOT",
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
];

/// How many bytes the names and values of a function may have.
const LARGEST: usize = 4096;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        let Some(variables) = function
            .get("environment.variables")
            .and_then(Value::as_object)
        else {
            continue;
        };
        for (key, value) in variables.iter().filter(|(key, _)| !key.template) {
            name(function, key, value, findings);
        }
        // Lambda measures the variables as JSON, so this is the least that they can have.
        let size: usize = variables
            .iter()
            .map(|(key, value)| if key.template { 0 } else { key.name.len() } + length(value))
            .sum();
        if size > LARGEST {
            findings
                .at(
                    function,
                    function.origin_of("environment.variables"),
                    format!("the environment of {} has {size} bytes", function.describe()),
                )
                .because(format!("Lambda refuses more than {LARGEST} bytes of names and values"))
                .help("keep large settings in Parameter Store or S3 and write only their names in `environment = { … }` (Terraform: `environment.variables`)");
        }
    }
}

fn name(function: Resource<'_>, key: &Key, value: &Value, findings: &mut Findings) {
    let name = key.name.as_str();
    let (fault, consequence) = if RESERVED.contains(&name) {
        (
            "is reserved",
            "Lambda sets this variable itself and refuses a function that does",
        )
    } else if is_valid(name) {
        return;
    } else {
        (
            "is no valid name",
            "Lambda takes names of two or more letters, digits and underscores that start with a letter",
        )
    };
    let origin = key
        .origin
        .or(value.origin)
        .or(function.origin_of("environment.variables"));
    findings
        .at(
            function,
            origin,
            format!("environment variable `{name}` of {} {fault}", function.describe()),
        )
        .because(consequence)
        .help("write another name in `environment = { \"NAME\" = value }` (Terraform: `environment.variables`)");
}

fn is_valid(name: &str) -> bool {
    name.len() >= 2
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_')
}

/// How many bytes of a value are known.
fn length(value: &Value) -> usize {
    match &value.kind {
        ValueKind::String(text) => text.len(),
        ValueKind::Number(number) => number.to_string().len(),
        ValueKind::Bool(flag) => flag.to_string().len(),
        ValueKind::Template(parts) => parts
            .iter()
            .map(|part| match part {
                Part::Text(text) => text.len(),
                Part::Interpolation(_) => 0,
            })
            .sum(),
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::{LARGEST, RESERVED, RULE};
    use crate::rules::testing::{fires, passes};

    fn stack(variables: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_lambda_function": {{"f": {{"environment": [{{"variables": {{{variables}}}}}]}}}}}}}}"#
        )
    }

    #[test]
    fn names_follow_lambdas_pattern() {
        for name in ["A", "1A", "A-B", "_A", "Ä1", ""] {
            fires(
                &RULE,
                &stack(&format!(r#""{name}": "x""#)),
                "is no valid name",
            );
        }
        for name in [
            "AB",
            "a1",
            "A_",
            "AWS_LAMBDA_EXEC_WRAPPER",
            "TZ",
            "PATH",
            "${var.name}",
        ] {
            passes(&RULE, &stack(&format!(r#""{name}": "x""#)));
        }
    }

    #[test]
    fn reserved_names_are_found_once() {
        for name in RESERVED {
            fires(&RULE, &stack(&format!(r#""{name}": "x""#)), "is reserved");
        }
    }

    #[test]
    fn the_boundary_is_4096_bytes_of_names_and_values() {
        let sized =
            |size: usize| stack(&format!(r#""NAME": "{}", "N2": 12"#, "x".repeat(size - 8)));
        passes(&RULE, &sized(LARGEST));
        fires(&RULE, &sized(LARGEST + 1), "has 4097 bytes");
        passes(
            &RULE,
            &stack(&format!(
                r#""NAME": "{}${{var.rest}}""#,
                "x".repeat(LARGEST - 4)
            )),
        );
        fires(
            &RULE,
            &stack(&format!(
                r#""NAME": "{}${{var.rest}}""#,
                "x".repeat(LARGEST - 3)
            )),
            "has 4097 bytes",
        );
    }
}
