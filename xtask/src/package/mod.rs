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
    /// The function's name, which is that of its program.
    pub(crate) name: String,
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
            cargo_lambda::build(&workspace, profile, rustc, &folder)?;
            let pack = |name: &String| {
                let bootstrap = folder.join(name).join("bootstrap");
                pack(name, bootstrap, archive::Effort::Best)
            };
            workspace.functions().iter().map(pack).collect()
        }
        Machine::Native => {
            let profile = profile.unwrap_or("dev");
            package_native(&workspace, functions::PACKAGE, profile, rustc)
        }
    }
}

/// Builds and packs a function that is none of the stack's, for this machine, as one that is deployed.
pub(crate) fn package_other(package: &str) -> Outcome<Package> {
    let packages = package_native(&Workspace::find()?, package, DEPLOYED_PROFILE, None)?;
    let one = packages.into_iter().next();
    one.ok_or_else(|| format!("the package `{package}` has no program").into())
}

fn package_native(
    workspace: &Workspace,
    package: &str,
    profile: &str,
    rustc: Option<&Path>,
) -> Outcome<Vec<Package>> {
    let folder = workspace.root().join("target/local/lambda");
    // What is large and used once is not worth the seconds.
    let effort = match profile {
        "dev" => archive::Effort::Least,
        _ => archive::Effort::Best,
    };
    let programs = native::build(workspace, package, profile, rustc)?;
    let pack = |(name, program): &(String, PathBuf)| {
        let bootstrap = folder.join(name).join("bootstrap");
        pack_copy(name, program, bootstrap, effort)
    };
    programs.iter().map(pack).collect()
}

/// Packs a program that is where it belongs.
fn pack(name: &str, bootstrap: PathBuf, effort: archive::Effort) -> Outcome<Package> {
    let program = read(&bootstrap)?;
    let archive = bootstrap.with_extension("zip");
    let facts = archive::write(&archive, &[("bootstrap", &program)], effort)?;
    Ok(Package {
        name: name.to_owned(),
        bootstrap,
        archive,
        program_size: program.len(),
        facts,
    })
}

/// Packs a program and puts a copy of it beside the archive. The copy comes last: where it is the program, so is
/// what the archive holds, and nothing is left to do.
fn pack_copy(
    name: &str,
    program: &Path,
    bootstrap: PathBuf,
    effort: archive::Effort,
) -> Outcome<Package> {
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
        name: name.to_owned(),
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
