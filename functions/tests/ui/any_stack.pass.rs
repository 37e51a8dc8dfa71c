//! Clients, typed items, keys and messages of a stack that is not the webhook processor's.

use webhook_infra::client::{Error, Put};
use webhook_infra::lambda::{Batching, Message, Serve as _};
use webhook_infra::prelude::*;

#[stack(name = "orders", region = "eu-central-1")]
pub mod orders {
    use super::*;

    #[sns(encrypted)]
    pub struct Alerts;

    #[derive(Clone, Debug)]
    pub enum Step {
        Paid,
        Shipped { parcel: String },
    }

    #[serde(rename_all = "camelCase")]
    pub struct Order {
        pub order_id: String,
        pub lines: Vec<Line>,
        pub step: Step,
        pub anything: Json,
    }

    pub struct Line {
        pub article: String,
        pub count: u32,
    }

    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Jobs(pub Order);

    /// Plain text.
    #[sqs(visibility_timeout = "2m", dlq(max_receives = 5))]
    pub struct Texts;

    #[dynamodb(billing = "on_demand", pitr, encrypted, deletion_protection)]
    #[serde(rename_all = "camelCase")]
    pub struct Stock {
        #[hash_key]
        pub article: String,
        pub on_hand: u64,
        pub note: Option<String>,
    }

    #[lambda(arch = "arm64", timeout = crate::TIMEOUT, reserved = 5, log_retention = "7d",
             trigger(Jobs, batch_size = 5, max_concurrency = 5))]
    pub struct Worker {
        pub stock: PutItem<Stock>,
        pub texts: SendMessage<Texts>,
    }

    #[lambda(arch = "arm64", timeout = "10s", reserved = 5, log_retention = "7d")]
    pub struct Report {
        pub stock: GetItem<Stock>,
    }

    #[alarm(Worker.errors >= 1, notify = Alerts)]
    pub struct WorkerErrors;
    #[alarm(Report.errors >= 1, notify = Alerts)]
    pub struct ReportErrors;
    #[alarm(Jobs.approximate_age_of_oldest_message > 300, notify = Alerts)]
    pub struct OldJobs;
    #[alarm(Texts.approximate_age_of_oldest_message > 300, notify = Alerts)]
    pub struct OldTexts;
    #[alarm(Jobs.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct FailedJobs;
    #[alarm(Texts.dlq.approximate_number_of_messages_visible >= 1, notify = Alerts)]
    pub struct FailedTexts;
}

pub const TIMEOUT: u32 = 20;

async fn work(worker: &orders::Worker, message: Message<orders::Jobs>) -> Result<(), Error> {
    let Ok(order) = message.read() else {
        return Ok(());
    };
    for line in &order.lines {
        let item = orders::Stock {
            article: line.article.clone(),
            on_hand: line.count.into(),
            note: None,
        };
        if let Put::Refused(Some(old)) = worker.stock.put_new(&item).await? {
            worker.texts.send(&format!("{} are there", old.on_hand)).await?;
        }
    }
    Ok(())
}

async fn serve() -> Result<(), webhook_infra::lambda::Error> {
    let worker = orders::Worker::connect().await?;
    orders::Worker::serve_messages(Batching::default(), |message, _| work(&worker, message)).await?;
    let report = orders::Report::connect().await?;
    let report = &report;
    orders::Report::serve_events(|article: String, _| async move {
        let item = report.stock.get(&article, &(), true).await;
        Ok::<_, webhook_infra::lambda::Error>(item?.map(|item| item.on_hand))
    })
    .await
}

fn main() {
    let _ = serve();
}
