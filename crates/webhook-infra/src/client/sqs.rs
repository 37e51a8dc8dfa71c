//! `SendMessage`: a queue that takes messages of the type that the stack says.

use aws_sdk_sqs::types::MessageAttributeValue;

use super::{Carrier, Error, ErrorKind};
use crate::capability::SendMessage;
use crate::kind::Queue;

const OPERATION: &str = "SendMessage";

impl<Q: Queue + Carrier> SendMessage<Q> {
    /// Sends a message, and comes back when SQS has it. For attributes, a delay or a group, see
    /// [`message`](Self::message).
    ///
    /// # Errors
    ///
    /// When the message is over 1 MiB (Amazon SQS Developer Guide, "Amazon SQS message quotas"), or SQS
    /// did not take it.
    pub async fn send(&self, message: &Q::Message) -> Result<String, Error> {
        self.message(message).send().await
    }

    /// A message that is sent by its own `send`.
    pub fn message<'a>(&'a self, message: &Q::Message) -> SendMessageRequest<'a, Q> {
        SendMessageRequest {
            queue: self,
            text: Q::encode(message),
            attributes: Vec::new(),
            delay: None,
            group: None,
            deduplication: None,
        }
    }
}

/// A message with what goes beside it.
#[must_use = "it is not sent before `send` is called"]
pub struct SendMessageRequest<'a, Q: Queue> {
    queue: &'a SendMessage<Q>,
    text: Result<String, serde_json::Error>,
    attributes: Vec<(String, String)>,
    delay: Option<i32>,
    group: Option<String>,
    deduplication: Option<String>,
}

impl<Q: Queue> SendMessageRequest<'_, Q> {
    /// A text beside the message, which can be read without it. At most 10.
    pub fn attribute(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.attributes.push((name.into(), value.into()));
        self
    }

    /// How many seconds the message stays hidden at first: 0 to 900.
    pub fn delay(mut self, seconds: u16) -> Self {
        self.delay = Some(seconds.into());
        self
    }

    /// The message group, for a FIFO queue.
    pub fn group(mut self, group: impl Into<String>) -> Self {
        self.group = Some(group.into());
        self
    }

    /// What makes two messages the same for five minutes, for a FIFO queue with `deduplication = "id"`.
    pub fn deduplication(mut self, id: impl Into<String>) -> Self {
        self.deduplication = Some(id.into());
        self
    }

    /// Sends it, and gives SQS's id of the message.
    ///
    /// # Errors
    ///
    /// As [`SendMessage::send`].
    pub async fn send(self) -> Result<String, Error> {
        let held = &self.queue.held;
        let text = self
            .text
            .map_err(|error| Error::malformed(OPERATION, error))?;
        let mut request = held
            .client()
            .send_message()
            .queue_url(held.place(OPERATION)?)
            .message_body(text)
            .set_delay_seconds(self.delay)
            .set_message_group_id(self.group)
            .set_message_deduplication_id(self.deduplication);
        for (name, value) in self.attributes {
            request = request.message_attributes(name, text_attribute(OPERATION, value)?);
        }
        let sent = request
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        sent.message_id
            .ok_or_else(|| Error::new(OPERATION, ErrorKind::Other, "SQS has named no message"))
    }
}

pub(super) fn text_attribute(
    operation: &'static str,
    value: String,
) -> Result<MessageAttributeValue, Error> {
    MessageAttributeValue::builder()
        .data_type("String")
        .string_value(value)
        .build()
        .map_err(|error| Error::malformed(operation, error))
}
