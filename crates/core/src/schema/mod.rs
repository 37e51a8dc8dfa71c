//! The schema of a Terraform provider, in a compact form that is searched in place.
//!
//! [`aws`] gives the table of the AWS provider that is part of this crate. `cargo xtask schema`
//! makes it from the output of `terraform providers schema -json`.
//!
//! # Format
//!
//! A table is read without being parsed: a look-up of one resource touches the bytes on the way to
//! it and no others. Equal types and equal blocks are stored once.
//!
//! ```text
//! table      = magic (8 bytes)  header (24 u32, little-endian)  names  bits
//! names      = text that holds each name somewhere; names overlap freely
//! bits       = fields, each from the lowest bit up, without alignment; 8 zero bytes at the end
//! ```
//!
//! The header (its type is `layout::Header`) tells how long `names` and `bits` are, at which bit
//! each part of `bits` starts, and how wide each field is: about as wide as its largest value.
//! The parts are made of these records (`n * x` is `x` n times):
//!
//! ```text
//! name       = start  length              where the text of the name stands in `names`
//! count      = groups of 4 bits: 3 bits of the number, lowest first, and 1 if another one follows
//! position   = the bit at which a type or a block starts; always before the one that refers to it
//!
//! type       = tag (4 bits: any, bool, number, string, list, set, map, tuple, object), and then
//!              position                                    of the element of a list, set or map
//!              count  count * position                     of a tuple
//!              count  count * (name  optional (1 bit)  position)     of an object
//! kind       = flags (6 bits)  position   what an attribute is but for its name: flags and type
//! shape      = nesting (3 bits)  min (32 bits)  max (32 bits)
//! attribute  = name  kind number
//! block      = count  count  count        of the three lists that follow, each sorted by name:
//!              own * attribute            attributes that no other block has
//!              shared * attribute number  attributes that other blocks have too
//!              nested * (name  shape number  position)
//! entry      = name  position             of the block of a resource, or of its like
//! ```
//!
//! Kinds, shapes and shared attributes are arrays, and a number is an index into one. So are the
//! entries of resources, data sources and ephemeral resources, and the names of functions; these
//! are sorted by name.

mod bits;
mod contents;
mod cty;
mod decode;
mod encode;
mod error;
mod fields;
#[cfg(test)]
mod fixture;
mod layout;
mod model;
mod names;
mod run;
mod schemas;
#[cfg(test)]
mod tests;
mod type_;
mod type_codec;
mod type_expression;
mod writer;

pub use decode::{Attribute, BlockSchema, NestedBlock, Nesting};
pub use error::SchemaError;
pub use schemas::{Schemas, local_name, provider_name};
pub use type_::{ObjectAttribute, Type};

use layout::Header;
use run::Run;
use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

/// The schema of one version of a provider.
#[derive(Clone)]
pub struct Schema {
    bytes: Cow<'static, [u8]>,
    header: Header,
}

/// The schema of the AWS provider that is part of this crate.
pub fn aws() -> &'static Schema {
    static AWS: LazyLock<Schema> = LazyLock::new(|| {
        let bytes: &'static [u8] = include_bytes!("aws.schema");
        Schema::from_bytes(bytes).expect("`cargo xtask schema` writes valid tables")
    });
    &AWS
}

impl Schema {
    /// Takes the bytes of a table, which [`Schema::encode`] made.
    ///
    /// Only the header is looked at. Whatever the other bytes are, look-ups do not panic: those
    /// that meet bytes without a meaning find nothing.
    ///
    /// # Errors
    ///
    /// If the bytes are no table, or not the whole of one.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Self, SchemaError> {
        let bytes = bytes.into();
        let header = Header::read(&bytes)?;
        Ok(Self { bytes, header })
    }

    /// Makes the table of one provider from the output of `terraform providers schema -json`.
    ///
    /// The version has to be told because Terraform leaves it out.
    ///
    /// # Errors
    ///
    /// If the provider is missing, the JSON has another form, or the table would be too large.
    pub fn encode(
        json: &serde_json::Value,
        provider_source: &str,
        provider_version: &str,
    ) -> Result<Vec<u8>, SchemaError> {
        let provider = model::Provider::from_json(json, provider_source)?;
        encode::encode(&provider, provider_source, provider_version)
    }

    /// [`Schema::encode`] of text.
    ///
    /// # Errors
    ///
    /// Those of [`Schema::encode`], and if the text is no JSON.
    pub fn encode_slice(
        text: &[u8],
        provider_source: &str,
        provider_version: &str,
    ) -> Result<Vec<u8>, SchemaError> {
        let json = serde_json::from_slice(text)
            .map_err(|error| SchemaError::json(format!("no JSON: {error}")))?;
        Self::encode(&json, provider_source, provider_version)
    }

    /// Where the provider comes from: `hashicorp/aws`.
    pub fn provider_source(&self) -> &str {
        self.text(self.header.source).unwrap_or_default()
    }

    /// The version of the provider: `6.66.0`.
    pub fn provider_version(&self) -> &str {
        self.text(self.header.version).unwrap_or_default()
    }

    /// The configuration of the provider itself.
    pub fn provider(&self) -> BlockSchema<'_> {
        BlockSchema::read_or_empty(self, self.header.provider.into())
    }

    /// The resource of that type, such as `aws_sqs_queue`.
    pub fn resource(&self, type_name: &str) -> Option<BlockSchema<'_>> {
        self.entry(self.header.resources(), type_name)
    }

    /// The data source of that type, such as `aws_iam_policy_document`.
    pub fn data_source(&self, type_name: &str) -> Option<BlockSchema<'_>> {
        self.entry(self.header.data_sources(), type_name)
    }

    /// The ephemeral resource of that type, such as `aws_secretsmanager_secret_version`.
    pub fn ephemeral_resource(&self, type_name: &str) -> Option<BlockSchema<'_>> {
        self.entry(self.header.ephemeral_resources(), type_name)
    }

    /// The types of all resources, sorted.
    pub fn resource_types(&self) -> impl Iterator<Item = &str> {
        self.names_of(self.header.resources())
    }

    /// The types of all data sources, sorted.
    pub fn data_source_types(&self) -> impl Iterator<Item = &str> {
        self.names_of(self.header.data_sources())
    }

    /// The types of all ephemeral resources, sorted.
    pub fn ephemeral_resource_types(&self) -> impl Iterator<Item = &str> {
        self.names_of(self.header.ephemeral_resources())
    }

    /// The names of all functions, sorted.
    pub fn function_names(&self) -> impl Iterator<Item = &str> {
        self.names_of(self.header.functions())
    }

    fn entry(&self, entries: Run, type_name: &str) -> Option<BlockSchema<'_>> {
        let entry = entries.find(type_name, |at| self.name_bytes(at))?;
        let block = self.position(entry + self.header.widths.name())?;
        BlockSchema::read(self, block)
    }

    fn names_of(&self, records: Run) -> impl Iterator<Item = &str> {
        records.positions().filter_map(|at| self.name(at))
    }
}

impl fmt::Debug for Schema {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "Schema({} {})",
            self.provider_source(),
            self.provider_version()
        )
    }
}
