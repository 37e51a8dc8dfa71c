//! The edit loop of the webhook stack, on a copy of this workspace.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::Outcome;
use super::command::Step;
use super::edit_loop::{Edit, EditLoop};
use super::table::Table;
use super::timing::Stopwatch;

const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// The edit of the stack: the reserved concurrency of a function.
const EDIT: Edit = Edit {
    source: "src/stack.rs",
    texts: ["reserved = 50", "reserved = 51"],
    output: "out/main.tf.json",
};

/// Copies the workspace as it is, but for what git ignores.
pub(super) fn copy(folder: &Path) -> Outcome<()> {
    let root = Path::new(ROOT);
    let list = Step::new(
        "git",
        "ls-files -z --cached --others --exclude-standard --deduplicate",
    )
    .run(root)?;
    for name in list.split_terminator('\0') {
        let from = root.join(name);
        // Git lists what has been deleted since.
        if from.is_file() {
            copy_file(&from, &folder.join(name))?;
        }
    }
    Ok(())
}

/// Copies a file into a folder that may not be there, and leaves it writable.
pub(super) fn copy_file(from: &Path, to: &Path) -> Outcome<()> {
    let copy = || {
        if let Some(folder) = to.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(to, fs::read(from)?)
    };
    copy().map_err(|error| format!("cannot copy {}: {error}", from.display()).into())
}

/// Builds the copy and times its loops.
pub(super) fn measure(folder: &Path, stopwatch: &Stopwatch) -> Outcome<Table> {
    Step::cargo("fetch").run(folder)?;
    let cold = stopwatch.once(|| Step::cargo("build").run(folder).map(drop))?;
    let edit_loop = |command: &str, edit: Option<Edit>| {
        EditLoop {
            folder: folder.to_owned(),
            steps: vec![Step::cargo(command)],
            edit,
        }
        .time(stopwatch)
    };
    let mut table = Table::new("The webhook stack", ["what", "wall s"]);
    let mut row = |what: &str, figures: String| table.row([what.to_owned(), figures]);
    row(
        "`cargo build` after an edit",
        edit_loop("build", Some(EDIT))?.to_string(),
    );
    row(
        "`cargo build`, nothing changed",
        edit_loop("build", None)?.to_string(),
    );
    row(
        "`cargo check` after an edit",
        edit_loop("check", Some(EDIT))?.to_string(),
    );
    row(
        "`cargo build`, cold, crates already fetched",
        cold.to_string(),
    );
    row("crates in the build", crates(folder)?);
    Ok(table)
}

/// How many crates `cargo build` compiles.
fn crates(folder: &Path) -> Outcome<String> {
    let tree = Step::cargo("tree --edges normal,build --prefix none --format {p}").run(folder)?;
    let (own, others) = count_crates(&tree, &folder.to_string_lossy());
    Ok(format!(
        "{}: {own} of this workspace, {others} others",
        own + others
    ))
}

/// The crates of a `cargo tree` without branches: those in the folder, and the others.
fn count_crates(tree: &str, folder: &str) -> (usize, usize) {
    let crates = tree
        .lines()
        .map(|line| line.trim_end_matches(" (*)"))
        .filter(|line| !line.is_empty())
        .collect::<BTreeSet<_>>();
    let own = crates.iter().filter(|line| line.contains(folder)).count();
    (own, crates.len() - own)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crates_are_counted_once() {
        let tree = "stack v0.1.0 (/x)\nfront v0.1.0 (/x/front)\nsyn v3.0.0\n\nquote v1.0.0\nsyn v3.0.0 (*)\nfront v0.1.0 (/x/front) (*)\n";
        assert_eq!(count_crates(tree, "/x"), (2, 2));
    }
}
