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
/// | `cloud(organization = "…", workspaces(…))` | HCP Terraform keeps the state and runs the plans |
/// | `target(terraform = ">= 1.9", opentofu = ">= 1.8")` | the least versions that the stack has to work with |
/// | `required_version` | the versions of Terraform that will do |
#[proc_macro_attribute]
pub fn stack(attribute: TokenStream, item: TokenStream) -> TokenStream {
    webhook_infra_front::expand(attribute.into(), &item.into()).into()
}

/// Defines a reusable component: structs that any stack can declare under a name and with parameters.
///
/// ```ignore
/// use webhook_infra::prelude::*;
///
/// /// A queue that somebody hears of when it fails.
/// #[component(notify, visibility = "5m")]
/// pub mod worker_queue {
///     #[sqs(visibility_timeout = param.visibility, dlq(max_receives = 5))]
///     pub struct Queue;
///
///     #[alarm(Queue.dlq.approximate_number_of_messages_visible >= 1, notify = param.notify)]
///     pub struct DeadLetters;
/// }
///
/// #[stack(name = "orders")]
/// pub mod orders {
///     #[sns(encrypted)]
///     pub struct Alerts;
///
///     /// Declares `PlacedQueue` and `PlacedDeadLetters`.
///     #[component(worker_queue, notify = Alerts, visibility = "10m")]
///     pub struct Placed;
/// }
/// ```
///
/// Its own arguments are the parameters: `name` has to be passed, `name = value` has a default. Inside,
/// `param.name` stands for what was passed, also in texts: `"${param.name}"`. In a stack, the structs
/// get the name of the struct that asks for them as a prefix, and every mistake points at that struct
/// or at the argument that is wrong. The component is found by path where the stack's module stands, as
/// a macro is; another crate's can be used.
///
/// A use takes `named_as = "mail"` besides: default names in AWS are then those of a use called `Mail`, so
/// that one that is renamed, with `#[moved(from = Mail)]` beside it, keeps them.
#[proc_macro_attribute]
pub fn component(attribute: TokenStream, item: TokenStream) -> TokenStream {
    webhook_infra_front::define_component(&attribute.into(), item.into()).into()
}

/// What the macro of a component calls.
#[doc(hidden)]
#[proc_macro]
pub fn __stack_with_component(answer: TokenStream) -> TokenStream {
    webhook_infra_front::expand_with_component(answer.into()).into()
}

/// The documented keys of all constructs, for language servers.
#[doc(hidden)]
#[proc_macro]
pub fn __ide_modules(_: TokenStream) -> TokenStream {
    webhook_infra_front::ide_modules().into()
}
