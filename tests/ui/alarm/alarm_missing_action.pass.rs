use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Receipts;

    #[sns(encrypted)]
    pub struct Alerts;

    #[alarm(Receipts.number_of_notifications_failed >= 1, notify = Alerts)]
    pub struct ReceiptsLost;
}

fn main() {
    webhook_infra::build::<orders::Stack>().render().unwrap();
}
