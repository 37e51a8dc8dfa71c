use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[parameter(secure)]
    pub struct Token;
}

fn main() {}
