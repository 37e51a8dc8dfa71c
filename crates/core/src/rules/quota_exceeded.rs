//! Quotas that AWS raises on demand.

use super::limits::{Kind, arguments};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::Graph;

pub(super) const RULE: Rule = Rule {
    name: "quota_exceeded",
    summary: "a number is within the quota that every account has",
    explanation: "Some limits are quotas, which AWS raises for an account that asks. Until it has, `terraform apply` \
        fails. Where the quota of the account is higher, say so as the reason of the suppression.",
    severity: Severity::Deny,
    source: "Service Quotas User Guide, and quotas of the AWS services",
};

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for argument in arguments(graph) {
        let value = argument.value;
        let (stated, quota) = match argument.limit.kind {
            Kind::Quota(quota, most, unit) => match value.as_f64() {
                // Beyond what AWS would ever grant, `number_out_of_range` speaks.
                Some(number) if number > quota && number <= most => {
                    (format!("is {number} {unit}"), format!("{quota} {unit}"))
                }
                _ => continue,
            },
            Kind::CountQuota(quota, noun) => match value.as_list() {
                Some(items) if items.len() > quota => (
                    format!("has {} {noun}", items.len()),
                    format!("{quota} {noun}"),
                ),
                _ => continue,
            },
            _ => continue,
        };
        findings
            .at(
                argument.resource,
                argument.origin,
                format!(
                    "{} {stated}, but the quota is {quota} by default",
                    argument.describe()
                ),
            )
            .because("AWS refuses it in every account whose quota has not been raised")
            .help(format!(
                "{}, or ask AWS for more and suppress the rule",
                argument.help(&format!("{quota} or less"))
            ));
    }
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn the_timeout_of_an_integration_has_a_quota() {
        let stack = |time: u32| {
            format!(
                r#"{{"resource": {{"aws_api_gateway_integration": {{"i": {{"timeout_milliseconds": {time}}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(29_001),
            "is 29001 ms, but the quota is 29000 ms by default",
        );
        passes(&RULE, &stack(29_000));
        passes(&RULE, &stack(300_001));
    }

    #[test]
    fn the_number_of_indexes_has_a_quota() {
        let stack = |count: usize| {
            let indexes = vec![r#"{"name": "index"}"#; count].join(",");
            format!(
                r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{"global_secondary_index": [{indexes}]}}}}}}}}"#
            )
        };
        fires(
            &RULE,
            &stack(21),
            "has 21 indexes, but the quota is 20 indexes",
        );
        passes(&RULE, &stack(20));
    }
}
