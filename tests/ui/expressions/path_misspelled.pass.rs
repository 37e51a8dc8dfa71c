use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[output(path.module)]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
