//! Tasks that the package `webhook-operations` does. It is large, so that it is built when one of them is asked for,
//! and not with every other task.

use std::ffi::OsString;
use std::process::Command;

use crate::package::{self, Machine};

/// A result whose error says what was being done.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(crate) struct Arguments {
    /// Handed on as they are; `--help` lists them
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    arguments: Vec<OsString>,
}

/// Runs a task of the operations.
pub(crate) fn run(task: &str, arguments: &Arguments) -> Outcome<()> {
    let mut command = Command::new("cargo");
    command
        .args([
            "run",
            "--quiet",
            "--package",
            "webhook-operations",
            "--",
            task,
        ])
        .args(&arguments.arguments);
    become_it(command)
}

/// Runs a task that needs the functions, after building them for this machine.
pub(crate) fn run_with_functions(task: &str, arguments: &Arguments) -> Outcome<()> {
    let asks_for_help = |argument: &OsString| argument == "--help" || argument == "-h";
    if !arguments.arguments.iter().any(asks_for_help) {
        for package in package::package(Machine::Native, None, None)? {
            eprintln!("{package}");
        }
    }
    run(task, arguments)
}

/// Goes on as that program, so that signals reach it and its exit code is this program's.
#[cfg(unix)]
fn become_it(mut command: Command) -> Outcome<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    Err(format!("`cargo run` does not start: {error}").into())
}

#[cfg(not(unix))]
fn become_it(mut command: Command) -> Outcome<()> {
    let status = command
        .status()
        .map_err(|error| format!("`cargo run` does not start: {error}"))?;
    std::process::exit(status.code().unwrap_or(1));
}
