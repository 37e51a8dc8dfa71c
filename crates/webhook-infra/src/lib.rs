//! AWS infrastructure as annotated Rust structs, checked by the compiler and written as Terraform JSON.
//!
//! A stack is a module of structs under [`#[stack]`](stack). `cargo build` runs `build.rs`, which hands
//! the stack to [`build`] and so writes `main.tf.json` for `terraform apply`. A queue without a
//! dead-letter queue, a table that cannot be restored or a role that may do more than its function
//! needs is a compile error at the token to change.
//!
//! ```ignore
//! // src/stack.rs
//! use webhook_infra::prelude::*;
//!
//! #[stack(name = "orders", region = "eu-central-1")]
//! pub mod orders {
//!     use super::*;
//!
//!     /// Where alarms go.
//!     #[sns(encrypted)]
//!     pub struct Alerts;
//!
//!     #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
//!     pub struct Jobs;
//!     # // …
//! }
//!
//! // build.rs
//! #[path = "src/stack.rs"]
//! mod stack;
//!
//! fn main() {
//!     webhook_infra::build::<stack::orders::Stack>().write_to("out");
//! }
//! ```

mod added;
mod added_value;
mod build;
mod capability;
#[cfg(feature = "client")]
pub mod client;
mod code;
mod composition;
mod constant;
mod declared;
mod definition;
mod kind;
#[cfg(feature = "lambda")]
pub mod lambda;
mod output;
mod output_file;
mod text;

pub use added::{Addition, DataSource, Moved, Output, Removed, Resource};
pub use added_value::{Nested, Value, expression, reference, template};
pub use build::{Build, Failure, Rendered, build};
pub use capability::*;
pub use constant::Constant;
pub use declared::{Declared, NamedValue};
pub use definition::StackDefinition;
pub use kind::*;
pub use output::StackOutput;
pub use webhook_infra_macros::{component, stack};

/// Everything that a stack file needs: `use webhook_infra::prelude::*;`.
pub mod prelude {
    pub use crate::capability::*;
    pub use crate::kind::Json;
    #[cfg(feature = "lambda")]
    pub use crate::lambda::Serve as _;
    pub use webhook_infra_macros::{component, stack};
}

/// What `#[stack]` writes. Nothing in here is for people.
#[doc(hidden)]
pub mod __ {
    pub use crate::constant::InUnit;
    pub use crate::declared::{
        AliasName, Borrowed, Declaration, Helper, Invoked, KeyStatement, Kind, Probe, Undeclared,
        WithIndexes, check_path, check_single,
    };
    pub use crate::definition::{Definition, Piece, SuppressionDefinition};
    pub use crate::output::{
        Input, NoOutput, OutputDefinition, ParameterName, StateBackend, StateConfig, Untyped, Way,
        check_parameter, check_state,
    };
    pub use webhook_infra_core::units::Unit;
    pub use webhook_infra_macros::__stack_with_component as stack_with_component;

    #[cfg(feature = "client")]
    pub use crate::client::{Client, Sdk, Variable, greet, seconds};
    #[cfg(feature = "client")]
    pub use {serde, serde_json};

    #[cfg(rust_analyzer)]
    pub mod ide {
        webhook_infra_macros::__ide_modules! {}
    }
}
