//! From the output of `terraform metadata functions -json` to the table.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::schema::Type;

/// The table of all functions in the output of `terraform metadata functions -json`. `version` is that of
/// Terraform, which the output does not tell.
///
/// # Errors
/// What the output has that is not understood.
pub fn encode(json: &Json, version: &str) -> Result<String, String> {
    let signatures = json
        .get("function_signatures")
        .and_then(Json::as_object)
        .ok_or("there are no `function_signatures`")?;
    let lines = signatures
        .iter()
        // `core::upper` is `upper`.
        .filter(|(name, _)| !name.contains("::"))
        .map(|(name, signature)| {
            line(name, signature)
                .map(|line| (name, line))
                .map_err(|error| format!("{name}: {error}"))
        })
        .collect::<Result<BTreeMap<_, _>, _>>()?;
    let mut table = format!("# Terraform {version}\n");
    for line in lines.values() {
        table.push_str(line);
        table.push('\n');
    }
    Ok(table)
}

fn line(name: &str, signature: &Json) -> Result<String, String> {
    let fixed = signature
        .get("parameters")
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
        .iter()
        .map(|json| parameter(json, ""));
    let variadic = signature
        .get("variadic_parameter")
        .map(|json| parameter(json, "..."));
    let parameters = fixed.chain(variadic).collect::<Result<Vec<_>, _>>()?;
    let returns = type_of(signature.get("return_type"))?;
    Ok(format!("{name}({}): {returns}", parameters.join(", ")))
}

fn parameter(json: &Json, before: &str) -> Result<String, String> {
    let name = json
        .get("name")
        .and_then(Json::as_str)
        .ok_or("a parameter without a name")?;
    let is_nullable = json.get("is_nullable").and_then(Json::as_bool) == Some(true);
    let nullable = if is_nullable { "?" } else { "" };
    Ok(format!(
        "{before}{name}{nullable}: {}",
        type_of(json.get("type"))?
    ))
}

fn type_of(json: Option<&Json>) -> Result<Type, String> {
    let json = json.ok_or("a type is missing")?;
    Type::from_json(json).map_err(|error| error.to_string())
}
