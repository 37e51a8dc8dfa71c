//! A stranger's crate, outside of this workspace, that imports `webhook-infra` and nothing else: it
//! builds, and `build()` keeps its promises about the file it writes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The crate in a folder of its own, with a target folder that later runs find again.
struct Stranger {
    folder: PathBuf,
    target: PathBuf,
}

impl Stranger {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder =
            std::env::temp_dir().join(format!("webhook-infra-outside-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(folder.join("src")).expect("a temporary folder can be made");
        for file in ["build.rs", "src/lib.rs", "src/stack.rs"] {
            fs::copy(root.join("tests/outside").join(file), folder.join(file))
                .expect("the crate can be copied");
        }
        let library = root.join("crates/webhook-infra").display().to_string();
        let manifest = format!(
            "[package]\nname = \"outside\"\nedition = \"2024\"\n\n\
             [dependencies]\nwebhook-infra = {{ path = {library:?}, features = [\"hcl\"] }}\n\n\
             [build-dependencies]\nwebhook-infra = {{ path = {library:?}, features = [\"hcl\"] }}\n\n[workspace]\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest).expect("the manifest can be written");
        // The same versions as here, so that nothing has to be fetched.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
            .expect("the lock can be copied");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
        Self { folder, target }
    }

    fn build(&self) -> Output {
        Command::new(env!("CARGO"))
            .args(["build", "--color=never"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("cargo runs")
    }

    fn builds(&self) -> String {
        let output = self.build();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{text}");
        text
    }

    fn fails(&self) -> String {
        let output = self.build();
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success(), "the build passed: {text}");
        text
    }

    fn output(&self) -> PathBuf {
        self.folder.join("out/main.tf.json")
    }

    fn edit(&self, from: &str, to: &str) {
        let file = self.folder.join("src/stack.rs");
        let text = fs::read_to_string(&file).expect("the stack can be read");
        assert!(text.contains(from), "{from} is not in the stack");
        fs::write(&file, text.replacen(from, to, 1)).expect("the stack can be written");
    }
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_strangers_crate_builds_and_its_output_is_kept_with_care() {
    let stack = include_str!("outside/src/stack.rs");
    assert!(
        stack.lines().count() < 40,
        "the stack has to stay under 40 lines"
    );
    let stranger = Stranger::new();

    stranger.builds();
    let written = fs::read_to_string(stranger.output()).expect("the output is there");
    let json: Value = serde_json::from_str(&written).expect("the output is JSON");
    let count = |kind: &str| {
        json["resource"][kind]
            .as_object()
            .map_or(0, serde_json::Map::len)
    };
    assert_eq!(
        count("aws_sqs_queue"),
        4,
        "two queues and their dead-letter queues"
    );
    assert_eq!(count("aws_lambda_function"), 1);
    assert_eq!(count("aws_dynamodb_table"), 1);
    assert_eq!(count("aws_sns_topic"), 1);
    assert_eq!(count("aws_lambda_event_source_mapping"), 2);
    if let Ok(folder) = std::env::var("KEEP_OUTSIDE") {
        fs::create_dir_all(&folder).expect("the folder can be made");
        fs::write(Path::new(&folder).join("main.tf.json"), &written)
            .expect("the copy can be written");
    }

    let again = stranger.builds();
    assert!(
        !again.contains("Compiling outside"),
        "nothing changed, but it was built again: {again}"
    );

    fs::remove_file(stranger.output()).expect("the output can be removed");
    stranger.builds();
    assert_eq!(
        fs::read_to_string(stranger.output()).expect("it is written again"),
        written
    );

    stranger.edit("reserved = 20", "reserved = 15");
    let message = stranger.fails();
    assert!(
        message.contains("event_source_concurrency_above_reserved"),
        "{message}"
    );
    assert_eq!(
        fs::read_to_string(stranger.output()).expect("the output stays"),
        written
    );

    // A constant is known to the compiler only, so `build()` has to find this one.
    stranger.edit("reserved = 15", "reserved = super::RESERVED");
    stranger.edit("#[stack", "pub const RESERVED: u32 = 15;\n\n#[stack");
    let message = stranger.fails();
    assert!(
        message.contains("event_source_concurrency_above_reserved"),
        "{message}"
    );
    assert!(message.contains("src/stack.rs:"), "{message}");
    assert_eq!(
        fs::read_to_string(stranger.output()).expect("the output stays"),
        written
    );

    stranger.edit("RESERVED: u32 = 15", "RESERVED: u32 = 20");
    stranger.builds();
    assert_eq!(
        fs::read_to_string(stranger.output()).expect("the output is there"),
        written
    );
    a_table_keeps_its_items(&stranger, &written);
}

/// What was written is what the stack was: a new name of a struct is no reason to destroy a table.
fn a_table_keeps_its_items(stranger: &Stranger, written: &str) {
    stranger.edit("pub struct Ledger", "pub struct Journal");
    stranger.edit("PutItem<Ledger>", "PutItem<Journal>");
    let message = stranger.fails();
    let lines = message
        .lines()
        .filter_map(|line| line.strip_prefix("error: outside@0.0.0: "))
        .collect::<Vec<_>>();
    assert_eq!(
        lines,
        [
            "src/stack.rs:17:7: table `aws_dynamodb_table.ledger` is gone, and table `Journal` looks like it under a new name",
            "  why: Terraform knows a resource by its address: `terraform apply` would destroy `aws_dynamodb_table.ledger` (lost: its items), and make a new one that is empty",
            "  help: write `#[moved(from = ledger)]` on `Journal`, and `name = \"orders-ledger\"`, so that it keeps its name in AWS, which cannot be changed; if it is another table, write `#[removed(from = aws_dynamodb_table.ledger, destroy = false)] pub struct OldLedger;`, which leaves it in AWS and forgets it (`destroy = true` destroys it); if it was never applied, bring `main.tf.json` back to what was (`git restore`), or delete it if nothing was ever applied",
            "  rule: stateful_removed; to accept it, say why: `#[webhook_infra::expect(stateful_removed, reason = \"…\")]`",
        ],
        "{message}"
    );
    assert_eq!(
        fs::read_to_string(stranger.output()).expect("the output stays"),
        written
    );

    let script = stranger.folder.join("build.rs");
    let text = fs::read_to_string(&script).expect("the script can be read");
    let moved = text.replace(
        ".write_to(",
        ".add(webhook_infra::Moved::new(\"aws_dynamodb_table.ledger\", \"aws_dynamodb_table.journal\")).write_to(",
    );
    fs::write(&script, moved).expect("the script can be written");
    let message = stranger.fails();
    assert!(
        message.contains("table `Journal` cannot change its `name`: it was `\"orders-ledger\"`"),
        "{message}"
    );
    stranger.edit("#[dynamodb(", "#[dynamodb(name = \"orders-ledger\", ");
    stranger.builds();
    let after = fs::read_to_string(stranger.output()).expect("the output is there");
    assert!(
        after.contains("\"to\": \"aws_dynamodb_table.journal\""),
        "{after}"
    );

    // An edit that replaces the table is refused, too, until it is said that it may.
    let another_key = ["pub order: String", "pub number: String"];
    stranger.edit(another_key[0], another_key[1]);
    let message = stranger.fails();
    assert!(
        message.contains("table `Journal` cannot change its `hash_key`: it was `\"order\"` and is `\"number\"` now"),
        "{message}"
    );
    stranger.edit(
        "    #[dynamodb(",
        "    #[webhook_infra::expect(stateful_replaced, reason = \"nothing is in it yet\")]\n    #[dynamodb(",
    );
    stranger.builds();

    // A file that nobody can read keeps nobody from building.
    fs::write(stranger.output(), "<<<<<<< HEAD\n").expect("the output can be written");
    let message = stranger.builds();
    assert!(
        message.contains("that was there cannot be read"),
        "{message}"
    );
}
