//! `GetSecretValue` and `PutSecretValue`.

use std::fmt;

use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;

use super::{Error, ErrorKind};
use crate::capability::{GetSecretValue, PutSecretValue};
use crate::kind::Secret;

/// The value of a secret. It is not shown by `{:?}`, so that no log line has it by mistake.
#[derive(Clone, PartialEq, Eq)]
pub struct SecretValue {
    text: String,
    version: String,
}

impl SecretValue {
    /// The value itself.
    pub fn expose(&self) -> &str {
        &self.text
    }

    pub(super) fn from_answer(answer: GetSecretValueOutput) -> Result<Self, Error> {
        let text = answer.secret_string.ok_or_else(|| {
            Error::new(
                "GetSecretValue",
                ErrorKind::Malformed,
                "the secret is binary, not a text",
            )
        })?;
        Ok(Self {
            text,
            version: answer.version_id.unwrap_or_default(),
        })
    }

    /// Secrets Manager's id of this version.
    pub fn version(&self) -> &str {
        &self.version
    }
}

impl fmt::Debug for SecretValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretValue")
            .field("version", &self.version)
            .finish_non_exhaustive()
    }
}

impl<S: Secret> GetSecretValue<S> {
    /// Reads the current value. Each call asks Secrets Manager: keep the answer for some minutes.
    ///
    /// # Errors
    ///
    /// When the secret has no value yet ([`ErrorKind::NotFound`]), or cannot be read.
    pub async fn get(&self) -> Result<SecretValue, Error> {
        const OPERATION: &str = "GetSecretValue";
        let answer = self
            .held
            .client()
            .get_secret_value()
            .secret_id(self.held.place(OPERATION)?)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        SecretValue::from_answer(answer)
    }
}

impl<S: Secret> PutSecretValue<S> {
    /// Gives the secret another value. The one from before stays there as the previous one.
    ///
    /// # Errors
    ///
    /// When Secrets Manager did not take it.
    pub async fn put(&self, value: &str) -> Result<(), Error> {
        const OPERATION: &str = "PutSecretValue";
        self.held
            .client()
            .put_secret_value()
            .secret_id(self.held.place(OPERATION)?)
            .secret_string(value)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_not_shown() {
        let value = SecretValue {
            text: "hunter2".to_owned(),
            version: "v1".to_owned(),
        };
        assert!(!format!("{value:?}").contains("hunter2"));
        assert_eq!(value.expose(), "hunter2");
    }
}
