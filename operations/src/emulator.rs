//! The AWS emulator: installed once, started on a free loopback port, ended with whoever started it.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use ring::digest;

use crate::error::{Context, Error};
use crate::project::{self, Folder};

const REQUIREMENTS: &str = include_str!("emulator/requirements.txt");
const LAUNCHER: &str = include_str!("emulator/launcher.py");
/// The region of everything in the emulator.
pub const REGION: &str = "us-east-1";
/// The first start compiles the emulator's Python, on a machine that may be busy with tests.
const PATIENCE: Duration = Duration::from_mins(2);

/// What kind of emulator to start.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Name of its folder under `target/local/`.
    pub name: String,
    /// Checks signatures and the permissions of roles and users, as AWS does.
    pub permissions: bool,
    /// Where functions find AWS, if that is not the emulator itself (a proxy, say).
    pub functions_endpoint: Option<String>,
    /// Logs what it does, and what functions print, beside its problems.
    pub verbose: bool,
}

impl Options {
    /// An emulator that checks no permissions, in `target/local/{name}`.
    pub fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            ..Self::default()
        }
    }
}

/// A running emulator. It ends when this is dropped, and when the process ends, in whatever way.
#[derive(Debug)]
pub struct Emulator {
    child: Child,
    endpoint: String,
    folder: Folder,
}

impl Emulator {
    /// Installs the emulator when it is missing, starts it, and waits until it answers.
    ///
    /// # Errors
    /// When it cannot be installed, or does not answer.
    pub fn start(options: &Options) -> Result<Self, Error> {
        let root = project::root()?;
        let python = install(&root.join("target/tools"))?;
        let folder = Folder::claim(&root, &options.name)?;
        // Another process may take the port between its choice and the emulator's start.
        for _ in 0..3 {
            if let Some((child, endpoint)) = launch(options, &python, folder.path())? {
                return Ok(Self {
                    child,
                    endpoint,
                    folder,
                });
            }
        }
        let log = folder.path().join("emulator.log");
        let said = fs::read_to_string(&log).unwrap_or_default();
        let tail = said.lines().rev().take(20).collect::<Vec<_>>();
        let tail = tail.into_iter().rev().collect::<Vec<_>>().join("\n");
        Err(Error::new(format!(
            "the emulator did not start; the end of {}:\n{tail}",
            log.display()
        )))
    }

    /// Its address, such as `http://127.0.0.1:40123`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Its folder: the log, and the files of the run.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Its log.
    pub fn log(&self) -> PathBuf {
        self.folder.path().join("emulator.log")
    }

    /// The processes that run the function of this name now.
    pub fn functions(&self, name: &str) -> Vec<u32> {
        let marker = format!("AWS_LAMBDA_FUNCTION_NAME={name}");
        children(self.child.id())
            .into_iter()
            .filter(|process| {
                fs::read(format!("/proc/{process}/environ")).is_ok_and(|environment| {
                    environment
                        .split(|byte| *byte == 0)
                        .any(|entry| entry == marker.as_bytes())
                })
            })
            .collect()
    }
}

