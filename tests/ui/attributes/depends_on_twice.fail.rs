use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[sns(encrypted, depends_on = [Alerts], depends_on = [])]
    pub struct Mails;
}

fn main() {}
