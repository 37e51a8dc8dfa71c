use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[output("123456789012345678901234567890")]
    pub struct Long;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
