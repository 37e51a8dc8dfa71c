//! `PutLogEvents`: events in a log group.

use std::time::{SystemTime, UNIX_EPOCH};

use aws_sdk_cloudwatchlogs::types::InputLogEvent;

use super::Error;
use crate::capability::PutLogEvents;
use crate::kind::LogGroup;

const OPERATION: &str = "PutLogEvents";

impl<G: LogGroup> PutLogEvents<G> {
    /// Makes a stream; one that is there already is no error.
    ///
    /// # Errors
    ///
    /// When CloudWatch did not do it.
    pub async fn create_stream(&self, stream: &str) -> Result<(), Error> {
        const OPERATION: &str = "CreateLogStream";
        let answer = self
            .held
            .client()
            .create_log_stream()
            .log_group_name(self.held.place(OPERATION)?)
            .log_stream_name(stream)
            .send()
            .await;
        match answer.map_err(|error| Error::sdk(OPERATION, error)) {
            Ok(_) => Ok(()),
            Err(error) if error.code() == Some("ResourceAlreadyExistsException") => Ok(()),
            Err(error) => Err(error),
        }
    }

    /// Writes lines into a stream, in order, as of now. At most 10,000 and 1 MB in all (Amazon CloudWatch
    /// Logs API Reference, "`PutLogEvents`").
    ///
    /// # Errors
    ///
    /// When there is no such stream ([`ErrorKind::NotFound`](super::ErrorKind::NotFound)), or CloudWatch did not take
    /// them.
    pub async fn put(
        &self,
        stream: &str,
        lines: impl IntoIterator<Item = String>,
    ) -> Result<(), Error> {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let now = i64::try_from(now.unwrap_or_default().as_millis()).unwrap_or_default();
        let events = lines
            .into_iter()
            .map(|line| {
                InputLogEvent::builder()
                    .timestamp(now)
                    .message(line)
                    .build()
            })
            .collect::<Result<Vec<_>, _>>()
            .map_err(|error| Error::malformed(OPERATION, error))?;
        self.held
            .client()
            .put_log_events()
            .log_group_name(self.held.place(OPERATION)?)
            .log_stream_name(stream)
            .set_log_events(Some(events))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}
