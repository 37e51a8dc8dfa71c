//! Functions for this machine, built by Cargo alone.

use std::fs;
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use cargo_metadata::Message;

use super::Outcome;
use super::functions::{PACKAGE, Workspace};

/// Builds the functions; gives the name and the program of each.
pub(super) fn build(
    workspace: &Workspace,
    profile: &str,
    rustc: Option<&Path>,
) -> Outcome<Vec<(String, PathBuf)>> {
    let mut command = Command::new("cargo");
    command
        .args(["build", "--bins", "--package", PACKAGE])
        .args(["--profile", profile])
        .arg("--message-format=json-render-diagnostics")
        .current_dir(workspace.root())
        .stdout(Stdio::piped());
    if let Some(rustc) = rustc {
        command.env("RUSTC", rustc);
    }
    let mut cargo = command
        .spawn()
        .map_err(|error| format!("`cargo build` does not start: {error}"))?;
    let output = cargo.stdout.take().ok_or("`cargo build` has no output")?;
    let mut programs = Vec::new();
    for message in Message::parse_stream(BufReader::new(output)) {
        if let Message::CompilerArtifact(artifact) = message? {
            if let Some(program) = artifact.executable {
                programs.push((artifact.target.name, program.into_std_path_buf()));
            }
        }
    }
    let status = cargo.wait()?;
    if !status.success() {
        return Err(
            format!("the functions do not build: `cargo build` ended with {status}").into(),
        );
    }
    programs.sort();
    Ok(programs)
}

/// Copies a program.
pub(super) fn place(program: &Path, bootstrap: &Path) -> Outcome<()> {
    let failed = |error| format!("{}: cannot be written: {error}", bootstrap.display());
    let folder = bootstrap.parent().ok_or("a path without a folder")?;
    fs::create_dir_all(folder).map_err(failed)?;
    // A running function keeps the old file, which could not be written to.
    let copy = bootstrap.with_extension("new");
    fs::copy(program, &copy).map_err(failed)?;
    fs::rename(&copy, bootstrap).map_err(failed)?;
    Ok(())
}
