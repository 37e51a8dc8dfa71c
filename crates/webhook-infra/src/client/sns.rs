//! `Publish`: a topic that takes messages of the type that the stack says.

use super::{Carrier, Error, ErrorKind};
use crate::capability::Publish;
use crate::kind::Topic;

const OPERATION: &str = "Publish";

impl<T: Topic + Carrier> Publish<T> {
    /// Publishes a message, and gives SNS's id of it.
    ///
    /// # Errors
    ///
    /// When the message is over 256 KiB (Amazon SNS API Reference, "Publish"), or SNS did not take it.
    pub async fn publish(&self, message: &T::Message) -> Result<String, Error> {
        let text = T::encode(message).map_err(|error| Error::malformed(OPERATION, error))?;
        let published = self
            .held
            .client()
            .publish()
            .topic_arn(self.held.place(OPERATION)?)
            .message(text)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        published
            .message_id
            .ok_or_else(|| Error::new(OPERATION, ErrorKind::Other, "SNS has named no message"))
    }
}
