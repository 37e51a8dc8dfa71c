//! Which provider's schema a block is held against.

use std::sync::LazyLock;

use serde_json::json;

use super::{BlockSchema, Schema, aws};
use crate::document::{Block, BlockKind};
use crate::value::ValueKind;

/// The schemas that the blocks of a stack are held against: the AWS provider's, the one of Terraform's
/// own types (`terraform_data`), and those of which the author has a file.
///
/// A provider without a schema here is not unknown, only unchecked.
#[derive(Clone, Debug, Default)]
pub struct Schemas {
    others: Vec<(String, &'static Schema)>,
}

/// The name of the provider that a type belongs to, unless the block says otherwise: `random_id` is one
/// of `random` (Terraform, "Provider Requirements": local names).
pub fn local_name(type_name: &str) -> &str {
    type_name.split('_').next().unwrap_or(type_name)
}

impl Schemas {
    /// Adds the schema of the provider with this local name. It goes before one that is built in.
    pub fn add(&mut self, local_name: impl Into<String>, schema: &'static Schema) {
        self.others.push((local_name.into(), schema));
    }

    /// The schema of the provider with this local name.
    pub fn provider(&self, local_name: &str) -> Option<&'static Schema> {
        let other = self.others.iter().find(|(name, _)| name == local_name);
        match (other, local_name) {
            (Some((_, schema)), _) => Some(schema),
            (None, "aws") => Some(aws()),
            (None, "terraform") => Some(terraform()),
            _ => None,
        }
    }

    /// The schema of a resource type, by the provider that its name starts with.
    pub fn resource(&self, type_name: &str) -> Option<BlockSchema<'static>> {
        self.provider(local_name(type_name))?.resource(type_name)
    }

    /// The schema of a data source, by the provider that its name starts with.
    pub fn data_source(&self, type_name: &str) -> Option<BlockSchema<'static>> {
        self.provider(local_name(type_name))?.data_source(type_name)
    }

    /// The schema of an ephemeral resource, by the provider that its name starts with.
    pub fn ephemeral_resource(&self, type_name: &str) -> Option<BlockSchema<'static>> {
        self.provider(local_name(type_name))?
            .ephemeral_resource(type_name)
    }

    /// The schema of the provider that a block belongs to.
    pub fn provider_of(&self, block: &Block) -> Option<&'static Schema> {
        self.provider(provider_name(block))
    }

    /// The schema of a block: of a resource, a data source, an ephemeral resource or a provider.
    pub fn block(&self, block: &Block) -> Option<BlockSchema<'static>> {
        let schema = self.provider_of(block)?;
        let type_name = block.labels.first()?;
        match block.kind {
            BlockKind::Resource => schema.resource(type_name),
            BlockKind::Data => schema.data_source(type_name),
            BlockKind::Ephemeral => schema.ephemeral_resource(type_name),
            BlockKind::Provider => Some(schema.provider()),
            _ => None,
        }
    }
}

/// The local name of a block's provider: what its `provider` says, else what its type starts with.
pub fn provider_name(block: &Block) -> &str {
    let type_name = block.labels.first().map_or("", String::as_str);
    if block.kind == BlockKind::Provider {
        return type_name;
    }
    let chosen = block
        .body
        .get("provider")
        .and_then(|value| match &value.kind {
            ValueKind::Address(address) => Some(address.as_str()),
            ValueKind::String(text) => Some(text),
            _ => None,
        });
    match chosen {
        Some(address) => address.split('.').next().unwrap_or(address),
        None => local_name(type_name),
    }
}

/// The types that Terraform brings along (Terraform, "The `terraform_data` Managed Resource Type" and
/// "The `terraform_remote_state` Data Source").
fn terraform() -> &'static Schema {
    static TERRAFORM: LazyLock<Schema> = LazyLock::new(|| {
        let any = |flag: &str| json!({"type": "dynamic", flag: true});
        let text = |flag: &str| json!({"type": "string", flag: true});
        let schemas = json!({"provider_schemas": {"terraform.io/builtin/terraform": {
            "resource_schemas": {"terraform_data": {"block": {"attributes": {
                "id": text("computed"),
                "input": any("optional"),
                "output": any("computed"),
                "triggers_replace": any("optional"),
            }}}},
            "data_source_schemas": {"terraform_remote_state": {"block": {"attributes": {
                "backend": text("required"),
                "config": any("optional"),
                "defaults": any("optional"),
                "outputs": any("computed"),
                "workspace": text("optional"),
            }}}},
            "functions": {"decode_tfvars": {}, "encode_expr": {}, "encode_tfvars": {}},
        }}});
        Schema::encode(&schemas, "builtin/terraform", "")
            .and_then(Schema::from_bytes)
            .expect("Terraform's own types have a schema")
    });
    &TERRAFORM
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_belongs_to_the_provider_of_its_type_unless_it_says_otherwise() {
        let schemas = Schemas::default();
        let mut block = Block::resource("aws_sqs_queue", "events");
        assert!(schemas.block(&block).is_some());
        block.body.set("provider", crate::Address::new("aws.west"));
        assert!(schemas.block(&block).is_some());
        block
            .body
            .set("provider", crate::Address::new("mirror.west"));
        assert!(
            schemas.block(&block).is_none(),
            "of `mirror` nothing is known"
        );
        assert!(schemas.block(&Block::resource("random_id", "x")).is_none());
    }

    #[test]
    fn the_types_of_terraform_itself_are_known() {
        let schemas = Schemas::default();
        let data = schemas.resource("terraform_data").expect("it is built in");
        assert!(
            data.attribute("output")
                .is_some_and(|output| !output.is_settable())
        );
        let state = schemas.data_source("terraform_remote_state");
        assert!(state.is_some_and(|state| state.attribute("backend").is_some()));
        assert!(schemas.resource("terraform_date").is_none());
    }
}
