use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[provider(random, version = "~> 3.6", schema = "../../../../examples/tokens/schemas/random.json")]
    pub struct Random;

    #[resource(random_id, byte_length = 4)]
    pub struct Suffix;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
