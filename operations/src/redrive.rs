//! `operations redrive`: sends what is in the dead-letter queue back to be processed.
//!
//! That is safe at any time, since processing the same event again changes nothing.

use std::path::PathBuf;
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_sqs::Client;
use aws_sdk_sqs::error::ProvideErrorMetadata;
use aws_sdk_sqs::types::{Message, QueueAttributeName, SendMessageBatchRequestEntry};

use crate::cloud;
use crate::error::{Context, Error};
use crate::terraform::Outputs;

/// What the command takes.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// The folder of the applied stack, whose outputs name the queues
    #[arg(long, value_name = "FOLDER", default_value = "out")]
    stack: PathBuf,
    /// URL of the dead-letter queue, instead of the stack's
    #[arg(long, value_name = "URL")]
    from: Option<String>,
    /// URL of the queue to send to, instead of the stack's
    #[arg(long, value_name = "URL")]
    to: Option<String>,
    /// At most so many messages a second; SQS decides otherwise
    #[arg(long, value_name = "NUMBER")]
    rate: Option<i32>,
    /// Receive, send and delete each message here, where SQS cannot move them by itself (in an emulator)
    #[arg(long, conflicts_with = "rate")]
    by_hand: bool,
}

/// Moves the messages and says how many.
///
/// # Errors
/// When a queue is not found, or SQS refuses.
pub async fn run(arguments: &Arguments) -> Result<(), Error> {
    let outputs = match (&arguments.from, &arguments.to) {
        (Some(_), Some(_)) => None,
        _ => Some(Outputs::of(&arguments.stack)?),
    };
    let queue = |given: &Option<String>, output: &str| match (given, &outputs) {
        (Some(url), _) => Ok(url.clone()),
        (None, Some(outputs)) => outputs.text(output).map(ToOwned::to_owned),
        (None, None) => Err(Error::new("give both queues, or none")),
    };
    let from = queue(&arguments.from, "dead_letter_queue_url")?;
    let to = queue(&arguments.to, "queue_url")?;
    let redrive = Redrive::new(&cloud::from_environment().await, &from, &to);
    if arguments.by_hand {
        println!("moved {} messages", redrive.by_hand().await?);
        Ok(())
    } else {
        redrive.by_sqs(arguments.rate).await
    }
}

/// Moves messages from one queue to another.
#[derive(Debug)]
pub struct Redrive {
    sqs: Client,
    from: String,
    to: String,
}

impl Redrive {
    /// Moves from one URL to the other.
    pub fn new(sdk: &SdkConfig, from: &str, to: &str) -> Self {
        Self {
            sqs: Client::new(sdk),
            from: from.to_owned(),
            to: to.to_owned(),
        }
    }

    /// Lets SQS move the messages, and shows how far it is.
    ///
    /// # Errors
    /// When SQS refuses or fails.
    pub async fn by_sqs(&self, rate: Option<i32>) -> Result<(), Error> {
        let from = self.arn(&self.from).await?;
        let to = self.arn(&self.to).await?;
        let started = self
            .sqs
            .start_message_move_task()
            .source_arn(&from)
            .destination_arn(to)
            .set_max_number_of_messages_per_second(rate)
            .send()
            .await;
        if let Err(error) = &started {
            let unknown = matches!(
                error.code(),
                Some("InvalidAction" | "UnknownOperationException" | "InvalidParameterValue")
            );
            let hint = if unknown {
                "; where SQS cannot do it, as in an emulator, add --by-hand"
            } else {
                ""
            };
            return started
                .map(drop)
                .context(|| format!("SQS does not start to move the messages of {from}{hint}"));
        }
        loop {
            let tasks = self
                .sqs
                .list_message_move_tasks()
                .source_arn(&from)
                .send()
                .await
                .context(|| format!("the move from {from} was started, and cannot be watched"))?;
            // The newest is the first.
            let Some(task) = tasks.results().first() else {
                return Err(Error::new(format!(
                    "the move from {from} was started, and SQS knows nothing of it"
                )));
            };
            let moved = task.approximate_number_of_messages_moved();
            let of = task
                .approximate_number_of_messages_to_move()
                .map_or_else(|| "?".to_owned(), |all| all.to_string());
            let status = task.status().unwrap_or("UNKNOWN");
            println!("{}: {moved} of {of} messages", status.to_lowercase());
            match status {
                "RUNNING" | "CANCELLING" => tokio::time::sleep(Duration::from_secs(2)).await,
                "COMPLETED" => return Ok(()),
                _ => {
                    let reason = task.failure_reason().unwrap_or("SQS gives no reason");
                    return Err(Error::new(format!(
                        "the move ended early ({}): {reason}",
                        status.to_lowercase()
                    )));
                }
            }
        }
    }

