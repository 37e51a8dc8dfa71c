use webhook_infra::prelude::*;

#[stack(name = "orders")]
pub mod orders {
    #[sns(encrypted)]
    pub struct Alerts;

    #[lambda(arch = "arm64", memory = 256, timeout = "10s", reserved = 50, log_retention = "7d")]
    pub struct Ingestion;

    #[alarm(Ingestion.errors >= 1, notify = Alerts)]
    pub struct IngestionErrors;

    #[dashboard(row(Ingestion.errers, Ingestion.duration))]
    pub struct Overview;
}

fn main() {}
