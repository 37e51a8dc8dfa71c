//! The front end of webhook-infra: a module of annotated structs becomes the Terraform graph, and the
//! graph, checked, becomes Rust.
//!
//! The folders are the steps, in order: `syntax` reads tokens and keeps their spans; [`constructs`]
//! lowers each annotated struct to blocks; the rules of `webhook-infra-core` judge the graph;
//! `expand` writes tokens. It is a crate of its own, and not part of the macro crate, so
//! that tests, documentation and fuzzing can call it as ordinary Rust.

mod component;
pub mod constructs;
mod context;
mod errors;
mod expand;
mod lower;
mod names;
mod serde_names;
mod stack;
mod syntax;

/// The keys of `#[stack]`.
pub use stack::KEYS as STACK_KEYS;

pub use component::define as define_component;
pub use expand::{Reading, expand, expand_with_component, ide_modules, read};
