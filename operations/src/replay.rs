//! `operations replay`: processes archived payloads again.
//!
//! That is safe at any time, since processing the same event again changes nothing. What was lost is stored again.

use std::path::PathBuf;

use aws_config::SdkConfig;
use aws_sdk_s3::types::ChecksumMode;
use aws_sdk_sqs::types::{MessageAttributeValue, SendMessageBatchRequestEntry};
use percent_encoding::percent_decode_str;
use time::macros::format_description;
use time::{Date, OffsetDateTime};
use webhook_processor::stack::webhook::WebhookEvent;

use crate::cloud;
use crate::error::{Context, Error};
use crate::redrive::send_batch;
use crate::terraform::Outputs;

/// Where processing archives payloads: `raw/{provider}/{yyyy}/{mm}/{dd}/{transactionId}/{eventId}-{hash}.json`.
const ARCHIVE: &str = "raw/";

/// What the command takes.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// Replay the events of this transaction, of all days unless a range is given
    #[arg(required_unless_present = "from")]
    transaction: Option<String>,
    /// Replay what happened on this day (UTC) and later
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date)]
    from: Option<Date>,
    /// … and until this day, which is included [default: today]
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = date, requires = "from")]
    to: Option<Date>,
    /// Replay the events of this provider only
    #[arg(long)]
    provider: Option<String>,
    /// Say how many events there are, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// The folder of the applied stack, whose outputs name the bucket and the queue
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    stack: PathBuf,
    /// The bucket with the archive, instead of the stack's
    #[arg(long, value_name = "NAME")]
    bucket: Option<String>,
    /// URL of the queue to send to, instead of the stack's
    #[arg(long, value_name = "URL")]
    queue: Option<String>,
}

fn date(text: &str) -> Result<Date, String> {
    Date::parse(text, format_description!("[year]-[month]-[day]"))
        .map_err(|_| "a day is written as 2026-04-09".to_owned())
}

/// Replays, and says how many events.
///
/// # Errors
/// When the bucket or the queue is not found, or AWS refuses.
pub async fn run(arguments: &Arguments) -> Result<(), Error> {
    let (bucket, queue) = match (&arguments.bucket, &arguments.queue) {
        (Some(bucket), Some(queue)) => (bucket.clone(), queue.clone()),
        (bucket, queue) => {
            let outputs = Outputs::of(&arguments.stack)?;
            let or = |given: &Option<String>, name| match given {
                Some(given) => Ok(given.clone()),
                None => outputs.text(name).map(ToOwned::to_owned),
            };
            (or(bucket, "bucket_name")?, or(queue, "queue_url")?)
        }
    };
    let replay = Replay::new(&cloud::from_environment().await, &bucket, &queue);
    let selection = Selection {
        transaction: arguments.transaction.clone(),
        provider: arguments.provider.clone(),
        days: arguments.from.map(|from| {
            (
                from,
                arguments
                    .to
                    .unwrap_or_else(|| OffsetDateTime::now_utc().date()),
            )
        }),
    };
    let keys = replay.keys(&selection).await?;
    if arguments.dry_run {
        println!("{} events would be replayed", keys.len());
    } else {
        replay.send(&keys).await?;
        println!("{} events are on their way", keys.len());
    }
    Ok(())
}

/// Which events.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Of this transaction.
    pub transaction: Option<String>,
    /// Of this provider.
    pub provider: Option<String>,
    /// Of these days, the last one included.
    pub days: Option<(Date, Date)>,
}

/// An archive, and the queue that leads to processing.
#[derive(Debug)]
pub struct Replay {
    s3: aws_sdk_s3::Client,
    sqs: aws_sdk_sqs::Client,
    bucket: String,
    queue: String,
}

impl Replay {
    /// Replays from this bucket to the queue of this URL.
    pub fn new(sdk: &SdkConfig, bucket: &str, queue: &str) -> Self {
        Self {
            s3: aws_sdk_s3::Client::new(sdk),
            sqs: aws_sdk_sqs::Client::new(sdk),
            bucket: bucket.to_owned(),
            queue: queue.to_owned(),
        }
    }

