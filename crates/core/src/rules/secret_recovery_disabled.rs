//! A secret that was deleted can be had back.

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "secret_recovery_disabled",
    summary: "a deleted secret can be had back for some days",
    explanation: "With a recovery window of 0 days a secret is gone at once, and no one can have it back: a \
        `terraform destroy` in the wrong folder, or a change that replaces the secret, takes the credentials of \
        everything that runs with them. Secrets Manager keeps a deleted secret for 30 days unless told otherwise.",
    severity: Severity::Deny,
    source: "AWS Secrets Manager User Guide, \"Delete an AWS Secrets Manager secret\"",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    let argument = "recovery_window_in_days";
    for secret in graph.resources("aws_secretsmanager_secret") {
        if secret.number(argument).is_some_and(|days| days <= 0.0) {
            findings
                .at(
                    secret,
                    secret.origin_of(argument),
                    format!("{} is gone at once when it is deleted", secret.describe()),
                )
                .because("nobody can have its value back, and what runs with it stops")
                .help("write `recovery = \"7d\"` or more, or leave it out: 30 days are the default (Terraform: `recovery_window_in_days`)");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(body: &str) -> String {
        format!(r#"{{"resource": {{"aws_secretsmanager_secret": {{"s": {{{body}}}}}}}}}"#)
    }

    #[test]
    fn zero_days_are_none() {
        fires(
            &RULE,
            &stack(r#""recovery_window_in_days": 0"#),
            "secret `aws_secretsmanager_secret.s` is gone at once",
        );
        passes(&RULE, &stack(r#""recovery_window_in_days": 7"#));
        passes(&RULE, &stack(r#""recovery_window_in_days": "${var.days}""#));
        passes(&RULE, &stack(""));
    }
}
