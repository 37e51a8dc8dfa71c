use webhook_infra::prelude::*;

#[stack(name = "expressions")]
pub mod expressions {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[output(expr!("upper(Alerts.name)"))]
    pub struct Result;
}

fn main() {}
