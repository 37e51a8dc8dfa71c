use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    pub const NAMES: [&str; 2] = ["a", "b"];

    #[output(value = NAMES[0])]
    pub struct Name;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
