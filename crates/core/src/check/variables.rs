//! Variables: their types, and whether the defaults have them.

use super::catalogue;
use crate::document::BlockKind;
use crate::graph::Resource;
use crate::rules::Findings;
use crate::type_expression::{NoType, misfit, parse};
use crate::value::ValueKind;

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    if block.block.kind != BlockKind::Variable {
        return;
    }
    let mut report = |found: NoType, path: &str| {
        findings
            .under(
                &catalogue::WRONG_TYPE,
                block,
                found.origin.or(block.origin_of(path)),
                found.message,
            )
            .because("Terraform refuses what is not of the type, and drops attributes that the type does not have")
            .help(found.help);
    };
    let type_ = match block.text("type").map(parse) {
        Some(Ok(type_)) => type_,
        Some(Err(found)) => return report(found, "type"),
        None => return,
    };
    let Some((_, default)) = block.block.body.entry("default") else {
        return;
    };
    if default.kind == ValueKind::Null && block.flag("nullable") == Some(false) {
        let found = NoType {
            origin: default.origin,
            message: format!(
                "the default of `{}` is `null`, and it is not nullable",
                block.block.address()
            ),
            help: "give it another default, or none".to_owned(),
        };
        return report(found, "default");
    }
    let path = block.block.address().to_string();
    if let Some(found) = misfit(&type_, default, &path) {
        report(found, "default");
    }
}
