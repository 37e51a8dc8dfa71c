use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[variable(type = "object({stage = string, size = number})", default = { "stage" = "test", "size" = 1 })]
    pub struct Settings;

    #[output(var.settings.stagee)]
    pub struct Result;
}

fn main() {}
