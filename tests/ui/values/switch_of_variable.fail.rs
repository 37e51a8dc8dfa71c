use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = true)]
    pub struct Secret;

    #[output("4711", sensitive = Secret)]
    pub struct Number;
}

fn main() {}
