//! Ids of imports have the form that the provider looks them up by.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::BlockKind;
use crate::graph::Graph;
use crate::import_ids::import_id;
use crate::value::ValueKind;

pub(super) const RULE: Rule = Rule {
    name: "import_id_invalid",
    summary: "the id of an import has the form of its resource type",
    explanation: "Every resource type has an id of its own kind: a queue's is its URL, a topic's its ARN, a table's its \
        name. With another one the provider finds nothing, and `terraform plan` fails, for some types with a crash or \
        with a message about something else.",
    severity: Severity::Reject,
    source: "Terraform AWS provider, the section \"Import\" of each resource",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for import in graph
        .all()
        .filter(|block| block.block.kind == BlockKind::Import)
    {
        let Some(ValueKind::Address(to)) = import.get("to").map(|to| &to.kind) else {
            continue;
        };
        let type_name = to.as_str().split('.').next().unwrap_or_default();
        let (Some(known), Some(id)) = (import_id(type_name), import.text("id")) else {
            continue;
        };
        if known.form.fits(id) {
            continue;
        }
        findings
            .at(
                import,
                import.origin_of("id"),
                format!("{id:?} is not the form of an id of `{type_name}`"),
            )
            .because("the provider finds nothing by it, and `terraform plan` fails")
            .help(format!("write {}, such as {:?}", known.what, known.example));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(to: &str, id: &str) -> String {
        format!(
            r#"{{"resource": {{"aws_sqs_queue": {{"a": {{}}}}}}, "import": [{{"to": "{to}", "id": "{id}"}}]}}"#
        )
    }

    #[test]
    fn ids_have_the_form_of_their_type() {
        fires(&RULE, &stack("aws_sqs_queue.a", "jobs"), "\"jobs\"");
        fires(&RULE, &stack("aws_sqs_queue.a[0]", "jobs"), "aws_sqs_queue");
        let url = "https://sqs.eu-central-1.amazonaws.com/123456789012/jobs";
        passes(&RULE, &stack("aws_sqs_queue.a", url));
        passes(&RULE, &stack("aws_sqs_queue.a", "${var.url}"));
        passes(&RULE, &stack("aws_glue_job.a", "anything"));
    }
}
