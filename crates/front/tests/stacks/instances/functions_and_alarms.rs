// Permissions on all instances of a queue, a function for each instance, and an alarm for each function.

#[stack(name = "orders")]
#[webhook_infra::allow(
    sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, alarm_missing_action, lambda_missing_error_alarm,
    reason = "not what this is about"
)]
pub mod orders {
    #[sqs(for_each = toset(["de", "fr"]), visibility_timeout = "1m", dlq(max_receives = 5))]
    pub struct Countries;

    #[dynamodb(count = 2, billing = "on_demand", pitr, encrypted, deletion_protection,
        global_index(name = "by_customer", hash_key = "customer"))]
    pub struct Orders {
        #[hash_key]
        pub id: String,
        pub customer: String,
    }

    /// Sends each order to the queue of its country, which is found in the environment.
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Router {
        pub countries: SendMessage<Countries>,
        pub orders: Query<Orders>,
    }

    #[lambda(for_each = toset(["de", "fr"]), arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Workers;

    #[alarm(Workers[each.key].errors >= 1, for_each = toset(["de", "fr"]))]
    pub struct WorkerErrors;

    #[alarm(Countries["de"].dlq.approximate_number_of_messages_visible >= 1)]
    pub struct GermanDeadLetters;
}
