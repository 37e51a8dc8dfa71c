use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(type = "list(string)")]
    pub struct Names;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
