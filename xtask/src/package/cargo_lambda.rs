//! Functions for Lambda, built by cargo-lambda, which links them with zig for the old glibc of Lambda's system.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Outcome;
use super::functions::{PACKAGE, Workspace};

const TARGET: &str = "aarch64-unknown-linux-gnu";

/// The oldest processor that Lambda has for arm64, whose instructions make checks and fallbacks for older ones
/// needless: a fifth of a function's archive were tables for computing checksums without them.
///
/// Source: AWS Lambda Developer Guide, "Selecting and configuring an instruction set architecture for your Lambda
/// function" (Graviton2), and the AWS Graviton Technical Guide, "Rust" (Graviton2 is a Neoverse N1).
const FLAGS: (&str, &str) = (
    "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS",
    "-C target-cpu=neoverse-n1",
);

/// What is installed when cargo-lambda is not there.
const REQUIREMENTS: [&str; 2] = ["cargo-lambda==1.9.2", "ziglang==0.17.1"];

/// Builds the functions into `<folder>/<name>/bootstrap`.
pub(super) fn build(
    workspace: &Workspace,
    profile: &str,
    rustc: Option<&Path>,
    folder: &Path,
) -> Outcome<()> {
    needs_library(workspace, rustc)?;
    let tools = Tools::find(workspace)?;
    let mut command = Command::new(&tools.cargo_lambda);
    command
        .args(["lambda", "build", "--arm64", "--bins", "--package", PACKAGE])
        // It would have rustup download the target, unasked, and into the toolchain of the whole machine.
        .arg("--skip-target-check")
        .args(["--profile", profile, "--lambda-dir"])
        .arg(folder)
        .env(FLAGS.0, FLAGS.1)
        .current_dir(workspace.root());
    if let Some(path) = &tools.path {
        command.env("PATH", path);
    }
    if let Some(rustc) = rustc {
        command.env("RUSTC", rustc);
    }
    run(command, "cargo lambda build")
        .map_err(|error| format!("the functions do not build for arm64: {error}").into())
}

/// Says what to do when the compiler cannot make programs for arm64.
fn needs_library(workspace: &Workspace, rustc: Option<&Path>) -> Outcome<()> {
    let rustc = rustc.map_or_else(
        || std::env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from),
        Path::to_path_buf,
    );
    let output = Command::new(&rustc)
        .args(["--print", "target-libdir", "--target", TARGET])
        .current_dir(workspace.root())
        .output()
        .map_err(|error| format!("`{}` does not start: {error}", rustc.display()))?;
    let folder = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && has_standard_library(Path::new(folder.trim())) {
        return Ok(());
    }
    Err(format!(
        "`{}` has no standard library for arm64; run `rustup target add {TARGET}`, or `.ci/arm64` on a Debian system \
         without rustup",
        rustc.display()
    )
    .into())
}

fn has_standard_library(folder: &Path) -> bool {
    fs::read_dir(folder).is_ok_and(|entries| {
        entries
            .flatten()
            .any(|entry| entry.file_name().to_string_lossy().starts_with("libstd-"))
    })
}

/// The programs that build for Lambda.
struct Tools {
    cargo_lambda: PathBuf,
    /// Where to look for programs, when it is not the `PATH`.
    path: Option<OsString>,
}

impl Tools {
    /// Those of the machine, else those of this workspace, which are installed when they are not there.
    fn find(workspace: &Workspace) -> Outcome<Self> {
        if answers("cargo-lambda", &["lambda", "--version"]) && has_zig() {
            return Ok(Self {
                cargo_lambda: "cargo-lambda".into(),
                path: None,
            });
        }
        let folder = workspace.root().join("target/tools/cargo-lambda");
        // Written last: a folder without it, or with other versions, is not one to use.
        let seal = folder.join("installed");
        let wanted = REQUIREMENTS.join("\n");
        if fs::read_to_string(&seal).ok().as_deref() != Some(&wanted) {
            install(&folder)?;
            fs::write(&seal, wanted)
                .map_err(|error| format!("{}: cannot be written: {error}", seal.display()))?;
        }
        let programs = folder.join("bin");
        let before = std::env::var_os("PATH").unwrap_or_default();
        let all = std::iter::once(programs.clone()).chain(std::env::split_paths(&before));
        Ok(Self {
            cargo_lambda: programs.join("cargo-lambda"),
            path: Some(std::env::join_paths(all)?),
        })
    }
}

fn has_zig() -> bool {
    answers("zig", &["version"]) || answers("python3", &["-m", "ziglang", "version"])
}

fn answers(program: &str, arguments: &[&str]) -> bool {
    Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Installs cargo-lambda and zig from the Python Package Index, into a folder of its own.
fn install(folder: &Path) -> Outcome<()> {
    if !answers("python3", &["--version"]) {
        return Err(
            "cargo-lambda is missing, and there is no python3 to install it with; install cargo-lambda and zig \
             (https://www.cargo-lambda.info/guide/installation.html), or Python"
                .into(),
        );
    }
    eprintln!(
        "cargo-lambda is not on the PATH; installing {} into {}",
        REQUIREMENTS.join(" and "),
        super::functions::shown(folder)
    );
    if folder.exists() {
        fs::remove_dir_all(folder)
            .map_err(|error| format!("{}: cannot be removed: {error}", folder.display()))?;
    }
    let mut environment = Command::new("python3");
    environment.args(["-m", "venv"]).arg(folder);
    run(environment, "python3 -m venv").map_err(|error| {
        format!("cargo-lambda cannot be installed: {error}; on Debian, `apt-get install python3-venv` brings what is missing")
    })?;
    let mut pip = Command::new(folder.join("bin/python3"));
    pip.args([
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ])
    .args(REQUIREMENTS);
    run(pip, "pip install")
        .map_err(|error| format!("cargo-lambda cannot be installed: {error}").into())
}

/// Runs a program, which says itself what is wrong.
fn run(mut command: Command, name: &str) -> Result<(), String> {
    // What it prints is not this program's own output.
    let status = command
        .stdout(std::io::stderr())
        .status()
        .map_err(|error| format!("`{name}` does not start: {error}"))?;
    if status.success() {
        Ok(())
    } else {
        Err(format!("`{name}` ended with {status}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_compiler_without_the_library_says_what_to_run() {
        let workspace = Workspace::find().unwrap();
        let error = needs_library(&workspace, Some(Path::new("false")))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("rustup target add aarch64-unknown-linux-gnu"),
            "{error}"
        );
    }

    #[test]
    fn a_compiler_that_is_nowhere_is_named() {
        let workspace = Workspace::find().unwrap();
        let error = needs_library(&workspace, Some(Path::new("/nowhere/rustc")))
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("`/nowhere/rustc` does not start"),
            "{error}"
        );
    }
}
