use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(type = "object({stage = string, size = number})", default = { "stage" = "test", "size" = 1 })]
    pub struct Settings;

    #[output(var.settings.stage)]
    pub struct Result;
}

fn main() {
    webhook_infra::build::<expressions::Stack>().render().unwrap();
}
