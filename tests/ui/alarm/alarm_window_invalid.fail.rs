use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[sns(encrypted)]
    pub struct Receipts;

    #[alarm(
        Receipts.number_of_notifications_failed >= 1,
        period = "5m",
        evaluation_periods = 300,
        notify = Alerts
    )]
    pub struct ReceiptsLost;
}

fn main() {}
