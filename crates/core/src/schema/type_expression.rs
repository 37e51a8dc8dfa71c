//! Types from other spellings than the schema's.

use super::{SchemaError, Type};
use crate::type_expression;

impl Type {
    /// Reads `string`, `list(map(number))`, `object({a = string, b = optional(bool, true)})` and so on;
    /// `None` when the text is no type.
    pub fn parse(text: &str) -> Option<Self> {
        // Most types are a name.
        Some(match text {
            "any" => Self::Any,
            "bool" => Self::Bool,
            "number" => Self::Number,
            "string" => Self::String,
            _ => type_expression::parse(text).ok()?,
        })
    }

    /// The type from the JSON of Terraform's type system: `"string"`, `["list", "string"]`.
    ///
    /// # Errors
    /// When it is no type.
    pub fn from_json(json: &serde_json::Value) -> Result<Self, SchemaError> {
        super::cty::cty_type(json)
    }
}
