use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable]
    pub struct Stage;

    #[variable(default = "orders-test")]
    pub struct Prefix;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