    /// The objects of the selected events.
    ///
    /// # Errors
    /// When S3 refuses or fails.
    pub async fn keys(&self, selection: &Selection) -> Result<Vec<String>, Error> {
        let providers = match &selection.provider {
            Some(provider) => vec![format!("{ARCHIVE}{provider}/")],
            None => self.folders(ARCHIVE).await?,
        };
        let mut days = Vec::new();
        for provider in providers {
            if let Some((from, to)) = selection.days {
                let mut day = Some(from);
                while let Some(this) = day.filter(|day| *day <= to) {
                    days.push(format!(
                        "{provider}{:04}/{:02}/{:02}/",
                        this.year(),
                        u8::from(this.month()),
                        this.day()
                    ));
                    day = this.next_day();
                }
            } else {
                for year in self.folders(&provider).await? {
                    for month in self.folders(&year).await? {
                        days.extend(self.folders(&month).await?);
                    }
                }
            }
        }
        let mut keys = Vec::new();
        for day in days {
            let prefix = match &selection.transaction {
                Some(transaction) => format!("{day}{transaction}/"),
                None => day,
            };
            keys.extend(self.list(&prefix, None).await?.0);
        }
        Ok(keys)
    }

    /// Sends the events of these objects.
    ///
    /// # Errors
    /// When one cannot be read or sent. All before it have been sent then; sending them again does no harm.
    pub async fn send(&self, keys: &[String]) -> Result<(), Error> {
        for keys in keys.chunks(10) {
            let mut entries = Vec::with_capacity(keys.len());
            for (number, key) in keys.iter().enumerate() {
                let event = self.event(key).await?;
                let attribute = MessageAttributeValue::builder()
                    .data_type("String")
                    .string_value(&event.correlation_id)
                    .build()
                    .context(|| "a message attribute".to_owned())?;
                entries.push(
                    SendMessageBatchRequestEntry::builder()
                        .id(number.to_string())
                        .message_body(
                            serde_json::to_string(&event)
                                .context(|| format!("the event of {key}"))?,
                        )
                        .message_attributes("correlationId", attribute)
                        .build()
                        .context(|| format!("the event of {key}"))?,
                );
            }
            send_batch(&self.sqs, &self.queue, entries).await?;
        }
        Ok(())
    }

    /// The message that leads processing to an archived payload.
    async fn event(&self, key: &str) -> Result<WebhookEvent, Error> {
        let head = self
            .s3
            .head_object()
            .bucket(&self.bucket)
            .key(key)
            .checksum_mode(ChecksumMode::Enabled)
            .send()
            .await
            .context(|| format!("cannot read s3://{}/{key}", self.bucket))?;
        let unknown = |what: &str| {
            Error::new(format!(
                "s3://{}/{key} has no {what}: ingestion or processing did not write it",
                self.bucket
            ))
        };
        let metadata = |name: &str| {
            head.metadata()
                .and_then(|metadata| metadata.get(name).cloned())
                .ok_or_else(|| unknown(&format!("x-amz-meta-{name}")))
        };
        // What a header cannot carry is percent-encoded.
        let decoded = |name: &str| {
            Ok(percent_decode_str(&metadata(name)?)
                .decode_utf8_lossy()
                .into_owned())
        };
        let checksum = head
            .checksum_sha256()
            .ok_or_else(|| unknown("SHA-256 checksum"))?;
        let checksum = data_encoding::BASE64
            .decode(checksum.as_bytes())
            .context(|| format!("the checksum of s3://{}/{key}", self.bucket))?;
        Ok(WebhookEvent {
            transaction_id: metadata("transaction-id")?,
            event_id: metadata("event-id")?,
            provider: metadata("provider")?,
            event_type: decoded("event-type")?,
            status: decoded("status")?,
            occurred_at: metadata("occurred-at").ok(),
            received_at: metadata("received-at")?,
            correlation_id: metadata("correlation-id")?,
            payload_key: key.to_owned(),
            payload_sha256: data_encoding::HEXLOWER.encode(&checksum),
            // It is archived.
            body: None,
        })
    }

    /// What stands between a prefix and the next `/`, with both.
    async fn folders(&self, prefix: &str) -> Result<Vec<String>, Error> {
        Ok(self.list(prefix, Some("/")).await?.1)
    }

    /// The objects and, with a delimiter, the folders below a prefix.
    async fn list(
        &self,
        prefix: &str,
        delimiter: Option<&str>,
    ) -> Result<(Vec<String>, Vec<String>), Error> {
        let mut pages = self
            .s3
            .list_objects_v2()
            .bucket(&self.bucket)
            .prefix(prefix)
            .set_delimiter(delimiter.map(ToOwned::to_owned))
            .into_paginator()
            .send();
        let (mut keys, mut folders) = (Vec::new(), Vec::new());
        while let Some(page) = pages.next().await {
            let page = page.context(|| format!("cannot list s3://{}/{prefix}", self.bucket))?;
            keys.extend(
                page.contents()
                    .iter()
                    .filter_map(|object| object.key().map(ToOwned::to_owned)),
            );
            folders.extend(
                page.common_prefixes()
                    .iter()
                    .filter_map(|folder| folder.prefix().map(ToOwned::to_owned)),
            );
        }
        Ok((keys, folders))
    }
}
