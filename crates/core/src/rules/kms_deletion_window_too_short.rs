//! A key that was deleted by mistake can be had back for a month.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "kms_deletion_window_too_short",
    summary: "a key waits 30 days before it is deleted",
    explanation: "With a key goes everything that was ever encrypted with it: tables, objects, secrets and backups \
        cannot be read any more, by anybody. Until the waiting period is over the deletion can be cancelled. AWS \
        waits 30 days unless told otherwise, which is also the longest; what reads a backup once a month has had \
        its turn by then.",
    severity: Severity::Warn,
    source: "AWS Key Management Service Developer Guide, \"Delete an AWS KMS key\"",
};

/// The longest waiting period, and AWS's default.
const DAYS: f64 = 30.0;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let argument = "deletion_window_in_days";
    let types = ["aws_kms_key", "aws_kms_external_key", "aws_kms_replica_key"];
    for key in types
        .iter()
        .flat_map(|type_name| graph.resources(type_name))
    {
        // Below 7 AWS refuses it, which is another rule's.
        let Some(days) = key
            .number(argument)
            .filter(|days| (7.0..DAYS).contains(days))
        else {
            continue;
        };
        findings
            .at(
                key,
                key.origin_of(argument),
                format!("{} is gone {days} days after somebody deletes it", key.describe()),
            )
            .because("with it goes everything that was encrypted with it, and a mistake is noticed too late")
            .help("write `deletion_window = \"30d\"`, or leave it out: 30 days are the default (Terraform: `deletion_window_in_days = 30`)");
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        format!(r#"{{"resource": {{"aws_kms_key": {{"k": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn thirty_days_are_the_default() {
        fires(
            &RULE,
            &stack(r#""deletion_window_in_days": 29"#),
            "key `aws_kms_key.k` is gone 29 days after somebody deletes it",
        );
        fires(&RULE, &stack(r#""deletion_window_in_days": 7"#), "7 days");
        passes(&RULE, &stack(r#""deletion_window_in_days": 30"#));
        passes(&RULE, &stack(r#""deletion_window_in_days": "${var.days}""#));
        passes(&RULE, &stack(""));
        // `number_out_of_range` says so.
        passes(&RULE, &stack(r#""deletion_window_in_days": 3"#));
    }
}
