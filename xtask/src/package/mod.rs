//! `cargo xtask package`: the functions as the archives that Lambda takes.
//!
//! Terraform deploys a function when the hash of its archive changes, so the same program always gives the same
//! bytes, and an archive whose bytes would not change is left alone.

mod archive;
mod cargo_lambda;
mod functions;
mod native;

use std::fmt;
use std::path::{Path, PathBuf};

pub(crate) use functions::PACKAGE;
use functions::Workspace;

/// A result whose error says what was being done.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// The profile of what is deployed, in the root `Cargo.toml`. It is not called `lambda`, since Cargo would then
/// put programs where cargo-lambda has its folders, in `target/lambda/`.
pub(crate) const DEPLOYED_PROFILE: &str = "function";

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// Build for Lambda on arm64, as the stack declares its functions (the default)
    #[arg(long, conflicts_with = "native")]
    arm64: bool,

    /// Build for this machine, into `target/local/lambda/`
    #[arg(long)]
    native: bool,

    /// Cargo's profile [default: `function`, and `dev` with `--native`]
    #[arg(long)]
    profile: Option<String>,

    /// The compiler, where it is not the one that Cargo finds
    #[arg(long, value_name = "PATH")]
    rustc: Option<PathBuf>,
}

/// What the functions are built for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Machine {
    /// Lambda's, with an arm64 processor.
    Arm64,
    /// The one this runs on.
    Native,
}

/// A function that is ready to be deployed.
pub(crate) struct Package {
    /// The program, named `bootstrap` as Lambda wants it.
    pub(crate) bootstrap: PathBuf,
    /// The archive beside it.
    pub(crate) archive: PathBuf,
    program_size: usize,
    facts: archive::Facts,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let machine = if arguments.native {
        Machine::Native
    } else {
        Machine::Arm64
    };
    let profile = arguments.profile.as_deref();
    for package in package(machine, profile, arguments.rustc.as_deref())? {
        println!("{package}");
    }
    Ok(())
}

/// Builds and packs all functions.
pub(crate) fn package(
    machine: Machine,
    profile: Option<&str>,
    rustc: Option<&Path>,
) -> Outcome<Vec<Package>> {
    let workspace = Workspace::find()?;
    match machine {
        Machine::Arm64 => {
            let folder = workspace.root().join("target/lambda");
            let profile = profile.unwrap_or(DEPLOYED_PROFILE);
            let build = cargo_lambda::Build {
                package: PACKAGE,
                program: None,
                target: cargo_lambda::ARM64,
                profile,
                rustc,
            };
            build.run(&workspace, &folder)?;
            let pack = |name: &String| {
                let bootstrap = folder.join(name).join("bootstrap");
                pack(bootstrap, archive::Effort::Best)
            };
            workspace.functions().iter().map(pack).collect()
        }
        Machine::Native => {
            let folder = workspace.root().join("target/local/lambda");
            let profile = profile.unwrap_or("dev");
            // What is large and used once is not worth the seconds.
            let effort = match profile {
                "dev" => archive::Effort::Least,
                _ => archive::Effort::Best,
            };
            let pack = |(name, program): &(String, PathBuf)| {
                let bootstrap = folder.join(name).join("bootstrap");
                pack_copy(program, bootstrap, effort)
            };
            let programs = native::build(&workspace, profile, rustc)?;
            programs.iter().map(pack).collect()
        }
    }
}

/// Builds and packs a function as one that is deployed, but for the processor of this machine.
pub(crate) fn package_to_measure(package: &str, program: &str) -> Outcome<Package> {
    let workspace = Workspace::find()?;
    let folder = workspace.root().join("target/measured");
    let build = cargo_lambda::Build {
        package,
        program: Some(program),
        target: cargo_lambda::here(),
        profile: DEPLOYED_PROFILE,
        rustc: None,
    };
    build.run(&workspace, &folder)?;
    let bootstrap = folder.join(program).join("bootstrap");
    pack(bootstrap, archive::Effort::Best)
}

/// Packs a program that is where it belongs.
fn pack(bootstrap: PathBuf, effort: archive::Effort) -> Outcome<Package> {
    let program = read(&bootstrap)?;
    let archive = bootstrap.with_extension("zip");
    let facts = archive::write(&archive, &[("bootstrap", &program)], effort)?;
    Ok(Package {
        bootstrap,
        archive,
        program_size: program.len(),
        facts,
    })
}

/// Packs a program and puts a copy of it beside the archive. The copy comes last: where it is the program, so is
/// what the archive holds, and nothing is left to do.
fn pack_copy(program: &Path, bootstrap: PathBuf, effort: archive::Effort) -> Outcome<Package> {
    let content = read(program)?;
    let archive = bootstrap.with_extension("zip");
    let packed = std::fs::read(&bootstrap).is_ok_and(|before| before == content);
    let facts = match archive::facts(&archive) {
        Some(facts) if packed => facts,
        _ => {
            let facts = archive::write(&archive, &[("bootstrap", &content)], effort)?;
            native::place(program, &bootstrap)?;
            facts
        }
    };
    Ok(Package {
        bootstrap,
        archive,
        program_size: content.len(),
        facts,
    })
}

fn read(program: &Path) -> Outcome<Vec<u8>> {
    let content = std::fs::read(program)
        .map_err(|error| format!("{}: cannot be read: {error}", program.display()))?;
    Ok(content)
}

/// Packs one file that is not a function of this workspace, such as the twin that functions are compared with.
pub(crate) fn pack_file(archive: &Path, name: &str, content: &[u8]) -> Outcome<()> {
    archive::write(archive, &[(name, content)], archive::Effort::Best)?;
    Ok(())
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: program {}, archive {}, sha256 {}{}",
            functions::shown(&self.archive),
            megabytes(self.program_size),
            megabytes(self.facts.size),
            self.facts.sha256,
            if self.facts.changed {
                ""
            } else {
                " (unchanged)"
            },
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn megabytes(bytes: usize) -> String {
    format!("{:.2} MB", bytes as f64 / 1e6)
}
