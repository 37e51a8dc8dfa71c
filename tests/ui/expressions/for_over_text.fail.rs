use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = "a,b")]
    pub struct Text;

    #[output([for x in var.text : x])]
    pub struct Result;
}

fn main() {}
