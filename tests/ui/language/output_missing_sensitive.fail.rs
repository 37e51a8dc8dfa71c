use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(sensitive)]
    pub struct Token;

    #[output("token-${Token}")]
    pub struct TheToken;
}

fn main() {}
