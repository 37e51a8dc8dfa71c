use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = { "a" = "1" })]
    pub struct Map;

    #[output(lookup(var.map, "a", "0", "1"))]
    pub struct Result;
}

fn main() {}
