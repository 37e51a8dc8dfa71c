//! `PutEvents`: events on a bus.

use serde::Serialize;

use super::Error;
use crate::capability::PutEvents;
use crate::kind::EventBus;

const OPERATION: &str = "PutEvents";

impl<B: EventBus> PutEvents<B> {
    /// Puts an event on the bus, and gives EventBridge's id of it. `source` and `detail_type` are what rules
    /// match by; at most 256 KB in all (Amazon EventBridge User Guide, "Quotas").
    ///
    /// # Errors
    ///
    /// When the detail cannot be written as JSON, or EventBridge did not take the event.
    pub async fn put(
        &self,
        source: &str,
        detail_type: &str,
        detail: &impl Serialize,
    ) -> Result<String, Error> {
        let detail =
            serde_json::to_string(detail).map_err(|error| Error::malformed(OPERATION, error))?;
        let entry = aws_sdk_eventbridge::types::PutEventsRequestEntry::builder()
            .event_bus_name(self.held.place(OPERATION)?)
            .source(source)
            .detail_type(detail_type)
            .detail(detail)
            .build();
        let answer = self
            .held
            .client()
            .put_events()
            .entries(entry)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        let entry = answer.entries.unwrap_or_default().into_iter().next();
        let entry = entry.ok_or_else(|| Error::incomplete(OPERATION))?;
        match (entry.event_id, entry.error_code) {
            (Some(id), _) => Ok(id),
            (None, code) => Err(Error::entry(
                OPERATION,
                code.unwrap_or_default(),
                entry.error_message.unwrap_or_default(),
            )),
        }
    }
}
