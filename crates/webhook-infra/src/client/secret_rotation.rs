//! `RotateSecret`: what a function in a secret's `rotation(…)` does, step by step.
//!
//! Source: AWS Secrets Manager User Guide, "Rotation by Lambda function".

use super::{Error, ErrorKind, SecretValue};
use crate::capability::RotateSecret;
use crate::kind::Secret;

const PENDING: &str = "AWSPENDING";
const CURRENT: &str = "AWSCURRENT";

impl<S: Secret> RotateSecret<S> {
    /// The value that is in use.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub async fn current(&self) -> Result<SecretValue, Error> {
        self.value(CURRENT, None).await
    }

    /// The value that a rotation is about to bring in; `None` before `put_pending`. `token` is the event's
    /// `ClientRequestToken`.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub async fn pending(&self, token: &str) -> Result<Option<SecretValue>, Error> {
        match self.value(PENDING, Some(token)).await {
            Ok(value) => Ok(Some(value)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    async fn value(&self, stage: &str, version: Option<&str>) -> Result<SecretValue, Error> {
        const OPERATION: &str = "GetSecretValue";
        let answer = self
            .held
            .client()
            .get_secret_value()
            .secret_id(self.held.place(OPERATION)?)
            .version_stage(stage)
            .set_version_id(version.map(str::to_owned))
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        SecretValue::from_answer(answer)
    }

    /// A new password of 32 characters, without those of `excluded`.
    ///
    /// # Errors
    ///
    /// When Secrets Manager did not answer.
    pub async fn random_password(&self, excluded: &str) -> Result<String, Error> {
        const OPERATION: &str = "GetRandomPassword";
        let answer = self
            .held
            .client()
            .get_random_password()
            .password_length(32)
            .exclude_characters(excluded)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        answer
            .random_password
            .ok_or_else(|| Error::incomplete(OPERATION))
    }

    /// The step `createSecret`: keeps the new value, which is not in use yet.
    ///
    /// # Errors
    ///
    /// When Secrets Manager did not take it.
    pub async fn put_pending(&self, token: &str, value: &str) -> Result<(), Error> {
        const OPERATION: &str = "PutSecretValue";
        self.held
            .client()
            .put_secret_value()
            .secret_id(self.held.place(OPERATION)?)
            .client_request_token(token)
            .secret_string(value)
            .version_stages(PENDING)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }

    /// The step `finishSecret`: the new value is in use from now on. Nothing is done when it is already.
    ///
    /// # Errors
    ///
    /// When Secrets Manager did not do it.
    pub async fn finish(&self, token: &str) -> Result<(), Error> {
        const OPERATION: &str = "UpdateSecretVersionStage";
        let place = self.held.place(OPERATION)?;
        let described = self
            .held
            .client()
            .describe_secret()
            .secret_id(place)
            .send()
            .await
            .map_err(|error| Error::sdk("DescribeSecret", error))?;
        let versions = described.version_ids_to_stages.unwrap_or_default();
        let current = versions
            .into_iter()
            .find(|(_, stages)| stages.iter().any(|stage| stage == CURRENT))
            .map(|(version, _)| version);
        if current.as_deref() == Some(token) {
            return Ok(());
        }
        self.held
            .client()
            .update_secret_version_stage()
            .secret_id(place)
            .version_stage(CURRENT)
            .move_to_version_id(token)
            .set_remove_from_version_id(current)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}
