//! A stranger's workspace of two crates: one declares stacks, the other uses what is in them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

struct Workspace {
    folder: PathBuf,
    target: PathBuf,
}

impl Workspace {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder =
            std::env::temp_dir().join(format!("webhook-infra-two-crates-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        for file in [
            "platform/src/lib.rs",
            "orders/build.rs",
            "orders/src/lib.rs",
            "orders/src/stack.rs",
        ] {
            let copy = folder.join(file);
            fs::create_dir_all(copy.parent().expect("a file is in a folder"))
                .expect("the folder can be made");
            fs::copy(root.join("tests/two_crates").join(file), copy)
                .expect("the file can be copied");
        }
        let library = root.join("crates/webhook-infra").display().to_string();
        let package = |name: &str, dependencies: &str| {
            let library = format!("webhook-infra = {{ path = {library:?} }}\n");
            format!(
                "[package]\nname = \"{name}\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\n{library}{dependencies}\n[build-dependencies]\n{library}{dependencies}"
            )
        };
        for (file, text) in [
            (
                "Cargo.toml",
                "[workspace]\nmembers = [\"platform\", \"orders\"]\nresolver = \"3\"\n".to_owned(),
            ),
            ("platform/Cargo.toml", package("platform", "")),
            (
                "orders/Cargo.toml",
                package("orders", "platform = { path = \"../platform\" }\n"),
            ),
        ] {
            fs::write(folder.join(file), text).expect("the manifest can be written");
        }
        // The same versions as here, so that nothing has to be fetched.
        fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock"))
            .expect("the lock can be copied");
        let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("outside");
        Self { folder, target }
    }

    fn build(&self) -> (bool, String) {
        let output = Command::new(env!("CARGO"))
            .args(["build", "--offline", "--color=never"])
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", &self.target)
            .output()
            .expect("cargo runs");
        let text = String::from_utf8_lossy(&output.stderr).into_owned();
        (output.status.success(), text)
    }

    fn fails(&self) -> String {
        let (passed, text) = self.build();
        assert!(!passed, "the build passed: {text}");
        text
    }

    fn edit(&self, file: &str, from: &str, to: &str) {
        let file = self.folder.join(file);
        let text = fs::read_to_string(&file).expect("the file can be read");
        assert!(text.contains(from), "{from} is not in the file");
        fs::write(&file, text.replacen(from, to, 1)).expect("the file can be written");
    }

    fn read(&self, folder: &str) -> String {
        fs::read_to_string(self.folder.join("orders").join(folder).join("main.tf.json"))
            .expect("the output is there")
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn a_crate_uses_the_stacks_of_another() {
    let workspace = Workspace::new();
    let (passed, text) = workspace.build();
    assert!(passed, "{text}");
    let written = workspace.read("out");
    let orders: Value = serde_json::from_str(&written).expect("the output is JSON");
    assert_eq!(
        orders["resource"]["aws_lambda_event_source_mapping"]["booking_events"]["event_source_arn"],
        "${aws_sqs_queue.events.arn}"
    );
    assert!(orders["resource"]["aws_sqs_queue"]["events"].is_object());
    assert_eq!(
        orders["resource"]["aws_security_group"]["group"]["vpc_id"],
        "${data.terraform_remote_state.network.outputs.vpc_id}"
    );
    assert_eq!(
        orders["data"]["terraform_remote_state"]["network"]["config"]["key"],
        "network"
    );
    assert!(workspace.read("network").contains("\"aws_vpc\""));
    if let Ok(folder) = std::env::var("KEEP_OUTSIDE") {
        for name in ["out", "network"] {
            let folder = Path::new(&folder).join(name);
            fs::create_dir_all(&folder).expect("the folder can be made");
            fs::write(folder.join("main.tf.json"), workspace.read(name))
                .expect("the copy can be written");
        }
    }

    // What is wrong in the other crate is placed in its file.
    workspace.edit(
        "platform/src/lib.rs",
        "#[alarm(Events.approximate_age_of_oldest_message >= 300, notify = Alerts)]",
        "#[alarm(namespace = \"AWS/SQS\", metric_name = \"ApproximateAgeOfOldestMessage\", statistic = \"Maximum\", \
            threshold = 300, comparison_operator = \"GreaterThanThreshold\", \
            dimensions = { \"QueueName\" = crate::QUEUE }, notify = Alerts)]",
    );
    workspace.edit(
        "platform/src/lib.rs",
        "use webhook_infra",
        "pub const QUEUE: &str = \"another\";\nuse webhook_infra",
    );
    let message = workspace.fails();
    assert!(message.contains("sqs_missing_backlog_alarm"), "{message}");
    assert!(message.contains("platform/src/lib.rs:"), "{message}");
    assert_eq!(workspace.read("out"), written, "the file stays as it was");
    workspace.edit("platform/src/lib.rs", "\"another\"", "\"shared-events\"");

    // An output that is no longer there, and one of another type.
    workspace.edit(
        "platform/src/lib.rs",
        "VpcId(pub String)",
        "NetworkId(pub String)",
    );
    let message = workspace.fails();
    assert!(message.contains("cannot find type `VpcId`"), "{message}");
    workspace.edit(
        "platform/src/lib.rs",
        "NetworkId(pub String)",
        "VpcId(pub webhook_infra::Json)",
    );
    let message = workspace.fails();
    assert!(
        message.contains("the output is of type `Json`, but the input of type `String`"),
        "{message}"
    );
    workspace.edit(
        "platform/src/lib.rs",
        "VpcId(pub webhook_infra::Json)",
        "VpcId(pub String)",
    );

    // Without the include, the help says what to write.
    workspace.edit(
        "orders/build.rs",
        ".include::<platform::shared::Stack>()",
        "",
    );
    let message = workspace.fails();
    assert!(
        message.contains("write `.include::<shared::Stack>()`"),
        "{message}"
    );
}
