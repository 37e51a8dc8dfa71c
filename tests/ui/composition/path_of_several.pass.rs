use webhook_infra::prelude::*;

#[stack(name = "shared")]
pub mod shared {
    #[resource(aws_vpc, for_each = toset(["a", "b"]), cidr_block = "10.0.0.0/16")]
    pub struct Networks;
}

#[stack(name = "orders")]
pub mod orders {
    use super::*;

    #[output(shared::Networks["a"].id)]
    pub struct Shown;
}

fn main() {
    webhook_infra::build::<orders::Stack>().include::<shared::Stack>().render().unwrap();
}
