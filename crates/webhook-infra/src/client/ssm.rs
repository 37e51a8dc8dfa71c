//! `GetParameter` and `PutParameter`.

use super::{Error, ErrorKind};
use crate::capability::{GetParameter, PutParameter};
use crate::kind::Parameter;

impl<P: Parameter> GetParameter<P> {
    /// Reads the value; that of a secret parameter decrypted.
    ///
    /// # Errors
    ///
    /// When it cannot be read.
    pub async fn get(&self) -> Result<String, Error> {
        const OPERATION: &str = "GetParameter";
        let answer = self
            .held
            .client()
            .get_parameter()
            .name(self.held.place(OPERATION)?)
            .with_decryption(true)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        answer
            .parameter
            .and_then(|parameter| parameter.value)
            .ok_or_else(|| Error::new(OPERATION, ErrorKind::NotFound, "the parameter has no value"))
    }
}

impl<P: Parameter> PutParameter<P> {
    /// Gives the parameter another value.
    ///
    /// # Errors
    ///
    /// When Parameter Store did not take it.
    pub async fn put(&self, value: &str) -> Result<(), Error> {
        const OPERATION: &str = "PutParameter";
        self.held
            .client()
            .put_parameter()
            .name(self.held.place(OPERATION)?)
            .value(value)
            .overwrite(true)
            .send()
            .await
            .map_err(|error| Error::sdk(OPERATION, error))?;
        Ok(())
    }
}
