use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = 5)]
    pub struct Number;

    #[output(format!("{Number:05}"))]
    pub struct Result;
}

fn main() {}
