//! Functions for Lambda, built by cargo-lambda, which links them with zig for the glibc of Lambda's system.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::Outcome;
use super::functions::Workspace;

/// What a function is built for.
pub(super) struct Target {
    triple: &'static str,
    /// The oldest processor that runs it. Instructions that it has need neither a check when the function starts
    /// nor a fallback: a fifth of an archive were tables for computing checksums without them.
    processor: &'static str,
}

/// Lambda's machines with an arm64 processor.
///
/// Source: AWS Lambda Developer Guide, "Selecting and configuring an instruction set architecture for your Lambda
/// function" (Graviton2), and the AWS Graviton Technical Guide, "Rust" (Graviton2 is a Neoverse N1).
pub(super) const ARM64: Target = Target {
    triple: "aarch64-unknown-linux-gnu",
    processor: "neoverse-n1",
};

/// The C library of Lambda's system. With an older one a program would look for two libraries more when it starts.
///
/// Source: Amazon Linux 2023 User Guide, "Core toolchain packages glibc, gcc, binutils".
const GLIBC: &str = "2.34";

/// This machine.
pub(super) fn here() -> Target {
    let processor = "native";
    if cfg!(target_arch = "aarch64") {
        Target { processor, ..ARM64 }
    } else {
        Target {
            triple: "x86_64-unknown-linux-gnu",
            processor,
        }
    }
}

impl Target {
    /// The variable with flags for the compiler and its content. What is there already comes last and so wins.
    fn flags(&self, environment: impl Fn(&str) -> Option<String>) -> (String, String) {
        let triple = self.triple.to_uppercase().replace('-', "_");
        let variable = format!("CARGO_TARGET_{triple}_RUSTFLAGS");
        let before = environment(&variable).unwrap_or_default();
        let flags = format!("-C target-cpu={} {before}", self.processor);
        (variable, flags.trim_end().to_owned())
    }
}

/// What is installed when cargo-lambda is not there.
const REQUIREMENTS: [&str; 2] = ["cargo-lambda==1.9.2", "ziglang==0.17.1"];

/// What is built, and how.
pub(super) struct Build<'a> {
    pub(super) package: &'a str,
    /// One program of the package; all without it.
    pub(super) program: Option<&'a str>,
    pub(super) target: Target,
    pub(super) profile: &'a str,
    pub(super) rustc: Option<&'a Path>,
}

impl Build<'_> {
    /// Builds into `<folder>/<program>/bootstrap`.
    pub(super) fn run(&self, workspace: &Workspace, folder: &Path) -> Outcome<()> {
        let triple = self.target.triple;
        needs_library(workspace, triple, self.rustc)?;
        let tools = Tools::find(workspace)?;
        let (variable, flags) = self.target.flags(|variable| std::env::var(variable).ok());
        let mut command = Command::new(&tools.cargo_lambda);
        command
            .args(["lambda", "build", "--package", self.package])
            .args(["--target", &format!("{triple}.{GLIBC}")])
            // It would have rustup download the target, unasked, and into the toolchain of the whole machine.
            .arg("--skip-target-check")
            .args(["--profile", self.profile, "--lambda-dir"])
            .arg(folder)
            .env(variable, flags)
            .current_dir(workspace.root());
        match self.program {
            Some(program) => command.args(["--bin", program]),
            None => command.arg("--bins"),
        };
        if let Some(path) = &tools.path {
            command.env("PATH", path);
        }
        if let Some(rustc) = self.rustc {
            command.env("RUSTC", rustc);
        }
        run(command, "cargo lambda build")
            .map_err(|error| format!("the functions do not build for {triple}: {error}").into())
    }
}

/// Says what to do when the compiler cannot make programs for a machine.
fn needs_library(workspace: &Workspace, triple: &str, rustc: Option<&Path>) -> Outcome<()> {
    let rustc = rustc.map_or_else(
        || std::env::var_os("RUSTC").map_or_else(|| PathBuf::from("rustc"), PathBuf::from),
        Path::to_path_buf,
    );
    let output = Command::new(&rustc)
        .args(["--print", "target-libdir", "--target", triple])
        .current_dir(workspace.root())
        .output()
        .map_err(|error| format!("`{}` does not start: {error}", rustc.display()))?;
    let folder = String::from_utf8_lossy(&output.stdout);
    if output.status.success() && has_standard_library(Path::new(folder.trim())) {
        return Ok(());
    }
    Err(format!(
        "`{}` has no standard library for {triple}; run `rustup target add {triple}`, or, for arm64 on a Debian system \
         without rustup, `.ci/arm64`",
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
        let error = needs_library(&workspace, ARM64.triple, Some(Path::new("false")))
            .unwrap_err()
            .to_string();
        assert!(
            error.contains("rustup target add aarch64-unknown-linux-gnu"),
            "{error}"
        );
    }

    #[test]
    fn flags_of_ones_own_come_last() {
        let (variable, flags) = ARM64.flags(|_| Some("-C target-cpu=neoverse-v1".to_owned()));
        assert_eq!(variable, "CARGO_TARGET_AARCH64_UNKNOWN_LINUX_GNU_RUSTFLAGS");
        assert_eq!(flags, "-C target-cpu=neoverse-n1 -C target-cpu=neoverse-v1");
    }

    #[test]
    fn a_compiler_that_is_nowhere_is_named() {
        let workspace = Workspace::find().unwrap();
        let error = needs_library(&workspace, ARM64.triple, Some(Path::new("/nowhere/rustc")))
            .unwrap_err()
            .to_string();
        assert!(
            error.starts_with("`/nowhere/rustc` does not start"),
            "{error}"
        );
    }
}
