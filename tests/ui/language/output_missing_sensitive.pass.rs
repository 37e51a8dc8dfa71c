use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(sensitive)]
    pub struct Token;

    #[output("token-${Token}", sensitive)]
    pub struct TheToken;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
