//! The log group of a function is part of the stack.

use std::collections::HashSet;

use super::lookup::{is_dynamic, referred};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::{Part, Target, Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "lambda_missing_log_group",
    summary: "a function's log group is declared in the stack",
    explanation: "A function without a log group makes one on its first invocation: it keeps everything for ever, \
        has no tags and stays behind when the stack is destroyed. Declared later, it is in Terraform's way, since \
        the name is taken. A function writes to `/aws/lambda/` and its name unless `logging_config` says otherwise.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Sending Lambda function logs to CloudWatch Logs\"",
};

/// Where functions write unless they are told otherwise.
const PREFIX: &str = "/aws/lambda/";

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let groups = Groups::new(graph);
    for function in graph.resources("aws_lambda_function") {
        if groups.have(function) {
            continue;
        }
        let path = "logging_config.log_group";
        let message = match function.text(path) {
            Some(name) => format!(
                "{} writes to log group `{name}`, which is not in the stack",
                function.describe()
            ),
            None => format!("{} has no log group in the stack", function.describe()),
        };
        findings
            .at(function, function.origin_of(path), message)
            .because("the function makes the log group itself, without retention, and it outlives the stack")
            .help("write `log_retention = \"7d\"` in `#[lambda(…)]` (Terraform: `aws_cloudwatch_log_group`, with `logging_config.log_group` referring to its name)");
    }
}

/// The log groups of the stack.
struct Groups<'g> {
    /// The functions whose name is part of a log group's.
    functions: HashSet<Target>,
    /// The names that are known.
    names: HashSet<&'g str>,
    /// Whether there are names that are not.
    has_unknown: bool,
    /// Whether one of those may be the one that some function writes to by default.
    may_be_default: bool,
}

impl<'g> Groups<'g> {
    fn new(graph: &'g Graph<'_>) -> Self {
        let mut groups = Self {
            functions: HashSet::new(),
            names: HashSet::new(),
            has_unknown: false,
            may_be_default: false,
        };
        for group in graph.resources("aws_cloudwatch_log_group") {
            let Some(name) = group.get("name") else {
                continue;
            };
            let function = referred(graph, name, "aws_lambda_function");
            if let Some(name) = name.as_str() {
                groups.names.insert(name);
            } else if let Some(target) = function.and_then(|function| function.block.target()) {
                groups.functions.insert(target);
            } else {
                let start = start(name);
                groups.has_unknown = true;
                groups.may_be_default |= start.starts_with(PREFIX) || PREFIX.starts_with(start);
            }
        }
        groups
    }

    /// Whether the log group of a function is among them, or may turn out to be.
    fn have(&self, function: Resource<'_>) -> bool {
        let config = function.get("logging_config");
        if is_dynamic(function, "logging_config")
            || config.is_some_and(|config| config.as_object().is_none())
        {
            return true;
        }
        if let Some(group) = function.get("logging_config.log_group") {
            return group
                .as_str()
                .is_none_or(|name| self.has_unknown || self.names.contains(name));
        }
        let by_name = function
            .text("function_name")
            .is_some_and(|name| self.names.contains(format!("{PREFIX}{name}").as_str()));
        let by_reference = function
            .block
            .target()
            .is_some_and(|target| self.functions.contains(&target));
        self.may_be_default || by_name || by_reference
    }
}

/// The literal text that a value starts with.
fn start(value: &Value) -> &str {
    match &value.kind {
        ValueKind::Template(parts) => match parts.first() {
            Some(Part::Text(text)) => text,
            _ => "",
        },
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(function: &str, group: &str) -> String {
        format!(
            r#"{{"resource": {{
            "aws_lambda_function": {{"f": {{{function}}}}},
            "aws_cloudwatch_log_group": {{"g": {{{group}}}}}}}}}"#
        )
    }

    #[test]
    fn the_default_group_is_found_by_name_or_by_reference() {
        let named = r#""function_name": "ingest""#;
        passes(&RULE, &stack(named, r#""name": "/aws/lambda/ingest""#));
        passes(
            &RULE,
            &stack(
                named,
                r#""name": "/aws/lambda/${aws_lambda_function.f.function_name}""#,
            ),
        );
        fires(
            &RULE,
            &stack(named, r#""name": "/aws/lambda/other""#),
            "function `aws_lambda_function.f` has no log group in the stack",
        );
        fires(
            &RULE,
            &stack(named, r#""name_prefix": "x""#),
            "has no log group",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_lambda_function": {"f": {}}}}"#,
            "has no log group",
        );
    }

    #[test]
    fn a_group_of_its_own_is_found_by_name_or_by_reference() {
        let own = |group: &str| {
            format!(r#""logging_config": [{{"log_format": "JSON", "log_group": "{group}"}}]"#)
        };
        passes(
            &RULE,
            &stack(
                &own("${aws_cloudwatch_log_group.g.name}"),
                r#""name": "logs""#,
            ),
        );
        passes(&RULE, &stack(&own("logs"), r#""name": "logs""#));
        passes(&RULE, &stack(&own("${var.group}"), r#""name": "logs""#));
        passes(
            &RULE,
            &stack(&own("logs"), r#""name": "${var.prefix}logs""#),
        );
        fires(
            &RULE,
            &stack(&own("other"), r#""name": "logs""#),
            "writes to log group `other`",
        );
        fires(
            &RULE,
            &stack(
                r#""logging_config": [{"log_format": "JSON"}]"#,
                r#""name": "logs""#,
            ),
            "has no log group",
        );
    }

    #[test]
    fn a_group_that_may_be_the_functions_passes() {
        passes(&RULE, &stack("", r#""name": "${var.name}""#));
        passes(&RULE, &stack("", r#""name": "/aws/lambda/${var.name}""#));
        passes(&RULE, &stack("", r#""name": "/aws/${var.name}""#));
        fires(
            &RULE,
            &stack("", r#""name": "/aws/apigateway/${var.name}""#),
            "has no log group",
        );
    }
}