    /// Receives, sends and deletes until the queue is empty. Each message is sent before it is deleted, so that a
    /// failure in between leaves it twice and never not at all.
    ///
    /// # Errors
    /// When SQS refuses or fails.
    pub async fn by_hand(&self) -> Result<usize, Error> {
        // What fails again comes back to this queue, so as many are moved as there are now.
        let mut left = self.waiting().await?;
        let mut moved = 0;
        while left > 0 {
            let received = self
                .sqs
                .receive_message()
                .queue_url(&self.from)
                .max_number_of_messages(i32::try_from(left.min(10)).unwrap_or(10))
                .message_attribute_names("All")
                .wait_time_seconds(1)
                .send()
                .await
                .context(|| format!("cannot receive from {}", self.from))?;
            if received.messages().is_empty() {
                break;
            }
            self.send(received.messages()).await?;
            for message in received.messages() {
                self.sqs
                    .delete_message()
                    .queue_url(&self.from)
                    .set_receipt_handle(message.receipt_handle().map(ToOwned::to_owned))
                    .send()
                    .await
                    .context(|| {
                        format!(
                            "a message was sent to {} and cannot be deleted from {}",
                            self.to, self.from
                        )
                    })?;
            }
            moved += received.messages().len();
            left = left.saturating_sub(received.messages().len());
        }
        Ok(moved)
    }

    async fn send(&self, messages: &[Message]) -> Result<(), Error> {
        // One by one: a batch may be too large for SQS where each of its messages is not.
        for message in messages {
            let entry = SendMessageBatchRequestEntry::builder()
                .id("0")
                .message_body(message.body().unwrap_or_default())
                .set_message_attributes(message.message_attributes().cloned())
                .build()
                .context(|| "a message".to_owned())?;
            send_batch(&self.sqs, &self.to, vec![entry]).await?;
        }
        Ok(())
    }

    async fn waiting(&self) -> Result<usize, Error> {
        let name = QueueAttributeName::ApproximateNumberOfMessages;
        let count = self.attribute(&self.from, name).await?;
        count
            .parse()
            .context(|| format!("the number of messages in {}", self.from))
    }

    async fn arn(&self, url: &str) -> Result<String, Error> {
        self.attribute(url, QueueAttributeName::QueueArn).await
    }

    async fn attribute(&self, url: &str, name: QueueAttributeName) -> Result<String, Error> {
        self.sqs
            .get_queue_attributes()
            .queue_url(url)
            .attribute_names(name.clone())
            .send()
            .await
            .context(|| format!("cannot read the queue {url}"))?
            .attributes()
            .and_then(|attributes| attributes.get(&name).cloned())
            .ok_or_else(|| Error::new(format!("the queue {url} tells no {name}")))
    }
}

/// Sends up to ten messages, and those again that SQS could not take.
///
/// # Errors
/// When SQS refuses one, or takes not all of them after a few attempts.
pub(crate) async fn send_batch(
    sqs: &Client,
    queue: &str,
    mut entries: Vec<SendMessageBatchRequestEntry>,
) -> Result<(), Error> {
    for attempt in 0..5_u32 {
        let answer = sqs
            .send_message_batch()
            .queue_url(queue)
            .set_entries(Some(entries.clone()))
            .send()
            .await
            .context(|| format!("cannot send to {queue}"))?;
        let failed = answer.failed();
        if let Some(refused) = failed.iter().find(|failed| failed.sender_fault()) {
            let reason = refused.message().unwrap_or_else(|| refused.code());
            return Err(Error::new(format!(
                "{queue} does not take a message: {reason}"
            )));
        }
        entries.retain(|entry| failed.iter().any(|failed| failed.id() == entry.id()));
        if entries.is_empty() {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(100 << attempt)).await;
    }
    Err(Error::new(format!(
        "{queue} did not take {} messages in five attempts; run the command again",
        entries.len()
    )))
}
