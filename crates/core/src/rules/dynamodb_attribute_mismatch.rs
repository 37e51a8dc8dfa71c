//! A table declares the attributes that its keys use, and no others.

use std::collections::HashSet;

use super::lookup::{blocks, entry, objects};
use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::value::Object;

pub(super) const RULE: Rule = Rule {
    name: "dynamodb_attribute_mismatch",
    summary: "a table declares exactly the attributes that its keys and indexes use",
    explanation: "A table declares the types of its key attributes only; all others belong to the items and not to \
        the table. Terraform refuses an attribute that no key uses as well as a key whose attribute is not \
        declared.",
    severity: Severity::Reject,
    source: "Amazon DynamoDB API Reference, \"CreateTable\"; Terraform AWS provider, \"aws_dynamodb_table\"",
};

/// The attributes that keys use.
#[derive(Default)]
struct Keys<'g> {
    names: Vec<(&'g str, Origin)>,
    /// Whether there are keys that are not known yet.
    is_open: bool,
}

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    for table in graph.resources("aws_dynamodb_table") {
        let Some(attributes) = blocks(table, "attribute") else {
            continue;
        };
        let mut declared = HashSet::new();
        let keys = keys(table);
        let used: HashSet<&str> = keys.names.iter().map(|(name, _)| *name).collect();
        let mut is_open = false;
        for attribute in attributes {
            let Some(name) = entry(attribute, "name").and_then(|name| name.as_str()) else {
                is_open = true;
                continue;
            };
            declared.insert(name);
            if !keys.is_open && !used.contains(name) {
                findings
                    .at(
                        table,
                        origin(table, attribute, "name", "attribute"),
                        format!("{} declares attribute `{name}`, which no key uses", table.describe()),
                    )
                    .because("Terraform refuses it: all attributes must be indexed")
                    .help("put `#[hash_key]` or `#[range_key]` on the field or name it in an index; other fields are not declared (Terraform: remove the `attribute` block)");
            }
        }
        let is_restored = RESTORED.into_iter().any(|path| table.get(path).is_some());
        if is_open || (declared.is_empty() && is_restored) {
            continue;
        }
        for (name, origin) in keys.names {
            // `insert` keeps a name that several keys use from being reported twice.
            if declared.insert(name) {
                findings
                    .at(
                        table,
                        origin,
                        format!("{} has a key on attribute `{name}`, which it does not declare", table.describe()),
                    )
                    .because("Terraform refuses it: all indexes must match a defined attribute")
                    .help("add a field of that name (Terraform: an `attribute` block with its `name` and `type`)");
            }
        }
    }
}

/// A table that is restored from another may take its keys from there.
const RESTORED: [&str; 3] = [
    "restore_source_name",
    "restore_source_table_arn",
    "restore_backup_arn",
];

