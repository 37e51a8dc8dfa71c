use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = ["a", "b"])]
    pub struct Names;

    #[output("names: ${var.names}")]
    pub struct Result;
}

fn main() {}
