//! The facts of a provider's schema as they are in Terraform's JSON, but each block only once.

use super::cty::attribute_type;
use super::decode::Nesting;
use super::error::SchemaError;
use super::layout::{COMPUTED, DEPRECATED, OPTIONAL, REQUIRED, SENSITIVE, WRITE_ONLY};
use super::type_::Type;
use serde_json::Value;
use std::collections::HashMap;
use std::hash::Hash;

/// Distinct values, numbered in the order in which they came.
pub(super) struct Interner<T> {
    numbers: HashMap<T, usize>,
    values: Vec<T>,
}

impl<T> Default for Interner<T> {
    fn default() -> Self {
        Self {
            numbers: HashMap::new(),
            values: Vec::new(),
        }
    }
}

impl<T: Clone + Eq + Hash> Interner<T> {
    /// The number of that value, which is new if the value is.
    pub(super) fn intern(&mut self, value: &T) -> usize {
        if let Some(&number) = self.numbers.get(value) {
            return number;
        }
        let number = self.values.len();
        self.numbers.insert(value.clone(), number);
        self.values.push(value.clone());
        number
    }

    /// The number of a value that came before.
    pub(super) fn number(&self, value: &T) -> Option<usize> {
        self.numbers.get(value).copied()
    }

    pub(super) fn values(&self) -> &[T] {
        &self.values
    }
}

/// An attribute of a block.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Attribute {
    pub(super) name: String,
    pub(super) flags: u64,
    pub(super) type_: Type,
}

/// A block within a block.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Nested {
    pub(super) name: String,
    pub(super) nesting: Nesting,
    pub(super) min: u32,
    pub(super) max: u32,
    /// The number of the block.
    pub(super) block: usize,
}

/// The nesting of a block, and the least and the greatest number.
pub(super) type Shape = (Nesting, u32, u32);

impl Nested {
    pub(super) fn shape(&self) -> Shape {
        (self.nesting, self.min, self.max)
    }
}

/// Attributes and nested blocks, both sorted by name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Block {
    pub(super) attributes: Vec<Attribute>,
    pub(super) nested: Vec<Nested>,
}

/// A name, and the number of its block; sorted by name where there are several.
pub(super) type Entry = (String, usize);

/// All facts of a provider's schema.
pub(super) struct Provider {
    /// Each block after those that are nested in it.
    pub(super) blocks: Interner<Block>,
    /// The block of the provider's own configuration.
    pub(super) configuration: usize,
    pub(super) resources: Vec<Entry>,
    pub(super) data_sources: Vec<Entry>,
    pub(super) ephemeral_resources: Vec<Entry>,
    pub(super) functions: Vec<String>,
}

impl Provider {
    /// Reads the schema of the provider with that source.
    pub(super) fn from_json(json: &Value, source: &str) -> Result<Self, SchemaError> {
        let schema = provider_schema(json, source)?;
        let mut blocks = Interner::default();
        Ok(Self {
            configuration: match schema.get("provider") {
                Some(provider) => top_level_block(provider, &mut blocks)?,
                None => blocks.intern(&Block {
                    attributes: Vec::new(),
                    nested: Vec::new(),
                }),
            },
            resources: entries(schema, "resource_schemas", &mut blocks)?,
            data_sources: entries(schema, "data_source_schemas", &mut blocks)?,
            ephemeral_resources: entries(schema, "ephemeral_resource_schemas", &mut blocks)?,
            functions: each_member(schema, "functions", |name, _| Ok(name.to_owned()))?,
            blocks,
        })
    }
}

/// The members of an object, sorted by name; none if there is no object.
pub(super) fn members(json: &Value) -> Result<Vec<(&str, &Value)>, SchemaError> {
    let mut members: Vec<_> = match json {
        Value::Null => Vec::new(),
        Value::Object(object) => object
            .iter()
            .map(|(name, json)| (name.as_str(), json))
            .collect(),
        _ => return Err(SchemaError::json("no object")),
    };
    // `serde_json` keeps them sorted, unless another crate asks it for the order of the text.
    members.sort_by_key(|&(name, _)| name);
    Ok(members)
}

