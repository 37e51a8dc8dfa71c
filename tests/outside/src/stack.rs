use webhook_infra::prelude::*;

#[stack(name = "orders", region = "eu-central-1", tags(team = "shop"))]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
    pub struct Orders;
    #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
    pub struct Refunds;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    pub struct Ledger {
        #[hash_key]
        pub order: String,
    }

    #[lambda(arch = "arm64", timeout = "30s", reserved = 20, log_retention = "30d",
             trigger(Orders, max_concurrency = 10), trigger(Refunds, max_concurrency = 10))]
    pub struct Booking(PutItem<Ledger>);

    #[alarm(Booking.errors >= 1, notify = Alerts)]
    pub struct BookingErrors;
    #[alarm(Orders.approximate_age_of_oldest_message >= 300, notify = Alerts)]
    pub struct OrdersAge;
    #[alarm(Refunds.approximate_age_of_oldest_message >= 300, notify = Alerts)]
    pub struct RefundsAge;
    #[alarm(Orders.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct OrdersDead;
    #[alarm(Refunds.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct RefundsDead;
}
