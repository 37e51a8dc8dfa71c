//! The procedural macros of [webhook-infra](https://docs.rs/webhook-infra), which re-exports them. All
//! the work is done in `webhook-infra-front`, an ordinary crate.

use proc_macro::TokenStream;

/// Turns a module of annotated structs into infrastructure.
///
/// ```ignore
/// use webhook_infra::prelude::*;
///
/// #[stack(name = "orders", region = "eu-central-1")]
/// pub mod orders {
///     use super::*;
///
///     /// Where alarms go.
///     #[sns(encrypted)]
///     pub struct Alerts;
/// }
/// ```
///
/// The module keeps its items and gets one more, `Stack`, which `build.rs` hands to
/// `webhook_infra::build`. Every mistake is a compile error at the token to change.
///
/// Its keys are those of the table below and every argument of the AWS provider.
///
/// | key | meaning |
/// | --- | --- |
/// | `name` | what every name in AWS starts with; required |
/// | `region` | the AWS region |
/// | `tags(key = "value")` | tags of every resource |
/// | `artifacts` | where the archives of the functions are, seen from the output folder |
/// | `tracing` | X-Ray for every function and API |
/// | `backend(kind, …)` | where Terraform keeps its state |
/// | `required_version` | the versions of Terraform that will do |
#[proc_macro_attribute]
pub fn stack(attribute: TokenStream, item: TokenStream) -> TokenStream {
    webhook_infra_front::expand(attribute.into(), &item.into()).into()
}

/// The documented keys of all constructs, for language servers.
#[doc(hidden)]
#[proc_macro]
pub fn __ide_modules(_: TokenStream) -> TokenStream {
    webhook_infra_front::ide_modules().into()
}
