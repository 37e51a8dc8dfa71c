//! A table has capacity when it is provisioned, and none when it is paid by request.

use super::lookup::{blocks, entry};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::graph::{Graph, Resource};
use crate::value::Object;

pub(super) const RULE: Rule = Rule {
    name: "dynamodb_billing_mode",
    summary: "a provisioned table states its capacity, and an on-demand table states none",
    explanation: "A table without a billing mode is PROVISIONED, and so needs `read_capacity` and \
        `write_capacity` of at least 1, each of its global indexes too. With PAY_PER_REQUEST there is no capacity \
        to set. Terraform refuses both mixtures.",
    severity: Severity::Reject,
    source: "Terraform AWS provider, \"aws_dynamodb_table\"; Amazon DynamoDB API Reference, \"CreateTable\"",
};

const MODE: &str = "billing_mode";
const CAPACITIES: [&str; 2] = ["read_capacity", "write_capacity"];

/// A table that is restored from another may take its capacity from there.
const RESTORED: [&str; 3] = [
    "restore_source_name",
    "restore_source_table_arn",
    "restore_backup_arn",
];

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for table in graph.resources("aws_dynamodb_table") {
        match table.get(MODE).map(|mode| mode.as_str()) {
            None | Some(Some("PROVISIONED")) => provisioned(table, findings),
            Some(Some("PAY_PER_REQUEST")) => on_demand(table, findings),
            Some(_) => {}
        }
    }
}

fn on_demand(table: Resource<'_>, findings: &mut Findings) {
    let stated: Vec<&str> = CAPACITIES
        .into_iter()
        .filter(|path| table.number(path).is_some_and(|capacity| capacity > 0.0))
        .collect();
    if let Some(first) = stated.first() {
        findings
            .at(
                table,
                table.origin_of(first),
                format!("{} is paid by request, but has a `{}`", table.describe(), stated.join("` and a `")),
            )
            .because("Terraform refuses it: capacity can not be set when the billing mode is PAY_PER_REQUEST")
            .related("`billing_mode`", table.origin_of(MODE))
            .help("remove the capacity, or write `billing = \"provisioned\"` in `#[dynamodb(…)]` (Terraform: `billing_mode = \"PROVISIONED\"`)");
    }
}

fn provisioned(table: Resource<'_>, findings: &mut Findings) {
    if RESTORED.into_iter().any(|path| table.get(path).is_some()) {
        return;
    }
    let help = "write `billing = \"on_demand\"` in `#[dynamodb(…)]` (Terraform: `billing_mode = \"PAY_PER_REQUEST\"`), or a `read_capacity` and a `write_capacity` of at least 1";
    let missing = missing(&table.block.body);
    if !missing.is_empty() {
        let zero = missing.iter().find(|path| table.get(path).is_some());
        findings
            .at(
                table,
                table.origin_of(zero.unwrap_or(&MODE)),
                format!("{} is provisioned, but has no `{}`", table.describe(), missing.join("` and no `")),
            )
            .because("Terraform refuses it: capacity must be at least 1 unless the billing mode is PAY_PER_REQUEST")
            .help(help);
        return;
    }
    for index in blocks(table, INDEX).unwrap_or_default() {
        let missing = self::missing(index);
        if !missing.is_empty() {
            let name = entry(index, "name")
                .and_then(|name| name.as_str())
                .unwrap_or("?");
            let origin = index
                .iter()
                .map(|(key, value)| value.origin.or(key.origin))
                .next();
            findings
                .at(
                    table,
                    origin.unwrap_or(table.origin_of(INDEX)).or(table.origin_of(INDEX)),
                    format!(
                        "index `{name}` of {} is provisioned, but has no `{}`",
                        table.describe(),
                        missing.join("` and no `"),
                    ),
                )
                .because("Terraform refuses it: each global index of a provisioned table has its own capacity")
                .help(help);
        }
    }
}

const INDEX: &str = "global_secondary_index";

/// The capacities that a table or an index lacks.
fn missing(block: &Object) -> Vec<&'static str> {
    CAPACITIES
        .into_iter()
        .filter(|name| {
            entry(block, name)
                .is_none_or(|value| value.as_f64().is_some_and(|capacity| capacity < 1.0))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(table: &str) -> String {
        format!(r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{{table}}}}}}}}}"#)
    }

    #[test]
    fn on_demand_has_no_capacity() {
        let mode = r#""billing_mode": "PAY_PER_REQUEST""#;
        passes(&RULE, &stack(mode));
        passes(
            &RULE,
            &stack(&format!(
                r#"{mode}, "read_capacity": 0, "write_capacity": "${{var.write}}""#
            )),
        );
        fires(
            &RULE,
            &stack(&format!(r#"{mode}, "read_capacity": 1"#)),
            "is paid by request, but has a `read_capacity`",
        );
        fires(
            &RULE,
            &stack(&format!(
                r#"{mode}, "read_capacity": 1, "write_capacity": 1"#
            )),
            "has a `read_capacity` and a `write_capacity`",
        );
    }

    #[test]
    fn provisioned_has_both() {
        let both = r#""read_capacity": 1, "write_capacity": 1"#;
        fires(
            &RULE,
            &stack(""),
            "is provisioned, but has no `read_capacity` and no `write_capacity`",
        );
        fires(
            &RULE,
            &stack(r#""read_capacity": 1"#),
            "has no `write_capacity`",
        );
        fires(
            &RULE,
            &stack(r#""billing_mode": "PROVISIONED", "read_capacity": 0, "write_capacity": 1"#),
            "has no `read_capacity`",
        );
        passes(&RULE, &stack(both));
        passes(
            &RULE,
            &stack(r#""read_capacity": "${var.read}", "write_capacity": 1"#),
        );
        fires(
            &RULE,
            &stack(&format!(
                r#"{both}, "global_secondary_index": [{{"name": "g", "read_capacity": 1}}]"#
            )),
            "index `g` of table `aws_dynamodb_table.t` is provisioned, but has no `write_capacity`",
        );
        passes(
            &RULE,
            &stack(&format!(
                r#"{both}, "global_secondary_index": [{{"name": "g", {both}}}]"#
            )),
        );
    }

    #[test]
    fn unknown_modes_and_restored_tables_are_left_alone() {
        passes(&RULE, &stack(r#""billing_mode": "${var.mode}""#));
        passes(&RULE, &stack(r#""restore_source_name": "old""#));
    }
}
