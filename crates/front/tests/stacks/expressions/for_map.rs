//! `for` makes a map, and groups what has one key.
use webhook_infra::prelude::*;

#[stack(name = "owners")]
pub mod owners {
    use super::*;

    /// Which team owns which service.
    #[variable(default = { "orders" = "shop", "refunds" = "shop", "mail" = "growth" })]
    pub struct Owners;

    /// Without services that nobody owns.
    #[output({ for service, team in var.owners : service => team if team != "" })]
    pub struct Owned;

    /// The services of each team.
    #[output({ for service, team in Owners : team => service... })]
    pub struct ByTeam;
}