fn keys(table: Resource<'_>) -> Keys<'_> {
    let mut keys = Keys::default();
    let path = "global_secondary_index";
    for name in ["hash_key", "range_key"] {
        keys.add(table, &table.block.body, name, name);
    }
    for index in keys.known(blocks(table, path)) {
        keys.is_open |= entry(index, "dynamic").is_some();
        for name in ["hash_key", "range_key"] {
            keys.add(table, index, name, path);
        }
        for key in keys.known(objects(index.get("key_schema"))) {
            keys.add(table, key, "attribute_name", path);
        }
    }
    let path = "local_secondary_index";
    for index in keys.known(blocks(table, path)) {
        keys.add(table, index, "range_key", path);
    }
    // An index that is a resource of its own uses attributes too.
    keys.is_open |= table
        .referrers("aws_dynamodb_global_secondary_index", "table_name")
        .next()
        .is_some();
    keys
}

impl<'g> Keys<'g> {
    fn known(&mut self, blocks: Option<Vec<&'g Object>>) -> Vec<&'g Object> {
        self.is_open |= blocks.is_none();
        blocks.unwrap_or_default()
    }

    fn add(&mut self, table: Resource<'g>, block: &'g Object, name: &str, path: &str) {
        let Some(value) = entry(block, name) else {
            return;
        };
        match value.as_str() {
            Some("") => {}
            Some(attribute) => self
                .names
                .push((attribute, origin(table, block, name, path))),
            None => self.is_open = true,
        }
    }
}

/// Where `name` stands in a block of `table`, else where the blocks at `path` do.
fn origin(table: Resource<'_>, block: &Object, name: &str, path: &str) -> Origin {
    block
        .entry(name)
        .map_or(Origin::UNKNOWN, |(key, value)| value.origin.or(key.origin))
        .or(table.origin_of(path))
}

#[cfg(test)]
mod tests {
    use super::RULE;
    use crate::rules::testing::{fires, passes};

    fn stack(table: &str) -> String {
        format!(r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{{table}}}}}}}}}"#)
    }

    fn declared(attributes: &str) -> String {
        let blocks: Vec<String> = attributes
            .chars()
            .map(|name| format!(r#"{{"name": "{name}", "type": "S"}}"#))
            .collect();
        format!(r#""attribute": [{}]"#, blocks.join(", "))
    }

    const GLOBAL: &str =
        r#""global_secondary_index": [{"name": "g", "hash_key": "c", "range_key": "d"}]"#;
    const SCHEMA: &str = r#""global_secondary_index": [{"name": "g", "key_schema": [{"attribute_name": "c", "key_type": "HASH"}, {"attribute_name": "d", "key_type": "RANGE"}]}]"#;
    const LOCAL: &str = r#""local_secondary_index": [{"name": "l", "range_key": "c"}]"#;

    #[test]
    fn the_keys_of_the_table_and_of_every_kind_of_index_are_declared() {
        let keys = r#""hash_key": "a", "range_key": "b""#;
        passes(&RULE, &stack(&format!("{keys}, {}", declared("ab"))));
        fires(
            &RULE,
            &stack(&format!("{keys}, {}", declared("a"))),
            "has a key on attribute `b`, which it does not declare",
        );
        for indexes in [GLOBAL, SCHEMA] {
            passes(
                &RULE,
                &stack(&format!("{keys}, {indexes}, {}", declared("abcd"))),
            );
            fires(
                &RULE,
                &stack(&format!("{keys}, {indexes}, {}", declared("abc"))),
                "attribute `d`",
            );
        }
        passes(
            &RULE,
            &stack(&format!("{keys}, {LOCAL}, {}", declared("abc"))),
        );
        fires(
            &RULE,
            &stack(&format!("{keys}, {LOCAL}, {}", declared("ab"))),
            "attribute `c`",
        );
        fires(
            &RULE,
            &stack(&format!(r#""hash_key": "c", {LOCAL}"#)),
            "attribute `c`",
        );
    }

    #[test]
    fn nothing_else_is_declared() {
        fires(
            &RULE,
            &stack(&format!(r#""hash_key": "a", {}"#, declared("ax"))),
            "declares attribute `x`, which no key uses",
        );
        passes(
            &RULE,
            &stack(&format!(
                r#""hash_key": "${{var.key}}", {}"#,
                declared("ax")
            )),
        );
        passes(
            &RULE,
            &format!(
                r#"{{"resource": {{"aws_dynamodb_table": {{"t": {{"hash_key": "a", {}}}}},
            "aws_dynamodb_global_secondary_index": {{"g": {{"table_name": "${{aws_dynamodb_table.t.name}}"}}}}}}}}"#,
                declared("ax")
            ),
        );
    }

    #[test]
    fn what_is_not_known_yet_passes() {
        passes(
            &RULE,
            &stack(
                r#""hash_key": "a", "dynamic": {"attribute": {"for_each": "${var.a}", "content": {}}}"#,
            ),
        );
        passes(
            &RULE,
            &stack(r#""hash_key": "a", "attribute": [{"name": "${var.a}", "type": "S"}]"#),
        );
        passes(
            &RULE,
            &stack(r#""hash_key": "a", "restore_source_name": "old""#),
        );
    }
}
