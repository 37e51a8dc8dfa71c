//! `StartExecution` and `StartSyncExecution`: executions of a state machine.

use aws_sdk_sfn::types::SyncExecutionStatus;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Error, ErrorKind};
use crate::capability::{StartExecution, StartSyncExecution};
use crate::kind::StateMachine;

impl<M: StateMachine> StartExecution<M> {
    /// Starts an execution, and gives its ARN. Two with one name and one input are the same one, for 90
    /// days; without a name each start is its own.
    ///
    /// # Errors
    ///
    /// When the input cannot be written as JSON, or Step Functions did not start it.
    pub async fn start(&self, name: Option<&str>, input: &impl Serialize) -> Result<String, Error> {
        const OPERATION: &str = "StartExecution";
        let input =
            serde_json::to_string(input).map_err(|error| Error::malformed(OPERATION, error))?;
        let answer = self
            .held
            .client()
            .start_execution()
            .state_machine_arn(self.held.place(OPERATION)?)
            .set_name(name.map(str::to_owned))
            .input(input)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(answer.execution_arn)
    }
}

impl<M: StateMachine> StartSyncExecution<M> {
    /// Starts an execution of a state machine of the type EXPRESS, and waits for its output, for at most 5
    /// minutes.
    ///
    /// # Errors
    ///
    /// When the execution failed or timed out, or its output is of another form than `O`.
    pub async fn start<O: DeserializeOwned>(&self, input: &impl Serialize) -> Result<O, Error> {
        const OPERATION: &str = "StartSyncExecution";
        let input =
            serde_json::to_string(input).map_err(|error| Error::malformed(OPERATION, error))?;
        let answer = self
            .held
            .client()
            .start_sync_execution()
            .state_machine_arn(self.held.place(OPERATION)?)
            .input(input)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        if answer.status != SyncExecutionStatus::Succeeded {
            // The cause may be anybody's data.
            let error = answer.error.unwrap_or_default();
            return Err(Error::new(
                OPERATION,
                ErrorKind::Other,
                format!("the execution ended as {} ({error})", answer.status),
            ));
        }
        let output = answer.output.as_deref().unwrap_or("null");
        serde_json::from_str(output).map_err(|error| Error::malformed(OPERATION, error))
    }
}
