//! Two documents side by side.

use proptest::prelude::*;
use serde_json::{Value as Json, json};

use super::check;
use crate::diagnostic::Diagnostic;
use crate::document::{ComponentUse, Document, Owner};
use crate::graph::Graph;
use crate::json;

fn parsed(text: &Json) -> Document<String> {
    json::parse(&text.to_string()).expect("the test's document is Terraform JSON")
}

fn found(before: &Json, now: &Json) -> Vec<Diagnostic> {
    let now = parsed(now);
    check(&parsed(before), &Graph::new(&now))
}

#[track_caller]
fn passes(before: &Json, now: &Json) {
    let found = found(before, now);
    assert!(found.is_empty(), "{found:#?}");
}

#[track_caller]
fn fires(before: &Json, now: &Json, message: &str, help: &str) {
    let found = found(before, now);
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(found[0].message.contains(message), "{}", found[0].message);
    assert!(found[0].help.contains(help), "{}", found[0].help);
    assert!(!found[0].consequence.is_empty());
}

fn queues(names: &[&str]) -> Json {
    let queues = names
        .iter()
        .map(|name| ((*name).to_owned(), json!({})))
        .collect::<serde_json::Map<_, _>>();
    json!({"resource": {"aws_sqs_queue": queues}})
}

fn with(mut document: Json, kind: &str, content: Json) -> Json {
    document[kind] = content;
    document
}

#[test]
fn a_rename_is_guessed() {
    fires(
        &queues(&["old"]),
        &queues(&["new"]),
        "queue `aws_sqs_queue.old` is gone, and queue `aws_sqs_queue.new` looks like it",
        "#[removed(from = aws_sqs_queue.old, destroy = false)] pub struct OldOld;",
    );
    let queue = |name: &str| json!({"resource": {"aws_sqs_queue": {name: {"name": name}}}});
    fires(
        &queue("old"),
        &queue("new"),
        "looks like it",
        ", and `name = \"old\"`, so that it keeps its name",
    );
    let table = |name: &str, key: &str| json!({name: {"name": "orders", "hash_key": key}});
    fires(
        &json!({"resource": {"aws_dynamodb_table": table("a", "id")}}),
        &json!({"resource": {"aws_dynamodb_table": {
            "x": {"name": "others", "hash_key": "id"},
            "y": {"name": "orders", "hash_key": "id"},
        }}}),
        "`aws_dynamodb_table.y` looks like it",
        "`.moved_from(\"a\")`",
    );
}

#[test]
fn what_is_gone_without_a_like_is_told_so() {
    let before = queues(&["old"]);
    let now = json!({"resource": {"aws_iam_role": {"r": {}}}});
    fires(
        &before,
        &now,
        "queue `aws_sqs_queue.old` is gone from the stack",
        "pub struct OldOld;",
    );
    // Two that are equally like it are no guess.
    let before = json!({"resource": {"aws_sqs_queue": {"o": {}}}});
    fires(
        &before,
        &queues(&["a", "b"]),
        "gone from the stack",
        "write `#[removed(",
    );
    assert!(
        found(&before, &now)[0]
            .consequence
            .contains("(lost: its messages)")
    );
}

#[test]
fn a_declaration_and_its_helpers_are_one_mistake() {
    let stack = |name: &str| {
        json!({"resource": {"aws_sqs_queue": {
            name: {"redrive_policy": "x"},
            format!("{name}_dlq"): {"message_retention_seconds": 1_209_600},
        }}})
    };
    let mut now = parsed(&stack("purchases"));
    let owner = now.add_owner(Owner {
        name: "Purchases".to_owned(),
        main: "aws_sqs_queue.purchases".to_owned(),
        origin: crate::Origin::UNKNOWN,
        type_: None,
        component: None,
    });
    for block in &mut now.blocks {
        block.owner = Some(owner);
    }
    let found = check(&parsed(&stack("orders")), &Graph::new(&now));
    assert_eq!(found.len(), 1, "{found:#?}");
    assert!(
        found[0]
            .help
            .starts_with("write `#[moved(from = orders)]` on `Purchases`"),
        "{}",
        found[0].help
    );
    assert!(
        found[0].consequence.contains("orders_dlq"),
        "{}",
        found[0].consequence
    );
    assert_eq!(found[0].owner, Some(owner));
}

#[test]
fn a_move_of_nothing_is_asked_about() {
    let now = with(
        queues(&["purchases", "purchases_dlq"]),
        "moved",
        json!([
            {"from": "aws_sqs_queue.order", "to": "aws_sqs_queue.purchases"},
            {"from": "aws_sqs_queue.order_dlq", "to": "aws_sqs_queue.purchases_dlq"},
        ]),
    );
    fires(
        &queues(&["orders"]),
        &now,
        "`moved` names `order`, which `main.tf.json` does not have",
        "did you mean `orders`?",
    );
    // It was moved the last time.
    passes(&queues(&["purchases", "purchases_dlq"]), &now);
    fires(
        &queues(&["purchases", "orders"]),
        &now,
        "`aws_sqs_queue.orders` is gone from the stack",
        "write `#[removed(",
    );
}

