use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[variable(sensitive)]
    pub struct Token;

    #[output("token of ${length(Token) + 1}")]
    pub struct Size;
}

fn main() {}
