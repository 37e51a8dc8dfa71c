use webhook_infra::prelude::*;

#[stack(name = "orders", region = var.region)]
pub mod orders {
    #[variable(default = "eu-central-1")]
    pub struct Region;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
