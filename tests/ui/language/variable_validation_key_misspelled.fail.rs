use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(validation(condition = length(Stage) > 1, message = "Too short."))]
    pub struct Stage;
}

fn main() {}
