//! What every construct lowers alike: expressions to values, entries to settings, and arguments that
//! only the provider's schema knows.

mod address;
mod arguments;
mod by_source;
mod common;
mod condition;
mod dynamic;
mod elsewhere;
mod expression;
mod lifecycle;
mod provisioner;
mod reference;
mod rust_type;
mod settings;
mod shaped;
mod type_expression;

use webhook_infra_core::schema::{self, Attribute, BlockSchema};

pub(crate) use self::elsewhere::{Elsewhere, Named, alias, alias_of, struct_name};
pub(crate) use rust_type::{object_type, terraform_type};
pub(crate) use settings::call_of;
pub(crate) use shaped::is_truth;

use crate::errors::Error;

pub(crate) type Lowered<T> = Result<T, Error>;

/// The schema of a resource type.
pub(crate) fn resource_schema(type_name: &str) -> Option<BlockSchema<'static>> {
    schema::aws().resource(type_name)
}

fn in_schema(schema: BlockSchema<'_>, name: &str) -> bool {
    schema.attribute(name).is_some() || schema.block(name).is_some()
}

fn schema_names(schema: BlockSchema<'static>) -> Vec<&'static str> {
    schema
        .attributes()
        .filter(Attribute::is_settable)
        .map(|attribute| attribute.name)
        .chain(schema.blocks().map(|nested| nested.name))
        .collect()
}

/// Names in backticks, for the end of a message.
pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}
