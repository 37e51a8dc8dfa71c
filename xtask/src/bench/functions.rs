//! `cargo xtask bench-functions`: the start and the overhead of the ingestion function, beside those of its twin on
//! Node and of a function that does nothing but send a message.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Outcome, machine};
use crate::package::{self, Package};

/// The function that is measured.
const FUNCTION: &str = "ingestion";

/// The package and the function without anything.
const BARE: (&str, &str) = ("webhook-bench-bare", "bare");

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often each function is started, after one start that does not count
    #[arg(long, default_value_t = 20)]
    runs: u32,

    /// How many invocations follow the first one of each start
    #[arg(long, default_value_t = 200)]
    warm: u32,

    /// Take the first invocation again with the share of a processor that Lambda gives to so many megabytes
    #[arg(long, value_name = "MB,…")]
    cpu_share: Option<String>,

    /// Write what was measured to this file, a line of JSON for each function
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,

    /// Leave the twin on Node out
    #[arg(long)]
    without_node: bool,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let load = machine::load();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()?;
    let function = package::package_to_measure(package::PACKAGE, FUNCTION)?;
    let bare = package::package_to_measure(BARE.0, BARE.1)?;

    let mut bench = Command::new("cargo");
    bench
        .args([
            "run",
            "--quiet",
            "--release",
            "--package",
            "webhook-bench",
            "--",
        ])
        .arg("--runs")
        .arg(arguments.runs.to_string())
        .arg("--warm")
        .arg(arguments.warm.to_string());
    compare(&mut bench, "Rust", &command(&function)?, &function.archive);
    compare(&mut bench, "bare", &command(&bare)?, &bare.archive);
    if !arguments.without_node {
        let twin = Twin::build(&root)?;
        compare(&mut bench, "Node", &twin.command, &twin.archive);
    }
    if let Some(shares) = &arguments.cpu_share {
        bench.arg("--cpu-share").arg(shares);
    }
    if let Some(path) = &arguments.json {
        bench.arg("--json").arg(path);
    }
    step(&mut bench, "webhook-bench")?;
    println!("\n{}", machine::describe(&root, load.as_deref()));
    Ok(())
}

fn compare(bench: &mut Command, name: &str, command: &str, archive: &Path) {
    bench.arg("--function").arg(format!("{name}={command}"));
    bench
        .arg("--archive")
        .arg(format!("{name}={}", archive.display()));
}

fn command(function: &Package) -> Outcome<String> {
    one_word(&function.bootstrap)
}

/// A path that stays one word on the command line of the bench.
fn one_word(path: &Path) -> Outcome<String> {
    let text = path.display().to_string();
    if text.contains(char::is_whitespace) {
        return Err(format!("{text}: the bench cannot start what has a space in its path").into());
    }
    Ok(text)
}

/// The same function on Node.
struct Twin {
    command: String,
    archive: PathBuf,
}

impl Twin {
    fn build(root: &Path) -> Outcome<Self> {
        let folder = root.join("bench/node");
        let mut install = Command::new("npm");
        install
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"])
            .current_dir(&folder)
            .stdout(Stdio::null());
        step(&mut install, "npm ci")?;
        let mut bundle = Command::new("npm");
        bundle
            .args(["run", "--silent", "build", "--", "--log-level=warning"])
            .current_dir(&folder)
            .stdout(Stdio::null());
        step(&mut bundle, "npm run build")?;

        let script = folder.join("dist/bootstrap.mjs");
        let content = fs::read(&script)
            .map_err(|error| format!("{}: cannot be read: {error}", script.display()))?;
        let archive = root.join("target/local/node/bootstrap.zip");
        package::pack_file(&archive, "bootstrap.mjs", &content)?;
        Ok(Self {
            command: format!("node {}", one_word(&script)?),
            archive,
        })
    }
}

/// Runs a program whose messages are for the user.
fn step(command: &mut Command, name: &str) -> Outcome<()> {
    let status = command.status().map_err(|error| {
        format!(
            "`{name}` does not start: {error}; the twin on Node needs Node 20 and npm, or `--without-node`"
        )
    })?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{name}` ended with {status}").into())
    }
}