#[test]
fn a_component_is_moved_where_it_is_used() {
    let stack = |name: &str| {
        queues(&[
            &format!("{name}_jobs"),
            &format!("{name}_jobs_dlq"),
            &format!("{name}_mails"),
        ])
    };
    let mut now = parsed(&stack("post"));
    for (name, main) in [("PostJobs", "post_jobs"), ("PostMails", "post_mails")] {
        let owner = now.add_owner(Owner {
            name: name.to_owned(),
            main: format!("aws_sqs_queue.{main}"),
            origin: crate::Origin::UNKNOWN,
            type_: None,
            component: Some(ComponentUse {
                name: "Post".to_owned(),
                id: "post".to_owned(),
            }),
        });
        for block in &mut now.blocks {
            if block.labels[1].starts_with(main) {
                block.owner = Some(owner);
            }
        }
    }
    let found = check(&parsed(&stack("mail")), &Graph::new(&now));
    assert_eq!(found.len(), 1, "{found:#?}");
    let help = &found[0].help;
    assert!(
        help.starts_with("write `#[moved(from = mail)]` on `Post`"),
        "{help}"
    );
    assert!(found[0].consequence.contains("mail_mails"));
}

#[test]
fn a_declaration_that_is_gone_is_one_mistake() {
    fires(
        &queues(&["work", "work_dlq", "workshop"]),
        &queues(&["workshop"]),
        "queue `aws_sqs_queue.work` is gone from the stack",
        "`#[removed(from = [aws_sqs_queue.work, aws_sqs_queue.work_dlq], destroy = false)] pub struct OldWork;`",
    );
}

#[test]
fn moved_and_removed_are_words_enough() {
    let moved = |pairs: &[(&str, &str)]| {
        let blocks = pairs
            .iter()
            .map(|(from, to)| json!({"from": from, "to": to}))
            .collect::<Vec<_>>();
        with(queues(&["new"]), "moved", blocks.into())
    };
    let before = queues(&["old"]);
    passes(
        &before,
        &moved(&[("aws_sqs_queue.old", "aws_sqs_queue.new")]),
    );
    passes(
        &before,
        &moved(&[
            ("aws_sqs_queue.old", "aws_sqs_queue.between"),
            ("aws_sqs_queue.between", "aws_sqs_queue.new"),
        ]),
    );
    fires(
        &before,
        &moved(&[("aws_sqs_queue.old", "aws_sqs_queue.nowhere")]),
        "is gone",
        "moved_from",
    );
    passes(
        &before,
        &with(
            queues(&[]),
            "removed",
            json!([{"from": "aws_sqs_queue.old"}]),
        ),
    );
    let into_module = json!({
        "module": {"m": {"source": "./m"}},
        "moved": [{"from": "aws_sqs_queue.old", "to": "module.m.aws_sqs_queue.old"}],
    });
    passes(&before, &into_module);
    let mut without = into_module;
    without["module"] = json!({});
    assert_eq!(found(&before, &without).len(), 1);
}

#[test]
fn instances_are_told_apart() {
    let queue = |body: Json| json!({"resource": {"aws_sqs_queue": {"q": body}}});
    let single = queue(json!({}));
    let each = |keys: &[&str]| {
        let keys = keys
            .iter()
            .map(|key| ((*key).to_owned(), json!(1)))
            .collect::<serde_json::Map<_, _>>();
        queue(json!({"for_each": keys}))
    };
    passes(&single, &queue(json!({"count": 1})));
    passes(&single, &queue(json!({"count": "${var.on ? 1 : 0}"})));
    passes(&queue(json!({"count": 1})), &single);
    passes(&each(&["a"]), &each(&["a", "b"]));
    passes(&each(&["a"]), &queue(json!({"for_each": "${var.keys}"})));
    fires(
        &single,
        &each(&["a"]),
        "`aws_sqs_queue.q` has no place",
        ".add(Moved::new(\"aws_sqs_queue.q\", ",
    );
    fires(
        &each(&["a", "b"]),
        &each(&["b"]),
        "`aws_sqs_queue.q[\"a\"]` has no place",
        "Moved::new(\"aws_sqs_queue.q[\\\"a\\\"]\"",
    );
    fires(
        &queue(json!({"count": 5})),
        &queue(json!({"count": 1})),
        "`aws_sqs_queue.q[3]`, and 1 more have no place",
        "Moved",
    );
    passes(
        &single,
        &with(
            each(&["a"]),
            "moved",
            json!([{"from": "aws_sqs_queue.q", "to": "aws_sqs_queue.q[\"a\"]"}]),
        ),
    );
}

