//! Terraform over a copy of `out/`, against the emulator.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Map, Value, json};

use crate::emulator::REGION;
use crate::error::{Context, Error};

/// How functions are named in the stack's output: relative to the folder above it.
const ABOVE: &str = "${path.module}/../";

/// A copy of the stack that can be applied to the emulator at one address.
#[derive(Debug)]
pub struct Terraform {
    folder: PathBuf,
    endpoint: String,
}

impl Terraform {
    /// Copies `out/*.tf.json`, and the functions built for this machine, into `folder`.
    ///
    /// # Errors
    /// When the stack or a function is missing.
    pub fn prepare(root: &Path, folder: &Path, endpoint: &str) -> Result<Self, Error> {
        let stack = folder.join("out");
        fs::create_dir_all(&stack).context(|| stack.display().to_string())?;
        let from = root.join("out");
        for entry in fs::read_dir(&from).context(|| from.display().to_string())? {
            let path = entry.context(|| from.display().to_string())?.path();
            let Some(name) = path
                .file_name()
                .and_then(|name| name.to_str())
                .filter(|name| name.ends_with(".tf.json"))
            else {
                continue;
            };
            let text = fs::read_to_string(&path).context(|| path.display().to_string())?;
            let document = serde_json::from_str(&text).context(|| path.display().to_string())?;
            for archive in archives(&document) {
                copy_archive(root, folder, archive)?;
            }
            let copy = stack.join(name);
            fs::write(&copy, text).context(|| copy.display().to_string())?;
        }
        let mine = stack.join("operations_override.tf.json");
        fs::write(&mine, overrides().to_string()).context(|| mine.display().to_string())?;
        Ok(Self {
            folder: stack,
            endpoint: endpoint.to_owned(),
        })
    }

    /// Initializes and applies.
    ///
    /// # Errors
    /// When Terraform does.
    pub fn apply(&self) -> Result<(), Error> {
        self.run(&["init", "-input=false", "-no-color"]).map_err(|error| {
            Error::new(format!(
                "{error}\nTerraform downloads the AWS provider from its registry, or takes it from where the file \
                 that TF_CLI_CONFIG_FILE names tells it to"
            ))
        })?;
        self.run(&["apply", "-input=false", "-no-color", "-auto-approve"])?;
        Ok(())
    }

    /// The folder of the stack's copy, with its state.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The outputs of the applied stack.
    ///
    /// # Errors
    /// When there are none.
    pub fn outputs(&self) -> Result<Outputs, Error> {
        Outputs::parse(&self.run(&["output", "-json"])?)
    }

    /// The attributes of the applied resources of one type, by their names in the stack.
    ///
    /// # Errors
    /// When Terraform cannot show its state.
    pub fn resources(&self, kind: &str) -> Result<Vec<(String, Value)>, Error> {
        let state: Value = serde_json::from_str(&self.run(&["show", "-json"])?)
            .context(|| "`terraform show -json`".to_owned())?;
        let resources = state["values"]["root_module"]["resources"]
            .as_array()
            .cloned()
            .unwrap_or_default();
        Ok(resources
            .into_iter()
            .filter(|resource| resource["type"] == kind && resource["mode"] == "managed")
            .map(|mut resource| {
                (
                    resource["name"].as_str().unwrap_or_default().to_owned(),
                    resource["values"].take(),
                )
            })
            .collect())
    }

    fn run(&self, arguments: &[&str]) -> Result<String, Error> {
        run(Command::new("terraform")
            .arg(format!("-chdir={}", self.folder.display()))
            .args(arguments)
            .env("AWS_ENDPOINT_URL", &self.endpoint)
            .env("AWS_ACCESS_KEY_ID", "test")
            .env("AWS_SECRET_ACCESS_KEY", "test")
            .env("AWS_REGION", REGION)
            .env_remove("AWS_SESSION_TOKEN")
            .env_remove("AWS_PROFILE")
            .env_remove("TF_WORKSPACE")
            .env_remove("TF_DATA_DIR"))
    }
}

/// What a stack tells the world.
#[derive(Debug)]
pub struct Outputs(Map<String, Value>);

impl Outputs {
    /// The outputs of the stack in this folder, applied wherever it was.
    ///
    /// # Errors
    /// When Terraform has none.
    pub fn of(folder: &Path) -> Result<Self, Error> {
        Self::parse(&run(Command::new("terraform")
            .arg(format!("-chdir={}", folder.display()))
            .args(["output", "-json"]))?)
    }

    fn parse(text: &str) -> Result<Self, Error> {
        serde_json::from_str(text)
            .map(Self)
            .context(|| "`terraform output -json`".to_owned())
    }

