use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[output(path.modul)]
    pub struct Result;
}

fn main() {}
