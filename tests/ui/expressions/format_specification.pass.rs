use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(default = 5)]
    pub struct Number;

    #[output(format("%05d", Number))]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
