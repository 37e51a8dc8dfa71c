use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(terraform_data, input = 1)]
    pub struct Marker;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
