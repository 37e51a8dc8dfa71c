use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[parameter(secure, value = "hunter2")]
    pub struct Token;
}

fn main() {}