/// Whether the object has that member, and it is `true`.
pub(super) fn flag(json: &Value, name: &str) -> bool {
    json.get(name).and_then(Value::as_bool).unwrap_or(false)
}

/// The keys are sources with a registry before them: `registry.terraform.io/hashicorp/aws`.
fn provider_schema<'j>(json: &'j Value, source: &str) -> Result<&'j Value, SchemaError> {
    let is_wanted = |key: &str| match key.strip_suffix(source) {
        Some(registry) => registry.is_empty() || registry.ends_with('/'),
        None => false,
    };
    members(json.get("provider_schemas").unwrap_or(&Value::Null))?
        .into_iter()
        .find_map(|(key, schema)| is_wanted(key).then_some(schema))
        .ok_or_else(|| SchemaError::json(format!("no provider_schemas of {source}")))
}

/// What `read` makes of each member of the object's member `group`, sorted by name.
fn each_member<T>(
    json: &Value,
    group: &str,
    mut read: impl FnMut(&str, &Value) -> Result<T, SchemaError>,
) -> Result<Vec<T>, SchemaError> {
    members(json.get(group).unwrap_or(&Value::Null))
        .and_then(|members| {
            let read = |(name, json)| read(name, json).map_err(|error| error.within(name));
            members.into_iter().map(read).collect()
        })
        .map_err(|error| error.within(group))
}

fn entries(
    schema: &Value,
    group: &str,
    blocks: &mut Interner<Block>,
) -> Result<Vec<Entry>, SchemaError> {
    each_member(schema, group, |name, json| {
        Ok((name.to_owned(), top_level_block(json, blocks)?))
    })
}

fn top_level_block(json: &Value, blocks: &mut Interner<Block>) -> Result<usize, SchemaError> {
    let json = json
        .get("block")
        .ok_or_else(|| SchemaError::json("no block"))?;
    block(json, blocks).map_err(|error| error.within("block"))
}

fn block(json: &Value, blocks: &mut Interner<Block>) -> Result<usize, SchemaError> {
    let attributes = each_member(json, "attributes", attribute)?;
    let nested = each_member(json, "block_types", |name, json| {
        nested_block(name, json, blocks)
    })?;
    Ok(blocks.intern(&Block { attributes, nested }))
}

fn attribute(name: &str, json: &Value) -> Result<Attribute, SchemaError> {
    let flags = [
        ("required", REQUIRED),
        ("optional", OPTIONAL),
        ("computed", COMPUTED),
        ("write_only", WRITE_ONLY),
        ("sensitive", SENSITIVE),
        ("deprecated", DEPRECATED),
    ];
    Ok(Attribute {
        name: name.to_owned(),
        flags: flags
            .iter()
            .filter(|(name, _)| flag(json, name))
            .map(|(_, bit)| bit)
            .sum(),
        type_: attribute_type(json)?,
    })
}

fn nested_block(
    name: &str,
    json: &Value,
    blocks: &mut Interner<Block>,
) -> Result<Nested, SchemaError> {
    Ok(Nested {
        name: name.to_owned(),
        nesting: nesting(json)?,
        min: limit(json, "min_items")?,
        max: limit(json, "max_items")?,
        block: top_level_block(json, blocks)?,
    })
}

fn nesting(json: &Value) -> Result<Nesting, SchemaError> {
    match json.get("nesting_mode").and_then(Value::as_str) {
        Some("single") => Ok(Nesting::Single),
        Some("group") => Ok(Nesting::Group),
        Some("list") => Ok(Nesting::List),
        Some("set") => Ok(Nesting::Set),
        Some("map") => Ok(Nesting::Map),
        _ => Err(SchemaError::json("an unknown nesting_mode")),
    }
}

/// Terraform leaves out a limit of 0, which is none.
fn limit(json: &Value, name: &str) -> Result<u32, SchemaError> {
    let Some(json) = json.get(name) else {
        return Ok(0);
    };
    let number = json.as_u64().and_then(|number| u32::try_from(number).ok());
    number.ok_or_else(|| SchemaError::json("no number of blocks").within(name))
}
