use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub fn orders() {}

fn main() {}
