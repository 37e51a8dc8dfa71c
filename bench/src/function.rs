//! A function, and a process of it.

use std::fs::{self, File};
use std::io::Read;
use std::path::PathBuf;
use std::process::Stdio;
use std::str::FromStr;
use std::time::{Duration, Instant};

use tempfile::NamedTempFile;
use tokio::process::{Child, Command};

use crate::backend::Backend;
use crate::event;
use crate::runtime_api::RuntimeApi;
use crate::{Outcome, runtime_api};

/// No function takes so long, not even in an emulator.
const PATIENCE: Duration = Duration::from_mins(1);

/// `NAME=REST` of the command line.
#[derive(Clone)]
pub(crate) struct Named {
    pub(crate) name: String,
    pub(crate) value: String,
}

impl FromStr for Named {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        match text.split_once('=') {
            Some((name, value)) if !name.is_empty() && !value.is_empty() => Ok(Self {
                name: name.to_owned(),
                value: value.to_owned(),
            }),
            _ => Err("write a name, `=`, and what it stands for".to_owned()),
        }
    }
}

/// What is measured.
pub(crate) struct Function {
    name: String,
    command: Vec<String>,
    archive_size: Option<u64>,
}

impl Function {
    pub(crate) fn new(
        named: &Named,
        launcher: Option<&str>,
        archive: Option<&Named>,
    ) -> Outcome<Self> {
        let archive_size = archive
            .map(|archive| {
                fs::metadata(&archive.value)
                    .map(|metadata| metadata.len())
                    .map_err(|error| format!("{}: cannot be read: {error}", archive.value))
            })
            .transpose()?;
        let words = |text: &str| {
            text.split_whitespace()
                .map(str::to_owned)
                .collect::<Vec<_>>()
        };
        let mut command = launcher.map(words).unwrap_or_default();
        command.extend(words(&named.value));
        Ok(Self {
            name: named.name.clone(),
            command,
            archive_size,
        })
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// The size of its archive, when it is known.
    pub(crate) fn archive_size(&self) -> Option<u64> {
        self.archive_size
    }

    /// Starts a process of it as Lambda would.
    pub(crate) async fn start(&self, backend: &Backend) -> Outcome<Process> {
        let runtime = RuntimeApi::start().await?;
        let output = NamedTempFile::new()?;
        let (program, arguments) = self.command.split_first().ok_or("there is no command")?;
        let mut command = Command::new(program);
        command
            .args(arguments)
            .env_clear()
            .envs(environment(backend, &runtime))
            .stdin(Stdio::null())
            .stdout(appending(&output)?)
            .stderr(appending(&output)?)
            .kill_on_drop(true);
        let started = Instant::now();
        let child = command
            .spawn()
            .map_err(|error| format!("`{program}` does not start: {error}"))?;
        let id = child.id().ok_or("the process has no id")?;
        Ok(Process {
            child,
            id,
            started,
            runtime,
            output,
        })
    }
}

/// A way to the file that overwrites nothing that came by another.
fn appending(output: &NamedTempFile) -> std::io::Result<File> {
    File::options().append(true).open(output.path())
}

fn environment(backend: &Backend, runtime: &RuntimeApi) -> Vec<(&'static str, String)> {
    let authority = backend.authority().display().to_string();
    let kept = |name| std::env::var(name).unwrap_or_default();
    vec![
        ("AWS_LAMBDA_RUNTIME_API", runtime.address().to_string()),
        ("AWS_LAMBDA_FUNCTION_NAME", "ingestion".to_owned()),
        ("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST".to_owned()),
        ("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "256".to_owned()),
        ("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand".to_owned()),
        (
            "AWS_LAMBDA_LOG_GROUP_NAME",
            "/aws/lambda/ingestion".to_owned(),
        ),
        ("AWS_LAMBDA_LOG_STREAM_NAME", "bench".to_owned()),
        ("_HANDLER", "bootstrap".to_owned()),
        ("AWS_REGION", "us-east-1".to_owned()),
        ("AWS_DEFAULT_REGION", "us-east-1".to_owned()),
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE".to_owned()),
        (
            "AWS_SECRET_ACCESS_KEY",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".to_owned(),
        ),
        ("AWS_SESSION_TOKEN", "a-token-of-the-bench".to_owned()),
        ("AWS_ENDPOINT_URL", backend.url()),
        ("AWS_CA_BUNDLE", authority.clone()),
        ("NODE_EXTRA_CA_CERTS", authority),
        (
            "EVENTS_QUEUE_URL",
            format!("{}/000000000000/events", backend.url()),
        ),
        ("PAYLOADS_BUCKET_NAME", "payloads".to_owned()),
        ("TRANSACTIONS_TABLE_NAME", "transactions".to_owned()),
        ("PROVIDER_SECRETS_SECRET_ARN", event::SECRET_ARN.to_owned()),
        ("LANG", "en_US.UTF-8".to_owned()),
        ("TZ", ":UTC".to_owned()),
        ("PATH", kept("PATH")),
        // What the SDK says of this machine's version of Node is of no interest here.
        (
            "AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED",
            "true".to_owned(),
        ),
    ]
}

/// A running function; it is ended when it is dropped.
pub(crate) struct Process {
    child: Child,
    id: u32,
    started: Instant,
    runtime: RuntimeApi,
    output: NamedTempFile,
}

impl Process {
    pub(crate) fn id(&self) -> u32 {
        self.id
    }

    /// When it was started.
    pub(crate) fn started(&self) -> Instant {
        self.started
    }

    /// Waits for its next call.
    pub(crate) async fn call(&mut self) -> Outcome<runtime_api::Call> {
        let what = tokio::select! {
            call = self.runtime.call() => match call {
                Some(call) => return Ok(call),
                None => "the stand-in of the Runtime API has stopped".to_owned(),
            },
            ended = self.child.wait() => match ended {
                Ok(status) => format!("the process has ended ({status}) without a call of the Runtime API"),
                Err(error) => format!("the process is lost: {error}"),
            },
            () = tokio::time::sleep(PATIENCE) => {
                "nothing was heard of the process for a minute".to_owned()
            }
        };
        Err(self.complaint(&what).into())
    }

    /// What went wrong, with what the process has printed.
    pub(crate) fn complaint(&self, what: &str) -> String {
        let mut printed = String::new();
        if let Ok(mut file) = File::open(self.output.path()) {
            // What is not text is of no help.
            let _ = file.read_to_string(&mut printed);
        }
        match printed.trim() {
            "" => format!("{what}; it has printed nothing"),
            printed => format!("{what}; it has printed:\n{printed}"),
        }
    }

    /// Ends it, and waits until it is gone.
    pub(crate) async fn end(mut self) -> Outcome<()> {
        self.child.kill().await?;
        Ok(())
    }

    /// The processor time that its threads have had, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> Outcome<f64> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(self.proc("task"))? {
            // A thread can end between the listing and the look at it.
            let Ok(statistics) = fs::read_to_string(thread?.path().join("schedstat")) else {
                continue;
            };
            let running = statistics.split_whitespace().next().unwrap_or_default();
            nanoseconds += running.parse::<u64>()?;
        }
        #[expect(clippy::cast_precision_loss, reason = "it is a handful of seconds")]
        Ok(nanoseconds as f64 / 1e6)
    }

    /// The most memory that it has held, in bytes.
    pub(crate) fn peak_memory(&self) -> Outcome<u64> {
        let status = fs::read_to_string(self.proc("status"))?;
        let kibibytes = status
            .lines()
            .find_map(|line| line.strip_prefix("VmHWM:"))
            .and_then(|line| line.split_whitespace().next())
            .ok_or("the system does not tell the peak memory (VmHWM) of a process")?;
        Ok(kibibytes.parse::<u64>()? * 1024)
    }

    fn proc(&self, file: &str) -> PathBuf {
        PathBuf::from(format!("/proc/{}/{file}", self.id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_command_may_hold_an_equals_sign() {
        let named = "node=node --max-old-space-size=64 index.mjs"
            .parse::<Named>()
            .ok()
            .unwrap();
        assert_eq!(named.name, "node");
        assert_eq!(named.value, "node --max-old-space-size=64 index.mjs");
        assert!("node".parse::<Named>().is_err());
    }
}
