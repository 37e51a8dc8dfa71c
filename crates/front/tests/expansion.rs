//! What `#[stack]` writes, as Rust that a person can read.
//!
//! `UPDATE=1 cargo test -p webhook-infra-front --test expansion` renews the snapshots.

use std::fs;
use std::path::Path;

fn expanded(attribute: &str, module: &str) -> String {
    let attribute = attribute.parse().expect("the attribute is made of tokens");
    let module = module.parse().expect("the module is made of tokens");
    let tokens = webhook_infra_front::expand(attribute, &module);
    let file = syn::parse2(tokens).expect("the expansion is Rust");
    prettyplease::unparse(&file)
}

#[track_caller]
fn snapshot(name: &str, attribute: &str, module: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/snapshots")
        .join(name);
    let found = expanded(attribute, module);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&file, found).expect("the snapshot can be written");
        return;
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert_eq!(found, expected, "{} is out of date", file.display());
}

const MODULE: &str = r#"
    /// What is shipped.
    pub mod orders {
        use super::*;

        pub const LONGEST: u32 = 30;

        #[sqs(visibility_timeout = "3m", dlq(max_receives = 5))]
        #[webhook_infra::allow(sqs_missing_backlog_alarm, sqs_dlq_missing_alarm, reason = "a test")]
        pub struct Orders(pub Order);

        #[serde(rename_all = "camelCase")]
        #[derive(Clone)]
        pub struct Order {
            pub order_id: String,
        }

        #[lambda(arch = "arm64", timeout = LONGEST, reserved = 5, log_retention = "7d")]
        #[webhook_infra::expect(lambda_missing_error_alarm, reason = "a test")]
        pub struct Booking {
            pub orders: SendMessage<Orders>,
        }
    }
"#;

#[test]
fn a_stack_becomes_markers_and_one_text() {
    snapshot("stack.rs", r#"name = "orders""#, MODULE);
}

#[test]
fn a_stack_with_mistakes_keeps_its_items() {
    let module = MODULE
        .replace("max_receives", "max_recieves")
        .replace("<Orders>", "<Ordres>");
    snapshot("mistakes.rs", r#"name = "orders""#, &module);
}

#[test]
fn the_documented_keys_of_language_servers_are_items() {
    let file = syn::parse2(webhook_infra_front::ide_modules()).expect("the modules are Rust");
    let text = prettyplease::unparse(&file);
    for item in [
        "pub mod sqs",
        "pub mod dlq",
        "pub struct max_receives;",
        "pub mod route",
        "pub struct r#type;",
    ] {
        assert!(text.contains(item), "{item} is missing");
    }
}
