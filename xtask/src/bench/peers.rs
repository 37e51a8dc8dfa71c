//! The webhook stack in other tools, for comparison: CDKTF, its fork CDK Terrain, and terrars.
//!
//! Whatever does not work there is a row of the table, not an error.

use std::fs;
use std::path::{Path, PathBuf};

use super::Outcome;
use super::command::Step;
use super::edit_loop::{Edit, EditLoop};
use super::table::Table;
use super::timing::{Stopwatch, Times};
use super::workspace::copy_file;

/// The compilers, in one folder for both CDKs.
const COMPILERS: &str = "typescript@7.0.2 esbuild@0.28.2";

/// Folders that are made anew.
const DERIVED: [&str; 2] = ["node_modules", "target"];

/// The fastest form of the program, without archives of the functions' code.
const TYPESCRIPT_EDIT: Edit = Edit {
    source: "main-noasset.ts",
    texts: ["timeout: 50,", "timeout: 51,"],
    output: "cdktf.out.noasset/stacks/webhook-processor/cdk.tf.json",
};

const TERRARS_EDIT: Edit = Edit {
    source: "src/main.rs",
    texts: ["timeout: 50.0,", "timeout: 51.0,"],
    output: "out/stack.tf.json",
};

/// Times the loops of the tools in `from`, in a copy of it.
pub(super) fn measure(
    from: &Path,
    copy: &Path,
    with_terrars: bool,
    stopwatch: &Stopwatch,
) -> Outcome<Table> {
    copy_folder(from, copy)?;
    let mut table = Table::new(
        "The webhook stack in other tools, after an edit",
        ["what", "wall s"],
    );
    let compilers = install_compilers(copy);
    for (folder, name) in [("cdktf", "CDKTF"), ("cdktn", "CDK Terrain")] {
        let package = copy.join(folder);
        let compilers = match &compilers {
            Ok(compilers) => npm_install(&package, "").map(|()| compilers),
            Err(reason) => Err(reason.to_string().into()),
        };
        for compiler in [Compiler::TypeScript, Compiler::Esbuild] {
            let times = match &compilers {
                Ok(folder) => time_typescript(&package, compiler.step(folder), stopwatch),
                Err(reason) => Err(reason.to_string().into()),
            };
            table.row([format!("{name}: {}", compiler.description()), said(times)]);
        }
    }
    if with_terrars {
        let package = copy.join("terrars");
        let cold = fetch_and_build(&package, stopwatch);
        let loops = match &cold {
            Ok(_) => time_terrars(&package, stopwatch),
            Err(reason) => Err(reason.to_string().into()),
        };
        table.row(["terrars: `cargo run`".to_owned(), said(loops)]);
        let what = "terrars: `cargo build`, cold, crates already fetched";
        table.row([what.to_owned(), said(cold)]);
    }
    Ok(table)
}

/// The times, or why there are none.
fn said(times: Outcome<Times>) -> String {
    times.map_or_else(
        |error| {
            let error = error.to_string();
            format!("not measured: {}", error.lines().next().unwrap_or_default())
        },
        |times| times.to_string(),
    )
}

/// What makes JavaScript of TypeScript.
#[derive(Clone, Copy)]
enum Compiler {
    TypeScript,
    Esbuild,
}

impl Compiler {
    fn description(self) -> &'static str {
        match self {
            Self::TypeScript => "tsc 7.0 && node",
            Self::Esbuild => "esbuild && node (types are not checked)",
        }
    }

    fn step(self, folder: &Path) -> Step {
        match self {
            Self::TypeScript => Step::new(
                folder.join("tsc"),
                "-p tsconfig.noasset.json --incremental false",
            ),
            Self::Esbuild => Step::new(
                folder.join("esbuild"),
                "main-noasset.ts --platform=node --format=cjs --outfile=main-noasset.js --log-level=error",
            ),
        }
    }
}

/// Installs the compilers beside the tools, and gives the folder they are in.
fn install_compilers(copy: &Path) -> Outcome<PathBuf> {
    Step::new("node", "--version").run(copy)?;
    let folder = copy.join("compilers");
    fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("package.json"), "{\"private\": true}\n"))
        .map_err(|error| format!("cannot write {}: {error}", folder.display()))?;
    npm_install(&folder, COMPILERS)?;
    Ok(folder.join("node_modules/.bin"))
}

fn npm_install(folder: &Path, packages: &str) -> Outcome<()> {
    Step::new(
        "npm",
        &format!("install --no-audit --no-fund --loglevel=error {packages}"),
    )
    .run(folder)
    .map(drop)
}

fn time_typescript(package: &Path, compile: Step, stopwatch: &Stopwatch) -> Outcome<Times> {
    EditLoop {
        folder: package.to_owned(),
        steps: vec![compile, Step::new("node", "main-noasset.js")],
        edit: Some(TYPESCRIPT_EDIT),
    }
    .time(stopwatch)
}

fn fetch_and_build(package: &Path, stopwatch: &Stopwatch) -> Outcome<Times> {
    Step::cargo("fetch").run(package)?;
    let build = Step::cargo("build --bin webhook");
    stopwatch.once(|| build.run(package).map(drop))
}

fn time_terrars(package: &Path, stopwatch: &Stopwatch) -> Outcome<Times> {
    let out = package.join("out");
    fs::create_dir_all(&out).map_err(|error| format!("cannot make {}: {error}", out.display()))?;
    EditLoop {
        folder: package.to_owned(),
        steps: vec![Step::cargo("run --quiet --bin webhook -- out")],
        edit: Some(TERRARS_EDIT),
    }
    .time(stopwatch)
}

/// Copies a folder with all that is in it, but for what can be made anew.
fn copy_folder(from: &Path, to: &Path) -> Outcome<()> {
    let entries =
        fs::read_dir(from).map_err(|error| format!("cannot read {}: {error}", from.display()))?;
    for entry in entries {
        let entry = entry.map_err(|error| format!("cannot read {}: {error}", from.display()))?;
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_file() {
            copy_file(&path, &to.join(name))?;
        } else if !DERIVED.iter().any(|derived| name == *derived) {
            copy_folder(&path, &to.join(name))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn derived_folders_are_not_copied() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        for file in ["a/main.ts", "a/node_modules/x/index.js", "package.json"] {
            let file = from.join(file);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, "").unwrap();
        }
        copy_folder(&from, &to).unwrap();
        assert!(to.join("a/main.ts").exists() && to.join("package.json").exists());
        assert!(!to.join("a/node_modules").exists());
    }

    #[test]
    fn a_failure_is_a_row() {
        let failure = said(Err("`npm install` failed: no network\nlong story".into()));
        assert_eq!(failure, "not measured: `npm install` failed: no network");
    }
}
