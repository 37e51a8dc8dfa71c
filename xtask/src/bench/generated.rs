//! Stacks of many resources, written by a program.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use serde_json::Value;

use super::Outcome;
use super::command::Step;
use super::edit_loop::{Edit, EditLoop};
use super::table::Table;
use super::timing::Stopwatch;
use super::workspace::copy_file;

/// How many units to write: about 1,000, 3,500 and 7,000 resources.
const SIZES: [usize; 3] = [111, 389, 778];

/// Profiles to compare: the name of the column, and the lines for `Cargo.toml`.
pub(super) const PROFILES: [(&str, &str, &str); 2] = [
    ("default", "default profile", ""),
    (
        "optimized",
        "with the build-override profile of this workspace",
        "[profile.dev.build-override]\nopt-level = 1\ncodegen-units = 1\nstrip = \"debuginfo\"\n",
    ),
];

/// Rules that the unit of the other tools, which has nothing but its seven resources, would break.
const ALLOWED: &str = "alarm_missing_action, lambda_missing_reserved_concurrency, \
    sqs_dlq_missing_alarm, sqs_missing_backlog_alarm, sqs_missing_tls_policy";

/// The edit: the memory of the first function.
const EDIT: Edit = Edit {
    source: "src/stack.rs",
    texts: ["memory = 256", "memory = 257"],
    output: OUTPUT,
};

pub(super) const OUTPUT: &str = "out/main.tf.json";

const BUILD: &str = r#"#[path = "src/stack.rs"]
mod stack;

fn main() {
    webhook_infra::build::<stack::scale::Stack>().write_to("out");
}
"#;

/// Times the edit loop of each size with each profile.
pub(super) fn measure(folder: &Path, workspace: &Path, stopwatch: &Stopwatch) -> Outcome<Table> {
    let head = ["stack", "resources", "JSON"]
        .into_iter()
        .chain(PROFILES.map(|(_, column, _)| column));
    let mut table = Table::new(
        "Generated stacks: `cargo build` after an edit, wall s",
        head,
    );
    for (name, _, profile) in PROFILES {
        write_package(&folder.join(name), workspace, profile)?;
    }
    for units in SIZES {
        let mut times = Vec::new();
        for (name, ..) in PROFILES {
            let package = folder.join(name);
            write(&package.join("src/stack.rs"), &stack(units))?;
            Step::cargo("build").run(&package)?;
            let edit_loop = EditLoop {
                folder: package,
                steps: vec![Step::cargo("build")],
                edit: Some(EDIT),
            };
            times.push(edit_loop.time(stopwatch)?.to_string());
        }
        let (resources, size) = resources(&folder.join(PROFILES[0].0).join(OUTPUT))?;
        let facts = [
            format!("{units} units of queue, function and alarm"),
            resources.to_string(),
            format!("{} kB", size / 1000),
        ];
        table.row(facts.into_iter().chain(times));
    }
    Ok(table)
}

/// Writes a package without a stack, which uses the copied workspace's crates.
pub(super) fn write_package(package: &Path, workspace: &Path, profile: &str) -> Outcome<()> {
    write(&package.join("Cargo.toml"), &manifest(workspace, profile))?;
    write(&package.join("build.rs"), BUILD)?;
    write(
        &package.join("src/lib.rs"),
        "//! A stack.\n\npub mod stack;\n",
    )?;
    // The same versions, and no questions to the registry.
    copy_file(&workspace.join("Cargo.lock"), &package.join("Cargo.lock"))?;
    let toolchain = workspace.join("rust-toolchain.toml");
    if toolchain.exists() {
        copy_file(&toolchain, &package.join("rust-toolchain.toml"))?;
    }
    Ok(())
}

fn manifest(workspace: &Path, profile: &str) -> String {
    // In TOML's literal strings a backslash is a backslash.
    let webhook_infra = format!(
        "webhook-infra = {{ path = '{}' }}",
        workspace.join("crates/webhook-infra").display()
    );
    format!(
        "[package]\nname = \"generated-stack\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
         [dependencies]\n{webhook_infra}\n\n[build-dependencies]\n{webhook_infra}\n\n[workspace]\n\n{profile}"
    )
}

pub(super) fn write(file: &Path, text: &str) -> Outcome<()> {
    let write = || {
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)?;
        }
        fs::write(file, text)
    };
    write().map_err(|error| format!("cannot write {}: {error}", file.display()).into())
}

/// A stack of as many copies of the other tools' unit: a queue with its dead-letter queue, a function
/// with role, policy and log group, and an alarm.
fn stack(units: usize) -> String {
    let mut text = format!(
        "use webhook_infra::prelude::*;\n\n\
         #[stack(name = \"scale\", region = \"us-east-1\")]\n\
         #[webhook_infra::allow({ALLOWED}, reason = \"the unit is that of the other tools\")]\n\
         pub mod scale {{\n    use super::*;\n"
    );
    for unit in 0..units {
        // Writing to a string does not fail.
        let _ = write!(
            text,
            r#"
    /// What is to be done.
    #[sqs(visibility_timeout = "5m", tls_only = false, dlq(max_receives = 3, retention = "14d"))]
    pub struct Work{unit};

    /// Does it.
    #[lambda(
        arch = "arm64",
        memory = 256,
        timeout = "50s",
        log_retention = "7d",
        trigger(Work{unit}, batch_size = 10)
    )]
    pub struct Worker{unit};

    /// It is not done.
    #[alarm(Worker{unit}.errors >= 5, period = "5m")]
    pub struct Failures{unit};
"#
        );
    }
    text.push_str("}\n");
    text
}

/// How many resources are in a Terraform JSON file, and how long it is.
pub(super) fn resources(file: &Path) -> Outcome<(usize, usize)> {
    let text = fs::read_to_string(file)
        .map_err(|error| format!("cannot read {}: {error}", file.display()))?;
    let json = serde_json::from_str(&text)
        .map_err(|error| format!("{} is no JSON: {error}", file.display()))?;
    Ok((count_resources(&json), text.len()))
}

fn count_resources(json: &Value) -> usize {
    let types = json.get("resource").and_then(Value::as_object);
    types
        .into_iter()
        .flat_map(serde_json::Map::values)
        .filter_map(|resources| resources.as_object().map(serde_json::Map::len))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stack_has_as_many_units_as_were_wanted() {
        let stack = stack(3);
        assert_eq!(stack.matches("#[sqs(").count(), 3);
        assert_eq!(stack.matches("pub struct Work").count(), 6);
        assert!(stack.contains("trigger(Work2, batch_size = 10)"));
        assert!(stack.contains(EDIT.texts[0]) && !stack.contains(EDIT.texts[1]));
    }

    #[test]
    fn resources_are_counted_over_all_types() {
        let json = serde_json::json!({
            "resource": {"aws_sqs_queue": {"a": {}, "b": {}}, "aws_iam_role": {"a": {}}},
            "data": {"aws_caller_identity": {"current": {}}},
        });
        assert_eq!(count_resources(&json), 3);
        assert_eq!(count_resources(&Value::Null), 0);
    }
}
