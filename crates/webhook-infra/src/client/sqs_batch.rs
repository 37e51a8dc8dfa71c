//! Messages in batches: ten to a request, and each of them may fail alone.

use aws_sdk_sqs::types::SendMessageBatchRequestEntry;

use super::{Carrier, Error, ErrorKind};
use crate::capability::SendMessage;
use crate::kind::Queue;

const OPERATION: &str = "SendMessageBatch";
/// Source: Amazon SQS Developer Guide, "Amazon SQS message quotas".
const MOST_ENTRIES: usize = 10;
/// Of all messages of a request together.
const MOST_BYTES: usize = 1_048_576;

/// What became of the messages of a batch.
#[must_use = "a message that was not sent is lost unless it is sent again"]
#[derive(Debug, Default)]
pub struct BatchOutcome {
    /// How many messages SQS has.
    pub sent: usize,
    /// Those that it has not.
    pub unsent: Vec<Unsent>,
}

/// A message that was not sent.
#[derive(Debug)]
pub struct Unsent {
    /// Its place in what was given.
    pub index: usize,
    /// SQS's name of the reason.
    pub code: String,
    /// Whether the message itself is wrong, so that it would be refused again.
    pub is_sender_fault: bool,
}

impl<Q: Queue + Carrier> SendMessage<Q> {
    /// Sends any number of messages, in requests of at most ten and 1 MiB.
    ///
    /// # Errors
    ///
    /// When a message cannot be written as JSON: then nothing is sent. A request that fails counts all its
    /// messages as unsent.
    pub async fn send_batch<'m>(
        &self,
        messages: impl IntoIterator<Item = &'m Q::Message>,
    ) -> Result<BatchOutcome, Error>
    where
        Q::Message: 'm,
    {
        let texts = messages
            .into_iter()
            .map(Q::encode)
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| Error::malformed(OPERATION, error))?;
        let place = self.held.place(OPERATION)?;
        let mut outcome = BatchOutcome::default();
        for request in requests(&texts) {
            let entries = request
                .clone()
                .map(|index| {
                    SendMessageBatchRequestEntry::builder()
                        .id(index.to_string())
                        .message_body(&texts[index])
                        .build()
                })
                .collect::<Result<Vec<_>, _>>()
                .map_err(|error| Error::malformed(OPERATION, error))?;
            let answer = self
                .held
                .client()
                .send_message_batch()
                .queue_url(place)
                .set_entries(Some(entries))
                .send()
                .await;
            match answer {
                Ok(answer) => {
                    outcome.sent += answer.successful.len();
                    outcome
                        .unsent
                        .extend(answer.failed.into_iter().filter_map(|entry| {
                            Some(Unsent {
                                index: entry.id.parse().ok()?,
                                code: entry.code,
                                is_sender_fault: entry.sender_fault,
                            })
                        }));
                }
                Err(error) => {
                    let error = Error::sdk(OPERATION, error);
                    let code = error.code().unwrap_or("Unavailable");
                    outcome.unsent.extend(request.map(|index| Unsent {
                        index,
                        code: code.to_owned(),
                        is_sender_fault: error.kind() == ErrorKind::Invalid,
                    }));
                }
            }
        }
        Ok(outcome)
    }
}

/// Which messages go together.
fn requests(texts: &[String]) -> Vec<std::ops::Range<usize>> {
    let mut requests = Vec::new();
    let (mut start, mut bytes) = (0, 0);
    for (index, text) in texts.iter().enumerate() {
        let is_full = index - start == MOST_ENTRIES || bytes + text.len() > MOST_BYTES;
        if is_full && index > start {
            requests.push(start..index);
            (start, bytes) = (index, 0);
        }
        bytes += text.len();
    }
    if start < texts.len() {
        requests.push(start..texts.len());
    }
    requests
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_at_most_ten_messages_and_a_mebibyte() {
        let small = vec!["x".to_owned(); 23];
        assert_eq!(requests(&small), [0..10, 10..20, 20..23]);
        let large = vec!["x".repeat(600_000); 3];
        assert_eq!(requests(&large), [0..1, 1..2, 2..3]);
        let exact = vec!["x".repeat(MOST_BYTES / 2); 3];
        assert_eq!(requests(&exact), [0..2, 2..3]);
        assert!(requests(&[]).is_empty());
    }
}
