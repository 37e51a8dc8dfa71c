use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[resource(terraform_date, input = 1)]
    pub struct Marker;
}

fn main() {}
