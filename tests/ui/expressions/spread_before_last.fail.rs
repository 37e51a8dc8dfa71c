use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[output(concat(var.names..., ["c"]))]
    pub struct Result;
}

fn main() {}
