use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(ephemeral)]
    pub struct Token;

    #[output(Token, ephemeral)]
    pub struct TheToken;
}

fn main() {}
