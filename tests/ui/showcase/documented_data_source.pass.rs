use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    /// Where the stack runs.
    #[data(aws_region)]
    pub struct Here;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
