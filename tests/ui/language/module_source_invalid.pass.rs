use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[module(source = "./modules/queue")]
    pub struct Queue;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
