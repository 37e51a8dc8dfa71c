//! How Terraform reads a string, by where the string stands.

use crate::document::BlockKind;

/// The ways in which Terraform reads a string of its JSON syntax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// As a template: `${…}` is evaluated, and literal `${` has to be doubled.
    Expression,
    /// As a bare name (`depends_on`, `provider`, `moved`): `${…}` is an error.
    Address,
    /// As it stands: `${…}` is text.
    Literal,
}

/// The position of the argument at `path` inside a block of this kind. Lists are not part of a path.
///
/// Source: Terraform, "JSON Configuration Syntax".
pub fn position(kind: BlockKind, path: &[&str]) -> Position {
    if path.last() == Some(&"//") && path.len() == 1 {
        return Position::Literal;
    }
    if let [.., "dynamic", _, "iterator"] = path {
        return Position::Address;
    }
    match (kind, path) {
        (
            BlockKind::Data | BlockKind::Ephemeral | BlockKind::Resource,
            ["depends_on" | "provider"] | ["lifecycle", "ignore_changes" | "replace_triggered_by"],
        )
        | (BlockKind::Module, ["depends_on"] | ["providers", ..])
        | (BlockKind::Output, ["depends_on"])
        | (BlockKind::Moved, ["from" | "to"])
        | (BlockKind::Import, ["to" | "provider"])
        | (BlockKind::Removed, ["from"])
        | (BlockKind::Check, ["data", _, _, "depends_on" | "provider"]) => Position::Address,
        (
            BlockKind::Data | BlockKind::Ephemeral | BlockKind::Resource,
            ["lifecycle", "prevent_destroy" | "create_before_destroy"],
        )
        | (BlockKind::Terraform, _)
        | (BlockKind::Module, ["source" | "version"])
        | (BlockKind::Provider, ["alias" | "version"])
        | (BlockKind::Variable, ["type" | "default" | "description", ..])
        | (BlockKind::Output, ["description"]) => Position::Literal,
        _ => Position::Expression,
    }
}
