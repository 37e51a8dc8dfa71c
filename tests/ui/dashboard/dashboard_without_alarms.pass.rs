use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[alarm(Alerts.number_of_notifications_failed >= 1, notify = Alerts)]
    pub struct Unheard;

    #[dashboard(alarm(all))]
    pub struct Overview;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
