use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Receipts;

    #[alarm(Receipts.number_of_notifications_failed >= 1)]
    pub struct ReceiptsLost;
}

fn main() {}
