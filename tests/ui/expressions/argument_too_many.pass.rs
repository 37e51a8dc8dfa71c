use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = { "a" = "1" })]
    pub struct Map;

    #[output(lookup(var.map, "a", "0"))]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
