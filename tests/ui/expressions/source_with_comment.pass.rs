use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[output(expr!("1 + 2"))]
    pub struct Sum;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
