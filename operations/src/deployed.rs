//! The stack, applied to an emulator of its own.

use std::path::Path;

use aws_config::SdkConfig;
use serde_json::Value;

use crate::cloud;
use crate::emulator::{Emulator, Options};
use crate::error::{Context, Error};
use crate::project;
use crate::terraform::{Outputs, Terraform};

/// A running stack. It ends when this is dropped.
#[derive(Debug)]
pub struct Deployed {
    /// The emulator that it runs in.
    pub emulator: Emulator,
    /// The configuration that was applied.
    pub terraform: Terraform,
    /// What the stack tells.
    pub outputs: Outputs,
    /// The API's base address in the emulator.
    pub api: String,
    /// For the SDK's clients, as the account's owner.
    pub sdk: SdkConfig,
}

impl Deployed {
    /// Starts an emulator and applies the stack to it.
    ///
    /// # Errors
    /// When one of both fails.
    pub fn start(options: &Options) -> Result<Self, Error> {
        let root = project::root()?;
        let emulator = Emulator::start(options)?;
        Self::apply(&root, emulator)
    }

    /// Applies the stack to this emulator.
    ///
    /// # Errors
    /// When Terraform does.
    pub fn apply(root: &Path, emulator: Emulator) -> Result<Self, Error> {
        let terraform = Terraform::prepare(root, emulator.folder(), emulator.endpoint())?;
        terraform.apply()?;
        let outputs = terraform.outputs()?;
        let api = outputs.api_in(emulator.endpoint())?;
        let sdk = cloud::emulator(emulator.endpoint());
        Ok(Self {
            emulator,
            terraform,
            outputs,
            api,
            sdk,
        })
    }

    /// Sets the secrets of the providers: a map from the name in the path to its secrets.
    ///
    /// # Errors
    /// When there is no such secret.
    pub async fn set_provider_secrets(&self, secrets: &Value) -> Result<(), Error> {
        let secret = self.outputs.text("provider_secrets_arn")?;
        aws_sdk_secretsmanager::Client::new(&self.sdk)
            .put_secret_value()
            .secret_id(secret)
            .secret_string(secrets.to_string())
            .send()
            .await
            .context(|| format!("cannot set the secret {secret}"))?;
        Ok(())
    }
}
