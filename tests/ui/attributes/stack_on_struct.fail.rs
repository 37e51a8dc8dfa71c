use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub struct Orders;

fn main() {}
