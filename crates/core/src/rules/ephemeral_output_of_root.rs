//! Ephemeral outputs are for modules of other stacks.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "ephemeral_output_of_root",
    summary: "only a stack that is a module of another one has ephemeral outputs",
    explanation: "An ephemeral output hands a value from a module to the configuration that uses it. Where the stack itself is \
        planned and applied there is nobody to take it, and Terraform stops: \"Ephemeral outputs are not allowed in context of \
        a root module\". A stack that others use as a module expects this rule.",
    severity: Severity::Deny,
    source: "Terraform, \"output block reference\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for output in graph
        .all()
        .filter(|block| block.block.kind == BlockKind::Output)
    {
        if output.flag("ephemeral") == Some(true) {
            findings
                .at(
                    output,
                    output.origin_of("ephemeral"),
                    format!(
                        "`{}` is ephemeral, and nobody takes it",
                        output.block.address()
                    ),
                )
                .because("Terraform refuses ephemeral outputs where a stack is applied itself")
                .help("remove the output, or `ephemeral` with what is ephemeral in it");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn ephemeral_outputs_are_told() {
        fires(
            &RULE,
            r#"{"output": {"a": {"value": "x", "ephemeral": true}}}"#,
            "`output.a`",
        );
        passes(
            &RULE,
            r#"{"output": {"a": {"value": "x", "ephemeral": false}, "b": {"value": "y"}}}"#,
        );
    }
}
