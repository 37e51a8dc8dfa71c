use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[output(if length(var.names) { "some" } else { "none" })]
    pub struct Result;
}

fn main() {}
