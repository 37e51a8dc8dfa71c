//! The stack uses nothing that its target does not have.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;
use crate::versions::{Version, uses};

pub(super) const RULE: Rule = Rule {
    name: "newer_than_target",
    summary: "a stack with a `target` uses only what the least version of it has",
    explanation: "`target(terraform = \">= 1.5\")` promises that the stack works with every version from 1.5 on, and \
        `opentofu = …` the same for OpenTofu. A part of the language that came later is unknown to the first of them, which \
        stop with an error of syntax.",
    severity: Severity::Reject,
    source: "Terraform and OpenTofu, the changelogs of each version",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for used in uses(graph) {
        let feature = &used.feature;
        let products = [
            (
                "Terraform",
                "terraform",
                graph.targets.terraform,
                Some(feature.terraform),
            ),
            (
                "OpenTofu",
                "opentofu",
                graph.targets.opentofu,
                feature.opentofu,
            ),
        ];
        for (product, key, target, since) in products {
            let (Some(target), Some(since)) = (target, since) else {
                continue;
            };
            if since <= target {
                continue;
            }
            report(&used, (product, key), target, since, findings);
            break;
        }
    }
}

fn report(
    used: &crate::versions::Use<'_>,
    (product, key): (&str, &str),
    target: Version,
    since: Version,
    findings: &mut Findings,
) {
    findings
        .at(
            used.block,
            used.origin,
            format!(
                "{} came with {product} {since}, and the stack's target begins with {target}",
                used.feature.name
            ),
        )
        .because(format!("{product} {target} stops with an error of syntax"))
        .help(format!(
            "raise the target to `target({key} = \">= {since}\")`, or do without"
        ));
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::passes;

    #[test]
    fn without_a_target_everything_passes() {
        passes(
            &RULE,
            r#"{"ephemeral": {"aws_ssm_parameter": {"a": {"arn": "a"}}}, "removed": [{"from": "aws_sqs_queue.a"}]}"#,
        );
    }

    #[test]
    fn a_target_is_held_to() {
        let mut document = crate::json::parse(
            r#"{"ephemeral": {"aws_ssm_parameter": {"a": {"arn": "a"}}}, "removed": [{"from": "aws_sqs_queue.a"}]}"#,
        )
        .unwrap();
        let mut found = |targets: &str| {
            document.targets = crate::versions::Targets::parse(targets);
            let graph = crate::Graph::new(&document);
            let mut findings = super::Findings::new(&RULE);
            super::check(&graph, &mut findings);
            findings.into_diagnostics().len()
        };
        assert_eq!(found("1.6 -"), 2);
        assert_eq!(found("1.7 -"), 1);
        assert_eq!(found("1.10 1.11"), 0);
        assert_eq!(found("1.10 1.10"), 1);
    }
}
