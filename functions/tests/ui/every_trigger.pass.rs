//! What triggers a function decides what it is called with.

use webhook_infra::lambda::{Change, Error, Notification, ObjectEvent, Record, Serve as _};
use webhook_infra::prelude::*;

#[stack(name = "triggers", region = "eu-central-1")]
pub mod triggers {
    use super::*;

    pub struct Order {
        pub id: u64,
    }

    #[sns(encrypted)]
    pub struct Alerts;
    #[sns(encrypted)]
    pub struct Orders(pub Order);
    #[kinesis(on_demand, encrypted, retention = "24h")]
    pub struct Clicks(pub Order);
    #[s3(versioned, encrypted = "AES256", expire_versions(after = "30d"))]
    pub struct Uploads;
    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection, stream = "new_and_old_images")]
    pub struct Stock {
        #[hash_key]
        pub article: String,
        #[range_key]
        pub place: u64,
        pub count: u64,
    }

    /// What could not be delivered or handled.
    #[sqs(retention = "14d")]
    pub struct Failed;

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Orders, dlq = Failed),
             async_invoke(on_failure = Failed))]
    pub struct OnOrder;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d",
             trigger(Clicks, retries = 10, on_failure = Alerts))]
    pub struct OnClick;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d",
             trigger(Uploads, events = ["s3:ObjectCreated:*"], prefix = "in/"),
             trigger(Uploads, events = ["s3:ObjectRemoved:*"]), async_invoke(on_failure = Failed))]
    pub struct OnUpload;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d",
             trigger(Stock, retries = 10, on_failure = Alerts))]
    pub struct OnChange;
    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d", trigger(Orders, dlq = Failed),
             async_invoke(on_failure = Failed))]
    pub struct OnAnything;
    #[schedule("rate(1 day)", target = OnAnything, dlq = Failed)]
    pub struct Nightly;

    #[alarm(OnOrder.errors >= 1, notify = Alerts)]
    pub struct OrderErrors;
    #[alarm(OnClick.errors >= 1, notify = Alerts)]
    pub struct ClickErrors;
    #[alarm(OnClick.iterator_age >= 60000, notify = Alerts)]
    pub struct ClickAge;
    #[alarm(OnUpload.errors >= 1, notify = Alerts)]
    pub struct UploadErrors;
    #[alarm(OnChange.errors >= 1, notify = Alerts)]
    pub struct ChangeErrors;
    #[alarm(OnChange.iterator_age >= 60000, notify = Alerts)]
    pub struct ChangeAge;
    #[alarm(OnAnything.errors >= 1, notify = Alerts)]
    pub struct AnythingErrors;
    #[alarm(Failed.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct Failures;
}

use triggers::{Clicks, OnAnything, OnChange, OnClick, OnOrder, OnUpload, Orders, Stock};

async fn order(notification: Notification<Orders>) -> Result<(), Error> {
    let order = notification.read()?;
    println!("{}", order.id);
    Ok(())
}

async fn click(record: Record<Clicks>) -> Result<(), String> {
    let order = record.read().map_err(|error| error.to_string())?;
    println!("{} {}", record.partition_key, order.id);
    Ok(())
}

async fn upload(event: ObjectEvent) -> Result<(), Error> {
    println!("{} {} {}", event.name, event.key, event.size);
    Ok(())
}

async fn change(change: Change<Stock>) -> Result<(), webhook_infra::client::Error> {
    if let (Some(old), Some(new)) = (change.old_item()?, change.new_item()?) {
        println!("{}: {} to {}", change.hash_key()?, old.count, new.count);
    }
    println!("{}", change.range_key()?);
    Ok(())
}

async fn serve() -> Result<(), Error> {
    OnOrder::serve_notifications(|notification, _| order(notification)).await?;
    OnClick::serve_records(|record, _| click(record)).await?;
    OnUpload::serve_objects(|event, _| upload(event)).await?;
    OnChange::serve_changes(|stock, _| change(stock)).await?;
    OnAnything::serve_events(|event: Json, _| async move { Ok::<_, Error>(event) }).await
}

fn main() {
    let _ = serve();
}
