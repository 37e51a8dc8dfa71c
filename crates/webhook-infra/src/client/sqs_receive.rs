//! `ReceiveMessage`: for functions that ask a queue themselves; one with a `trigger` is handed its messages.

use std::time::Duration;

use super::{Carrier, Error};
use crate::capability::ReceiveMessage;
use crate::kind::Queue;

const OPERATION: &str = "ReceiveMessage";
/// Source: Amazon SQS API Reference, "`ReceiveMessage`".
const MOST_MESSAGES: u8 = 10;
const LONGEST_WAIT: Duration = Duration::from_secs(20);

/// A message that was received, and comes back unless it is deleted.
pub struct Received<Q: Carrier> {
    /// SQS's id of it.
    pub id: String,
    /// The text of its body.
    pub text: String,
    receipt: String,
    queue: std::marker::PhantomData<fn() -> Q>,
}

impl<Q: Carrier> Received<Q> {
    /// What the message says.
    ///
    /// # Errors
    ///
    /// When it is of another form than the queue's messages.
    pub fn read(&self) -> Result<Q::Message, serde_json::Error> {
        Q::decode(&self.text)
    }
}

impl<Q: Queue + Carrier> ReceiveMessage<Q> {
    /// Receives up to `most` messages (1 to 10), and waits up to `wait` (at most 20 s) for the first of them.
    ///
    /// # Errors
    ///
    /// When SQS did not answer.
    pub async fn receive(&self, most: u8, wait: Duration) -> Result<Vec<Received<Q>>, Error> {
        let seconds = i32::try_from(wait.min(LONGEST_WAIT).as_secs()).unwrap_or_default();
        let answer = self
            .held
            .client()
            .receive_message()
            .queue_url(self.held.place(OPERATION)?)
            .max_number_of_messages(most.clamp(1, MOST_MESSAGES).into())
            .wait_time_seconds(seconds)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        let messages = answer.messages.unwrap_or_default().into_iter();
        Ok(messages
            .filter_map(|message| {
                Some(Received {
                    id: message.message_id?,
                    text: message.body.unwrap_or_default(),
                    receipt: message.receipt_handle?,
                    queue: std::marker::PhantomData,
                })
            })
            .collect())
    }

    /// Deletes a message that is done.
    ///
    /// # Errors
    ///
    /// When SQS did not do it: then the message comes back.
    pub async fn delete(&self, message: &Received<Q>) -> Result<(), Error> {
        const OPERATION: &str = "DeleteMessage";
        self.held
            .client()
            .delete_message()
            .queue_url(self.held.place(OPERATION)?)
            .receipt_handle(&message.receipt)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}
