use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[output(expr!("1 + 2 # three"))]
    pub struct Sum;
}

fn main() {}
