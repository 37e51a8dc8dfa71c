//! `Invoke`: calls of another function.

use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Error, ErrorKind};
use crate::capability::Invoke;
use crate::kind::Function;

const OPERATION: &str = "Invoke";

impl<F: Function> Invoke<F> {
    /// Calls the function and waits for its answer. Event and answer have at most 6 MB each (AWS Lambda
    /// Developer Guide, "Lambda quotas").
    ///
    /// # Errors
    ///
    /// When the function failed, Lambda did not call it, or its answer is of another form than `A`.
    pub async fn call<A: DeserializeOwned>(&self, event: &impl Serialize) -> Result<A, Error> {
        let answer = self.invoke(event, InvocationType::RequestResponse).await?;
        let payload = answer.payload.unwrap_or_else(|| Blob::new("null"));
        if let Some(kind) = answer.function_error {
            // What the function says of its error may be anybody's data.
            return Err(Error::new(
                OPERATION,
                ErrorKind::Other,
                format!("the function failed ({kind})"),
            ));
        }
        serde_json::from_slice(payload.as_ref()).map_err(|error| Error::malformed(OPERATION, error))
    }

    /// Has the function called later, and does not wait for it. At most 1 MB.
    ///
    /// # Errors
    ///
    /// When Lambda did not take the event.
    pub async fn send(&self, event: &impl Serialize) -> Result<(), Error> {
        self.invoke(event, InvocationType::Event).await.map(|_| ())
    }

    async fn invoke(
        &self,
        event: &impl Serialize,
        type_: InvocationType,
    ) -> Result<aws_sdk_lambda::operation::invoke::InvokeOutput, Error> {
        let event =
            serde_json::to_vec(event).map_err(|error| Error::malformed(OPERATION, error))?;
        self.held
            .client()
            .invoke()
            .function_name(self.held.place(OPERATION)?)
            .invocation_type(type_)
            .payload(Blob::new(event))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))
    }
}
