//! The last argument of a function, expanded.
use webhook_infra::prelude::*;

#[stack(name = "lists")]
pub mod lists {
    use super::*;

    #[variable(type = "list(list(string))", default = [["a"], ["b"]])]
    pub struct Lists;

    #[variable(type = "list(map(string))", default = [{ "a" = "1" }])]
    pub struct Maps;

    #[output(concat(var.lists...))]
    pub struct Joined;

    #[output(value = merge({ "first" = "1" }, [for map in var.maps : map]...))]
    pub struct Merged;
}
