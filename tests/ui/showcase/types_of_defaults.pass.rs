use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[variable(default = { "a" = 1 })]
    pub struct Sizes;

    #[variable(default = [1, 2])]
    pub struct Numbers;
}

fn main() {
    let json = webhook_infra::build::<orders::Stack>().render().unwrap().json;
    assert!(json.contains("map(number)") && json.contains("list(number)"), "{json}");
}
