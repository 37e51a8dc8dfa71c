//! A stack says which versions of its providers it was written for.

use std::collections::BTreeSet;

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::graph::{Graph, Resource};
use crate::schema::provider_name;
use crate::value::Value;

pub(super) const RULE: Rule = Rule {
    name: "provider_missing_version",
    summary: "every provider is required with its source and a version",
    explanation: "Without a version, `terraform init` takes the newest release that it finds, so that the same \
        configuration means something else next year, and the first major release with a breaking change \
        breaks it. A provider that is not mentioned at all is taken from `hashicorp/`.",
    severity: Severity::Warn,
    source: "Terraform, \"Provider Requirements\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let Some(terraform) = graph
        .all()
        .find(|block| block.block.kind == BlockKind::Terraform)
    else {
        // A fragment without settings of its own.
        return;
    };
    let required = terraform
        .get("required_providers")
        .and_then(Value::as_object);
    let mut told = BTreeSet::new();
    for block in graph.all().filter(|block| has_provider(*block)) {
        let name = provider_name(block.block);
        // Terraform brings its own along.
        if name == "terraform" || !told.insert(name) {
            continue;
        }
        let wanted = required.and_then(|required| required.get(name));
        let is_pinned = wanted.is_some_and(|wanted| match wanted.as_object() {
            Some(wanted) => wanted.get("version").is_some(),
            None => !wanted.is_literal() || wanted.as_str().is_some(),
        });
        if is_pinned {
            continue;
        }
        let declared = declaration(graph, name);
        let help = if declared.is_some() {
            format!("write `#[provider({name}, version = \"~> …\")]`")
        } else {
            format!("write `#[provider({name}, version = \"~> …\")] pub struct Name;` in the stack")
        };
        findings
            .at(
                declared.unwrap_or(block),
                declared.unwrap_or(block).origin(),
                format!("no version of provider `{name}` is required"),
            )
            .because("`terraform init` takes the newest release, whatever it breaks")
            .help(help);
    }
}

fn has_provider(block: Resource<'_>) -> bool {
    matches!(
        block.block.kind,
        BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral | BlockKind::Provider
    )
}

fn declaration<'g>(graph: &'g Graph<'g>, name: &str) -> Option<Resource<'g>> {
    graph
        .all()
        .find(|block| block.block.kind == BlockKind::Provider && block.type_name() == name)
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_provider_without_a_version_is_found_once() {
        fires(
            &RULE,
            r#"{"terraform": {"required_providers": {"random": {"source": "hashicorp/random"}}},
                "resource": {"random_id": {"a": {"byte_length": 4}, "b": {"byte_length": 4}}}}"#,
            "no version of provider `random` is required",
        );
        fires(
            &RULE,
            r#"{"terraform": {}, "resource": {"random_id": {"a": {"byte_length": 4}}}}"#,
            "no version of provider `random` is required",
        );
    }

    #[test]
    fn a_version_passes_and_so_does_what_terraform_brings_along() {
        passes(
            &RULE,
            r#"{"terraform": {"required_providers": {"random": {"source": "hashicorp/random", "version": "~> 3.6"}}},
                "resource": {"random_id": {"a": {"byte_length": 4}}}}"#,
        );
        passes(
            &RULE,
            r#"{"terraform": {}, "resource": {"terraform_data": {"a": {"input": 4}}}}"#,
        );
    }
}
