//! A function runs on a runtime that AWS still supports.

use super::lookup::is_set;
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};

pub(super) const RULE: Rule = Rule {
    name: "lambda_deprecated_runtime",
    summary: "a function runs on a supported runtime, and a custom runtime has a handler",
    explanation: "A deprecated runtime gets no security updates. Some weeks later AWS refuses new functions on it, \
        then changes to existing ones, so that a fix can no longer be deployed. A custom runtime ignores the \
        handler's name unless the binary reads it, but Terraform refuses a zip function without one. Container \
        images bring their own runtime and are left alone.",
    severity: Severity::Deny,
    source: "AWS Lambda Developer Guide, \"Lambda runtimes\" (Deprecated runtimes)",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for function in graph.resources("aws_lambda_function") {
        let Some(runtime) = function.text("runtime").filter(|_| is_zip(function)) else {
            continue;
        };
        if let Some(successor) = successor(runtime) {
            findings
                .at(
                    function,
                    function.origin_of("runtime"),
                    format!("{} runs on `{runtime}`, which AWS no longer supports", function.describe()),
                )
                .because("it gets no security updates, and AWS refuses to create functions on it or, later, to change them")
                .help(format!(
                    "write `runtime = \"{successor}\"` in `#[lambda(…)]` (Terraform: `runtime`)"
                ));
        }
        if runtime.starts_with("provided") && !is_set(function, "handler") {
            findings
                .at(
                    function,
                    function.origin_of("handler"),
                    format!("{} has a custom runtime and no `handler`", function.describe()),
                )
                .because("Terraform refuses a zip function without a handler, although a custom runtime may ignore it")
                .help("write `handler = \"bootstrap\"` in `#[lambda(…)]` (Terraform: `handler`)");
        }
    }
}

/// Whether the function is a zip file, as far as is known.
fn is_zip(function: Resource<'_>) -> bool {
    let is_package = match function.get("package_type") {
        None => true,
        Some(value) => value.as_str() == Some("Zip"),
    };
    is_package && function.get("image_uri").is_none()
}

/// What took the place of a runtime whose support has ended.
fn successor(runtime: &str) -> Option<&'static str> {
    Some(match runtime {
        "provided" | "provided.al2" | "go1.x" => "provided.al2023",
        "nodejs" | "nodejs4.3" | "nodejs4.3-edge" | "nodejs6.10" | "nodejs8.10" | "nodejs10.x"
        | "nodejs12.x" | "nodejs14.x" | "nodejs16.x" | "nodejs18.x" => "nodejs24.x",
        "python2.7" | "python3.6" | "python3.7" | "python3.8" | "python3.9" => "python3.14",
        "java8" | "java8.al2" => "java25",
        "dotnet6" | "dotnet7" => "dotnet10",
        "ruby2.5" | "ruby2.7" | "ruby3.2" => "ruby3.4",
        _ if runtime.starts_with("dotnetcore") => "dotnet10",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(function: &str) -> String {
        format!(r#"{{"resource": {{"aws_lambda_function": {{"f": {{{function}}}}}}}}}"#)
    }

    fn on(runtime: &str) -> String {
        stack(&format!(
            r#""runtime": "{runtime}", "handler": "bootstrap""#
        ))
    }

    #[test]
    fn the_last_unsupported_and_the_first_supported_of_each_family() {
        for (old, new) in [
            ("provided.al2", "provided.al2023"),
            ("nodejs18.x", "nodejs22.x"),
            ("python3.9", "python3.12"),
            ("java8.al2", "java21"),
            ("dotnet6", "dotnet8"),
            ("ruby3.2", "ruby3.3"),
        ] {
            fires(
                &RULE,
                &on(old),
                &format!("runs on `{old}`, which AWS no longer supports"),
            );
            passes(&RULE, &on(new));
        }
        for old in [
            "provided",
            "go1.x",
            "nodejs8.10",
            "python2.7",
            "java8",
            "dotnetcore3.1",
            "ruby2.7",
        ] {
            fires(&RULE, &on(old), "no longer supports");
        }
    }

    #[test]
    fn a_custom_runtime_needs_a_handler() {
        fires(
            &RULE,
            &stack(r#""runtime": "provided.al2023""#),
            "has a custom runtime and no `handler`",
        );
        passes(
            &RULE,
            &stack(r#""runtime": "provided.al2023", "handler": "${var.handler}""#),
        );
        passes(&RULE, &stack(r#""runtime": "python3.14""#));
    }

    #[test]
    fn images_and_unknown_runtimes_are_left_alone() {
        passes(
            &RULE,
            &stack(r#""package_type": "Image", "runtime": "go1.x""#),
        );
        passes(
            &RULE,
            &stack(r#""package_type": "${var.package}", "runtime": "go1.x""#),
        );
        passes(
            &RULE,
            &stack(r#""image_uri": "${var.image}", "runtime": "go1.x""#),
        );
        fires(
            &RULE,
            &stack(r#""package_type": "Zip", "runtime": "go1.x""#),
            "go1.x",
        );
        passes(&RULE, &stack(r#""runtime": "${var.runtime}""#));
    }
}