#[test]
fn a_replacement_is_told() {
    let table = |body: Json| json!({"resource": {"aws_dynamodb_table": {"t": body}}});
    let before = table(json!({"name": "orders", "hash_key": "id"}));
    passes(
        &before,
        &table(json!({"name": "orders", "hash_key": "id", "billing_mode": "PROVISIONED"})),
    );
    passes(
        &before,
        &table(json!({"name": "${var.name}", "hash_key": "id"})),
    );
    let staged = |name: &str| table(json!({"name": format!("${{var.stage}}-{name}")}));
    fires(
        &staged("orders"),
        &staged("sales"),
        "it was `\"${var.stage}-orders\"` and is `\"${var.stage}-sales\"` now",
        "again",
    );
    passes(
        &staged("orders"),
        &table(json!({"name": "${var.other}-sales"})),
    );
    passes(
        &staged("orders"),
        &table(json!({"name": "sales-${var.stage}"})),
    );
    fires(
        &before,
        &table(json!({"name": "sales", "hash_key": "id"})),
        "cannot change its `name`: it was `\"orders\"` and is `\"sales\"` now",
        "write `\"orders\"` again",
    );
    fires(
        &before,
        &table(json!({"name": "orders", "hash_key": "id", "range_key": "at"})),
        "it was none and is `\"at\"`",
        "take `range_key` out again",
    );
    let queue = |body: Json| json!({"resource": {"aws_sqs_queue": {"q": body}}});
    fires(
        &queue(json!({"fifo_queue": true})),
        &queue(json!({})),
        "it was `true` and is `false` now",
        "write `true`",
    );
    passes(&queue(json!({"fifo_queue": false})), &queue(json!({})));
    passes(
        &queue(json!({"fifo_queue": "true"})),
        &queue(json!({"fifo_queue": true})),
    );
    passes(&queue(json!({})), &queue(json!({"name": "a"})));
    // A move does not hide it.
    let moved = json!({
        "resource": {"aws_dynamodb_table": {"u": {"name": "sales", "hash_key": "id"}}},
        "moved": [{"from": "aws_dynamodb_table.t", "to": "aws_dynamodb_table.u"}],
    });
    fires(&before, &moved, "cannot change its `name`", "again");
    // The order of blocks means nothing.
    let index = |name: &str| json!({"name": name, "range_key": "at", "projection_type": "ALL"});
    passes(
        &table(json!({"local_secondary_index": [index("a"), index("b")]})),
        &table(json!({"local_secondary_index": [index("b"), index("a")]})),
    );
}

fn names() -> impl Strategy<Value = std::collections::BTreeSet<String>> {
    prop::collection::btree_set("[a-e]{1,2}", 0..6)
}

fn stack(names: &std::collections::BTreeSet<String>) -> Json {
    queues(&names.iter().map(String::as_str).collect::<Vec<_>>())
}

proptest! {
    #[test]
    fn every_queue_that_goes_is_told_and_no_other(before in names(), now in names()) {
        let told = found(&stack(&before), &stack(&now));
        prop_assert_eq!(told.len(), before.difference(&now).count());
    }

    #[test]
    fn what_is_let_go_is_not_told(before in names(), now in names()) {
        let removed = before
            .difference(&now)
            .map(|name| json!({"from": format!("aws_sqs_queue.{name}")}))
            .collect::<Vec<_>>();
        prop_assert_eq!(found(&stack(&before), &with(stack(&now), "removed", removed.into())), vec![]);
    }

    #[test]
    fn what_moves_to_something_is_not_told(names in names(), steps in 1_usize..4) {
        let moved = names
            .iter()
            .flat_map(|name| {
                (0..steps).map(move |step| json!({
                    "from": format!("aws_sqs_queue.{name}{}", "_x".repeat(step)),
                    "to": format!("aws_sqs_queue.{name}{}", "_x".repeat(step + 1)),
                }))
            })
            .collect::<Vec<_>>();
        let now = names.iter().map(|name| format!("{name}{}", "_x".repeat(steps))).collect();
        prop_assert_eq!(found(&stack(&names), &with(stack(&now), "moved", moved.into())), vec![]);
    }

    #[test]
    fn a_stack_is_no_change_of_itself(names in names()) {
        prop_assert_eq!(found(&stack(&names), &stack(&names)), vec![]);
    }

    #[test]
    fn no_address_makes_it_panic(from in any::<String>(), to in any::<String>()) {
        let moved = with(queues(&["a"]), "moved", json!([{"from": from, "to": to}]));
        let _ = found(&queues(&["b"]), &moved);
    }
}
