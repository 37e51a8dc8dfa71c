//! `for` makes a list of a list, with a filter.
use webhook_infra::prelude::*;

#[stack(name = "names")]
pub mod names {
    use super::*;

    /// Names as people write them.
    #[variable(default = ["orders", "", "refunds"])]
    pub struct Names;

    /// The names that are there, in capitals.
    #[output([for x in var.names : upper(x) if x != ""])]
    pub struct Loud;

    /// Each name with its place.
    #[output([for i, name in Names : "${i}: ${name}"])]
    pub struct Numbered;
}