impl Drop for Emulator {
    fn drop(&mut self) {
        // The launcher ends at the end of its standard input, and takes the functions with it.
        drop(self.child.stdin.take());
        let deadline = Instant::now() + Duration::from_secs(10);
        while Instant::now() < deadline {
            if !matches!(self.child.try_wait(), Ok(None)) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The processes whose parent is this one.
fn children(parent: u32) -> Vec<u32> {
    let Ok(processes) = fs::read_dir("/proc") else {
        return Vec::new();
    };
    processes
        .filter_map(|entry| entry.ok()?.file_name().to_str()?.parse::<u32>().ok())
        .filter(|process| state(*process).is_some_and(|(_, of)| of == parent))
        .collect()
}

/// Whether a process still runs. One that has ended is there until its parent has asked for its end.
pub(crate) fn is_running(process: u32) -> bool {
    state(process).is_some_and(|(state, _)| !matches!(state, 'Z' | 'X'))
}

/// The state and the parent of a process.
fn state(process: u32) -> Option<(char, u32)> {
    // The command's name stands in parentheses and may hold anything, so what follows the last one counts.
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let mut fields = stat.rsplit_once(") ")?.1.split(' ');
    Some((fields.next()?.chars().next()?, fields.next()?.parse().ok()?))
}

/// Starts it on a free port; nothing if it ended at once.
fn launch(
    options: &Options,
    python: &Path,
    folder: &Path,
) -> Result<Option<(Child, String)>, Error> {
    let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))
        .and_then(|listener| listener.local_addr())
        .context(|| "no free port on 127.0.0.1".to_owned())?
        .port();
    let endpoint = format!("http://127.0.0.1:{port}");
    let temporary = folder.join("tmp");
    fs::create_dir_all(&temporary).context(|| temporary.display().to_string())?;
    let log_path = folder.join("emulator.log");
    let log = File::create(&log_path).context(|| log_path.display().to_string())?;
    let errors = log.try_clone().context(|| log_path.display().to_string())?;
    let launcher = folder.join("launcher.py");
    fs::write(&launcher, LAUNCHER).context(|| launcher.display().to_string())?;

    let mut command = Command::new(python);
    command
        .arg(&launcher)
        .current_dir(&temporary)
        // Functions inherit the emulator's environment: Lambda gives them nothing of this machine either.
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("HOME", &temporary)
        .env("TMPDIR", &temporary)
        .env("STATE_DIR", temporary.join("state"))
        .env("S3_DATA_DIR", temporary.join("s3"))
        .env("BIND_HOST", "127.0.0.1")
        .env("MINISTACK_HOST", "127.0.0.1")
        .env("GATEWAY_PORT", port.to_string())
        .env("MINISTACK_REGION", REGION)
        .env("AWS_DEFAULT_REGION", REGION)
        .env(
            "AWS_ENDPOINT_URL",
            options.functions_endpoint.as_deref().unwrap_or(&endpoint),
        )
        .env("MINISTACK_EDITION", edition(port))
        .env("LAMBDA_EXECUTOR", "local")
        .env("MINISTACK_AUTOCREATE_AWS_MANAGED", "1")
        .env(
            "LOG_LEVEL",
            if options.verbose { "INFO" } else { "WARNING" },
        )
        .env("AUTH", if options.permissions { "true" } else { "false" })
        .stdin(Stdio::piped())
        .stdout(log)
        .stderr(errors);
    // Ctrl-C is for us: we end the emulator when we have cleaned up.
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    let mut child = command
        .spawn()
        .context(|| format!("cannot start {}", python.display()))?;

    let deadline = Instant::now() + PATIENCE;
    while Instant::now() < deadline {
        if !matches!(child.try_wait(), Ok(None)) {
            return Ok(None);
        }
        if is_healthy(port) {
            return Ok(Some((child, endpoint)));
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    let _ = child.kill();
    let _ = child.wait();
    Ok(None)
}

/// What the emulator of this process tells at this port, so that another's is not taken for it.
fn edition(port: u16) -> String {
    format!("{}-{port}", std::process::id())
}

fn is_healthy(port: u16) -> bool {
    let ask = || -> std::io::Result<bool> {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let mut connection = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        connection.set_read_timeout(Some(Duration::from_secs(5)))?;
        connection.write_all(
            b"GET /_ministack/health HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n",
        )?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        Ok(answer.starts_with("HTTP/1.1 200") && answer.contains(&edition(port)))
    };
    ask().unwrap_or(false)
}

/// The Python of the emulator's environment, which is made when it is missing or of other versions.
fn install(tools: &Path) -> Result<PathBuf, Error> {
    let environment = tools.join("emulator");
    let python = environment.join("bin/python");
    let sum = digest::digest(&digest::SHA256, REQUIREMENTS.as_bytes());
    let mark = environment.join(format!(
        "installed-{}",
        &data_encoding::HEXLOWER.encode(sum.as_ref())[..16]
    ));
    fs::create_dir_all(tools).context(|| tools.display().to_string())?;
    // Test binaries run in parallel: one installs, the others wait.
    let lock_path = tools.join("emulator.lock");
    let lock = File::create(&lock_path).context(|| lock_path.display().to_string())?;
    lock.lock().context(|| lock_path.display().to_string())?;
    if mark.is_file() {
        return Ok(python);
    }
    if environment.exists() {
        fs::remove_dir_all(&environment).context(|| environment.display().to_string())?;
    }
    run(
        Command::new("python3")
            .args(["-m", "venv"])
            .arg(&environment),
        "python3 with venv (3.10 or newer)",
    )?;
    let requirements = tools.join("emulator-requirements.txt");
    fs::write(&requirements, REQUIREMENTS).context(|| requirements.display().to_string())?;
    run(
        Command::new(&python)
            .args([
                "-m",
                "pip",
                "install",
                "--quiet",
                "--disable-pip-version-check",
                "--no-deps",
                "--requirement",
            ])
            .arg(&requirements),
        "PyPI, or a mirror of it that pip knows",
    )?;
    File::create(&mark).context(|| mark.display().to_string())?;
    Ok(python)
}

fn run(command: &mut Command, needs: &str) -> Result<(), Error> {
    let output = command.output().context(|| {
        format!("the emulator cannot be installed, which needs {needs}: {command:?}")
    })?;
    if output.status.success() {
        return Ok(());
    }
    Err(Error::new(format!(
        "the emulator cannot be installed, which needs {needs}: {command:?} failed:\n{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr),
    )))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn starts_answers_and_ends_when_dropped() {
        let emulator = Emulator::start(&Options::new("emulator-test")).unwrap();
        let port = emulator
            .endpoint()
            .rsplit_once(':')
            .unwrap()
            .1
            .parse()
            .unwrap();
        assert!(is_healthy(port));
        assert!(emulator.functions("none").is_empty());
        drop(emulator);
        assert!(!is_healthy(port));
    }

    #[test]
    fn a_second_one_of_the_same_name_gets_another_folder() {
        let first = Emulator::start(&Options::new("emulator-twins")).unwrap();
        let second = Emulator::start(&Options::new("emulator-twins")).unwrap();
        assert_ne!(first.folder(), second.folder());
        assert_ne!(first.endpoint(), second.endpoint());
    }
}
