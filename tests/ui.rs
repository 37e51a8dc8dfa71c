//! The compiler's answers: each file under `tests/ui` is a stack of its own.
//!
//! `*.fail.rs` has one mistake (those in `several` have more) and its whole message beside it;
//! `*.pass.rs` is the mended twin, which also passes the second check, that of `build()`; `*.warn.rs`
//! compiles and is warned about; `*.build.rs` compiles and is refused by `build()`, for what only it can know,
//! with the message beside it. The messages are rustc's in part, so they are compared on one compiler
//! only, [`COMPILER`]. `TRYBUILD=overwrite cargo test --test ui` renews them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use webhook_infra_core::Severity;
use webhook_infra_core::check::all_rules;

/// The compiler whose way of showing a message the files have.
const COMPILER: &str = "rustc 1.95.";

#[test]
fn stacks_compile_or_say_why_not() {
    let compiler = Command::new("rustc")
        .arg("--version")
        .output()
        .expect("rustc runs");
    let compiler = String::from_utf8_lossy(&compiler.stdout).into_owned();
    if !compiler.starts_with(COMPILER) {
        eprintln!("not compared: the messages are those of {COMPILER}*, this is {compiler}");
        return;
    }
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*/*.fail.rs");
    cases.pass("tests/ui/*/*.pass.rs");
    cases.pass("tests/ui/*/*.warn.rs");
    cases.pass("tests/ui/*/*.build.rs");
}

#[test]
fn every_rule_has_a_failing_and_a_passing_stack() {
    let files = files(Path::new("tests/ui"));
    let named = |ending: &str| {
        files
            .iter()
            .filter_map(|file| file.file_name()?.to_str()?.strip_suffix(ending))
            .collect::<BTreeSet<_>>()
    };
    let (failing, warned, passing) = (named(".fail.rs"), named(".warn.rs"), named(".pass.rs"));
    let refused = named(".build.rs");
    for rule in all_rules() {
        let shown = match rule.severity {
            Severity::Warn => warned.contains(rule.name),
            Severity::Deny | Severity::Reject => {
                failing.contains(rule.name) || refused.contains(rule.name)
            }
        };
        assert!(shown, "no stack under tests/ui breaks `{}`", rule.name);
        assert!(
            passing.contains(rule.name),
            "no stack under tests/ui keeps `{}`",
            rule.name
        );
    }
}

#[test]
fn every_message_names_its_rule() {
    for file in files(Path::new("tests/ui")) {
        let Some(name) = file.file_name().and_then(|name| {
            let name = name.to_str()?;
            name.strip_suffix(".fail.stderr")
                .or_else(|| name.strip_suffix(".build.stderr"))
        }) else {
            continue;
        };
        let message = fs::read_to_string(&file).expect("the message can be read");
        if all_rules().any(|rule| rule.name == name) {
            assert!(
                message.contains(&format!("rule: {name}")),
                "{} is about another rule",
                file.display()
            );
        }
        let is_about_several = file.components().any(|part| part.as_os_str() == "several");
        let errors = message
            .lines()
            .filter(|line| line.starts_with("error"))
            .count();
        // What `build()` says is the message alone.
        let is_of_build = file.to_string_lossy().ends_with(".build.stderr");
        assert!(
            errors == 1 || is_about_several || is_of_build,
            "{} has {errors} errors",
            file.display()
        );
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    fs::read_dir(folder)
        .expect("tests/ui is there")
        .map(|entry| entry.expect("its entries can be read").path())
        .flat_map(|path| {
            if path.is_dir() {
                files(&path)
            } else {
                vec![path]
            }
        })
        .collect()
}