    /// The output of this name, a text.
    ///
    /// # Errors
    /// When the stack has no such output, or was not applied.
    pub fn text(&self, name: &str) -> Result<&str, Error> {
        self.0.get(name).and_then(|output| output["value"].as_str()).ok_or_else(|| {
            Error::new(format!(
                "the stack has no output `{name}`: apply it first, or, if it was renamed, give the value as an argument"
            ))
        })
    }

    /// A text in the output of this name, a map.
    ///
    /// # Errors
    /// When the stack has no such output or member, or was not applied.
    pub fn member(&self, name: &str, key: &str) -> Result<&str, Error> {
        self.0
            .get(name)
            .and_then(|output| output["value"][key].as_str())
            .ok_or_else(|| {
                Error::new(format!(
                    "the stack has no output `{name}` with a `{key}`: apply it first"
                ))
            })
    }

    /// The id of the API whose base URL the output `api_url` is.
    ///
    /// # Errors
    /// When it is missing or of another form.
    pub fn api_id(&self) -> Result<&str, Error> {
        let url = self.text("api_url")?;
        url.strip_prefix("https://")
            .and_then(|rest| Some(rest.split_once(".execute-api.")?.0))
            .ok_or_else(|| {
                Error::new(format!(
                    "`api_url` is {url}, which is no address of API Gateway"
                ))
            })
    }

    /// The API's address in the emulator.
    ///
    /// # Errors
    /// As [`Self::api_id`].
    pub fn api_in(&self, endpoint: &str) -> Result<String, Error> {
        let stage = self.text("api_url")?.rsplit('/').next().unwrap_or_default();
        Ok(format!(
            "{endpoint}/_aws/execute-api/{}/{stage}",
            self.api_id()?
        ))
    }
}

/// The archives of the functions, relative to the project.
fn archives(document: &Value) -> Vec<&str> {
    document["resource"]["aws_lambda_function"]
        .as_object()
        .into_iter()
        .flat_map(Map::values)
        .filter_map(|function| function["filename"].as_str()?.strip_prefix(ABOVE))
        .collect()
}

/// `target/lambda/status/bootstrap.zip` is what is deployed; `target/local/lambda/…` is built for this machine.
fn copy_archive(root: &Path, folder: &Path, archive: &str) -> Result<(), Error> {
    let native = root
        .join("target/local")
        .join(archive.strip_prefix("target/").unwrap_or(archive));
    if !native.is_file() {
        return Err(Error::new(format!(
            "{} is not there: build the functions for this machine by `cargo xtask package --native`",
            native.display()
        )));
    }
    let copy = folder.join(archive);
    if let Some(parent) = copy.parent() {
        fs::create_dir_all(parent).context(|| parent.display().to_string())?;
    }
    fs::copy(&native, &copy).context(|| format!("{} to {}", native.display(), copy.display()))?;
    Ok(())
}

/// The state beside the stack, and a provider that asks nobody but the emulator.
fn overrides() -> Value {
    json!({
        "terraform": { "backend": { "local": { "path": "terraform.tfstate" } } },
        "provider": { "aws": {
            "s3_use_path_style": true,
            "skip_credentials_validation": true,
            "skip_metadata_api_check": true,
        } },
    })
}

fn run(command: &mut Command) -> Result<String, Error> {
    let output = command
        .env("TF_IN_AUTOMATION", "1")
        .env("CHECKPOINT_DISABLE", "1")
        .output()
        .context(|| "terraform cannot be started: install it, 1.5 or newer".to_owned())?;
    if output.status.success() {
        return String::from_utf8(output.stdout).context(|| format!("{command:?}"));
    }
    // What went wrong is on standard error, unless it is nothing; the rest is progress.
    let errors = String::from_utf8_lossy(&output.stderr);
    let said = if errors.trim().is_empty() {
        String::from_utf8_lossy(&output.stdout)
    } else {
        errors
    };
    Err(Error::new(format!("{command:?} failed:\n{said}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_those_of_the_functions() {
        let document = json!({ "resource": { "aws_lambda_function": {
            "status": { "filename": "${path.module}/../target/lambda/status/bootstrap.zip" },
            "image": { "package_type": "Image" },
        } } });
        assert_eq!(archives(&document), ["target/lambda/status/bootstrap.zip"]);
    }

    #[test]
    fn the_api_is_found_in_the_emulator() {
        let outputs = Outputs::parse(
            r#"{"api_url": {"value": "https://a1b2.execute-api.us-east-1.amazonaws.com/live"}}"#,
        )
        .unwrap();
        assert_eq!(
            outputs.api_in("http://127.0.0.1:1").unwrap(),
            "http://127.0.0.1:1/_aws/execute-api/a1b2/live"
        );
        let missing = outputs.text("queue_url").unwrap_err().to_string();
        assert!(missing.contains("no output `queue_url`"), "{missing}");
    }
}
