use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(ephemeral)]
    pub struct Token;

    #[output(Token, ephemeral)]
    #[webhook_infra::expect(ephemeral_output_of_root, reason = "the stack is a module of the one that signs requests")]
    pub struct TheToken;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
