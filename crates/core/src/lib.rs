//! The Terraform graph behind webhook-infra: what a stack is made of, what the AWS provider accepts,
//! which mistakes are refused, and how the result is written as Terraform JSON.
//!
//! The crate knows nothing of Rust syntax. The macro lowers annotated structs to a [`Document`] whose
//! parts carry source spans, `build()` parses a finished document back from JSON, and both run the same
//! [`check`](mod@check) and the same [`rules`] over it.

pub mod backends;
pub mod check;
mod content_hash;
pub mod diagnostic;
pub mod document;
pub mod expression;
pub mod functions;
pub mod graph;
#[cfg(feature = "hcl")]
pub mod hcl;
pub mod import_ids;
pub mod json;
pub mod rules;
pub mod schema;
pub mod state;
pub mod suggest;
pub mod type_expression;
pub mod units;
pub mod value;
pub mod versions;

pub use diagnostic::{Diagnostic, Severity};
pub use document::{
    Block, BlockKind, ComponentUse, Document, Origin, Owner, OwnerId, Suppression, SuppressionKind,
};
pub use graph::{Graph, Resource};
pub use value::{Address, Key, Number, Object, Part, Reference, Step, Target, Value, ValueKind};
