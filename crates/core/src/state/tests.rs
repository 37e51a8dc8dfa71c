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

#[test]
fn a_region_is_kept() {
    let stack = |table: Json, regions: &[(&str, &str)]| {
        let providers = regions
            .iter()
            .map(|(alias, region)| match *alias {
                "" => json!({"region": region}),
                alias => json!({"alias": alias, "region": region}),
            })
            .collect::<Vec<_>>();
        json!({"provider": {"aws": providers}, "resource": {"aws_dynamodb_table": {"t": table}}})
    };
    let home = [("", "eu-west-1"), ("x", "us-east-1")];
    let plain = stack(json!({}), &home);
    let there = stack(json!({"provider": "aws.x"}), &home);
    fires(
        &plain,
        &stack(json!({}), &[("", "eu-west-3"), ("x", "us-east-1")]),
        "the region of the provider `aws` was `\"eu-west-1\"` and is `\"eu-west-3\"` now",
        "or `region = \"eu-west-1\"` in each of them",
    );
    fires(
        &there,
        &stack(
            json!({"provider": "aws.x"}),
            &[("", "eu-west-1"), ("x", "us-east-2")],
        ),
        "the region of the provider `aws.x`",
        "write `\"us-east-1\"` again",
    );
    for (before, now) in [(&plain, &there), (&there, &plain)] {
        fires(
            before,
            now,
            "table `aws_dynamodb_table.t` cannot change its region",
            "write `region = ",
        );
    }
    let elsewhere = stack(json!({"region": "us-east-1"}), &home);
    fires(
        &plain,
        &elsewhere,
        "it was `\"eu-west-1\"` and is `\"us-east-1\"` now",
        "stays where it is",
    );
    fires(
        &elsewhere,
        &plain,
        "cannot change its region",
        "write `region = \"us-east-1\"` in it",
    );
    // The same region by another way.
    passes(&there, &elsewhere);
    passes(&elsewhere, &there);
    passes(
        &plain,
        &stack(json!({"region": "eu-west-1"}), &[("", "eu-west-3")]),
    );
    // What is not known is innocent.
    passes(&plain, &stack(json!({}), &[("", "${var.region}")]));
    passes(&plain, &stack(json!({}), &[]));
    passes(&stack(json!({}), &[]), &elsewhere);
    passes(
        &stack(json!({}), &[("", "${var.region}")]),
        &stack(json!({}), &[("", "${var.region}")]),
    );
    // A hosted zone has no region.
    let zone = |region: &str| json!({"provider": {"aws": {"region": region}}, "resource": {"aws_route53_zone": {"z": {"name": "example.com"}}}});
    passes(&zone("eu-west-1"), &zone("eu-west-3"));
    // One token is one mistake, however many go by it.
    let queues = |region: &str| {
        with(
            queues(&["a", "b"]),
            "provider",
            json!({"aws": {"region": region}}),
        )
    };
    fires(
        &queues("eu-west-1"),
        &queues("eu-west-3"),
        "the region of the provider",
        "again",
    );
}

#[test]
fn a_module_does_not_go_without_a_word() {
    let modules = |names: &[&str]| {
        let modules = names
            .iter()
            .map(|name| ((*name).to_owned(), json!({"source": "./shop"})))
            .collect::<serde_json::Map<_, _>>();
        json!({"module": modules})
    };
    let before = modules(&["shop"]);
    passes(&before, &modules(&["shop", "other"]));
    fires(
        &before,
        &modules(&[]),
        "module `module.shop` is gone from the stack",
        "`#[removed(from = module.shop, destroy = false)] pub struct OldShop;`",
    );
    fires(
        &before,
        &modules(&["store"]),
        "module `module.shop` is gone, and `module.store` looks like it",
        ".add(Moved::new(\"module.shop\", \"module.store\"))",
    );
    fires(
        &before,
        &json!({"module": {"store": {"source": "./warehouse"}}}),
        "is gone from the stack",
        "#[removed(",
    );
    let moved = json!([{"from": "module.shop", "to": "module.store"}]);
    passes(&before, &with(modules(&["store"]), "moved", moved.clone()));
    fires(
        &before,
        &with(modules(&[]), "moved", moved),
        "is gone from the stack",
        "#[removed(",
    );
    let removed = json!([{"from": "module.shop"}]);
    passes(&before, &with(modules(&[]), "removed", removed));
    // Who moves a part of it has seen the rest.
    let out = with(
        queues(&["q"]),
        "moved",
        json!([{"from": "module.shop.aws_sqs_queue.q", "to": "aws_sqs_queue.q"}]),
    );
    passes(&before, &out);
}

#[test]
fn instances_of_modules_are_told_apart() {
    let each = |keys: &[&str]| json!({"module": {"m": {"source": "./m", "for_each": format!("${{toset({})}}", json!(keys))}}});
    passes(&each(&["a"]), &each(&["a", "b"]));
    fires(
        &each(&["a", "b"]),
        &each(&["b"]),
        "`module.m[\"a\"]` has no place",
        "Moved::new(\"module.m[\\\"a\\\"]\"",
    );
    let single = json!({"module": {"m": {"source": "./m"}}});
    fires(&single, &each(&["a"]), "`module.m` has no place", "Moved");
    passes(
        &single,
        &with(
            each(&["a"]),
            "moved",
            json!([{"from": "module.m", "to": "module.m[\"a\"]"}]),
        ),
    );
    // Into an instance that there is, and one that there is not.
    let into = |key: &str| {
        with(
            each(&["a"]),
            "moved",
            json!([{"from": "aws_sqs_queue.q", "to": format!("module.m[{key:?}].aws_sqs_queue.q")}]),
        )
    };
    passes(&queues(&["q"]), &into("a"));
    assert_eq!(found(&queues(&["q"]), &into("b")).len(), 1);
}

#[test]
fn instances_that_are_not_known_do_not_change_their_kind() {
    let queue = |body: Json| json!({"resource": {"aws_sqs_queue": {"q": body}}});
    let each = queue(json!({"for_each": "${var.keys}"}));
    let count = queue(json!({"count": "${var.count}"}));
    let known = queue(json!({"for_each": {"a": 1}}));
    let single = queue(json!({}));
    let told = |before: &Json, now: &Json| {
        fires(
            before,
            now,
            "`aws_sqs_queue.q[…]` has no place",
            "Moved::new",
        );
    };
    told(&each, &single);
    told(&each, &count);
    told(&each, &queue(json!({"count": 2})));
    told(&each, &queue(json!({"for_each": {}})));
    told(&count, &each);
    told(&count, &known);
    told(&count, &queue(json!({"count": 0})));
    fires(&single, &each, "`aws_sqs_queue.q` has no place", "Moved");
    fires(
        &queue(json!({"count": 1})),
        &each,
        "`aws_sqs_queue.q[0]` has no place",
        "Moved",
    );
    fires(
        &known,
        &count,
        "`aws_sqs_queue.q[\"a\"]` has no place",
        "Moved",
    );
    passes(&each, &known);
    passes(&each, &queue(json!({"for_each": "${var.others}"})));
    passes(&count, &single);
    passes(&count, &queue(json!({"count": 1})));
    passes(&count, &queue(json!({"count": "${var.others}"})));
    // A move of the whole changes nothing of that, and one of an instance shows that somebody has looked.
    let moved = |body: Json, from: &str, to: &str| {
        let now = json!({"resource": {"aws_sqs_queue": {"r": body}}});
        with(now, "moved", json!([{"from": from, "to": to}]))
    };
    let (q, r) = ("aws_sqs_queue.q", "aws_sqs_queue.r");
    passes(&each, &moved(json!({"for_each": "${var.keys}"}), q, r));
    told(&each, &moved(json!({}), q, r));
    passes(&each, &moved(json!({}), "aws_sqs_queue.q[\"a\"]", r));
    passes(&each, &with(json!({}), "removed", json!([{"from": q}])));
}

#[test]
fn local_values_are_looked_through() {
    let table = |name: &str, locals: Json| json!({"locals": locals, "resource": {"aws_dynamodb_table": {"t": {"name": name}}}});
    let before = table("orders", json!({}));
    let is_sales = "it was `\"orders\"` and is `\"sales\"` now";
    passes(&before, &table("${local.name}", json!({"name": "orders"})));
    fires(
        &before,
        &table("${local.name}", json!({"name": "sales"})),
        is_sales,
        "again",
    );
    fires(
        &table("${local.name}", json!({"name": "orders"})),
        &table(
            "${local.names.t}",
            json!({"kind": "sal", "names": {"t": "${local.kind}es", "u": "${var.u}"}}),
        ),
        is_sales,
        "again",
    );
    fires(
        &table("${var.stage}-orders", json!({})),
        &table("${local.name}", json!({"name": "${var.stage}-sales"})),
        "and is `\"${var.stage}-sales\"` now",
        "again",
    );
    passes(
        &table("${local.n}", json!({"n": "a${local.m}", "m": 1})),
        &table("a1", json!({})),
    );
    // What is not known is innocent, and what is made of itself is not known.
    passes(&before, &table("${local.name}", json!({})));
    passes(
        &before,
        &table("${local.a}", json!({"a": "${local.b}", "b": "x${local.a}"})),
    );
    let instances = |body: Json, locals: Json| json!({"locals": locals, "resource": {"aws_sqs_queue": {"q": body}}});
    fires(
        &instances(
            json!({"for_each": "${toset(local.keys)}"}),
            json!({"keys": ["a", "b"]}),
        ),
        &instances(
            json!({"for_each": "${local.keys}"}),
            json!({"keys": "${toset([\"b\"])}"}),
        ),
        "`aws_sqs_queue.q[\"a\"]` has no place",
        "Moved",
    );
    fires(
        &instances(json!({"count": "${local.on ? 1 : 0}"}), json!({"on": true})),
        &instances(
            json!({"count": "${local.on ? 1 : 0}"}),
            json!({"on": false}),
        ),
        "`aws_sqs_queue.q[0]` has no place",
        "Moved",
    );
    fires(
        &instances(
            json!({"count": "${length(local.all)}"}),
            json!({"all": ["a", "b"]}),
        ),
        &instances(
            json!({"count": "${length(local.all)}"}),
            json!({"all": ["a"]}),
        ),
        "`aws_sqs_queue.q[1]` has no place",
        "Moved",
    );
    let region = |region: &str| {
        let provider = json!({"aws": {"region": "${local.region}"}});
        with(table("t", json!({"region": region})), "provider", provider)
    };
    fires(
        &region("eu-west-1"),
        &region("eu-west-3"),
        "the region of the provider",
        "again",
    );
}

#[test]
fn a_default_is_compared_with_that_of_the_same_variable() {
    let table = |name: &str, variable: &str, default: Json| json!({"variable": {variable: default}, "resource": {"aws_dynamodb_table": {"t": {"name": name}}}});
    let of = |default: &str| table("${var.name}", "name", json!({"default": default}));
    passes(&of("orders"), &of("orders"));
    fires(
        &of("orders"),
        &of("sales"),
        "it was `\"orders\"` and is `\"sales\"` now",
        "again",
    );
    passes(
        &of("orders"),
        &table("${var.other}", "other", json!({"default": "sales"})),
    );
    passes(&table("orders", "other", json!({})), &of("sales"));
    passes(&of("orders"), &table("${var.name}", "name", json!({})));
    let secret = |default: &str| {
        table(
            "${var.name}",
            "name",
            json!({"default": default, "sensitive": true}),
        )
    };
    passes(&secret("orders"), &secret("sales"));
}

#[test]
fn local_values_that_grow_are_given_up() {
    let mut locals = serde_json::Map::new();
    locals.insert("x0".to_owned(), json!(["a", "a"]));
    for n in 1..200 {
        let last = format!("${{local.x{}}}", n - 1);
        locals.insert(format!("x{n}"), json!([last, last]));
    }
    let stack = |key: &str| json!({"locals": locals, "resource": {"aws_sqs_queue": {"q": {"for_each": format!("${{local.{key}}}")}}}});
    passes(&stack("x199"), &stack("x198"));
}

#[test]
fn a_name_and_its_prefix_are_one_argument() {
    let bucket = |argument: &str, text: &str| json!({"resource": {"aws_s3_bucket": {"b": {argument: text}}}});
    fires(
        &bucket("bucket", "logs"),
        &bucket("bucket_prefix", "data-"),
        "cannot change its name: it had `bucket = \"logs\"` and has `bucket_prefix = \"data-\"` now",
        "write `bucket = \"logs\"` again",
    );
    fires(
        &bucket("bucket_prefix", "logs-"),
        &bucket("bucket", "data"),
        "it had `bucket_prefix = \"logs-\"` and has `bucket = \"data\"` now",
        "write `bucket_prefix = \"logs-\"` again",
    );
    passes(
        &bucket("bucket", "logs-1"),
        &bucket("bucket_prefix", "logs-"),
    );
    passes(
        &bucket("bucket_prefix", "logs-"),
        &bucket("bucket", "logs-1"),
    );
    passes(
        &bucket("bucket", "logs"),
        &bucket("bucket_prefix", "${var.prefix}"),
    );
    fires(
        &bucket("bucket_prefix", "logs-"),
        &bucket("bucket_prefix", "data-"),
        "cannot change its `bucket_prefix`",
        "again",
    );
    let queue = |argument: &str, text: &str| json!({"resource": {"aws_sqs_queue": {"q": {argument: text}}}});
    fires(
        &queue("name", "work"),
        &queue("name_prefix", "job-"),
        "cannot change its name",
        "again",
    );
}

#[test]
fn names_and_ids_of_every_type_are_compared() {
    for (type_name, argument) in [
        ("aws_elasticache_cluster", "cluster_id"),
        ("aws_fsx_ontap_volume", "name"),
        ("aws_keyspaces_keyspace", "name"),
        ("aws_memorydb_cluster", "name"),
        ("aws_mq_broker", "broker_name"),
        ("aws_elasticsearch_domain", "domain_name"),
        ("aws_timestreamwrite_database", "database_name"),
    ] {
        let stack = |name: &str| json!({"resource": {type_name: {"x": {argument: name}}}});
        fires(
            &stack("a"),
            &stack("b"),
            &format!("cannot change its `{argument}`"),
            "again",
        );
    }
}

#[test]
fn what_a_database_was_restored_from_can_be_taken_out() {
    let database = |body: Json| json!({"resource": {"aws_db_instance": {"d": body}}});
    let restored = database(json!({"snapshot_identifier": "a"}));
    fires(
        &database(json!({})),
        &restored,
        "cannot change its `snapshot_identifier`: it was none and is `\"a\"` now",
        "take `snapshot_identifier` out again",
    );
    fires(
        &restored,
        &database(json!({"snapshot_identifier": "b"})),
        "it was `\"a\"`",
        "again",
    );
    passes(&restored, &database(json!({})));
}

#[test]
fn the_move_of_an_instance_is_followed() {
    let tables = |tables: Json| json!({"resource": {"aws_dynamodb_table": tables}});
    let before = tables(json!({"a": {"for_each": {"k": 1, "l": 1}, "name": "orders-${each.key}"}}));
    let after = |name: &str, key: &str| {
        let rest = json!({"for_each": {"l": 1}, "name": "orders-${each.key}"});
        with(
            tables(json!({"a": rest, "b": {"name": name}})),
            "moved",
            json!([{"from": format!("aws_dynamodb_table.a[{key}]"), "to": "aws_dynamodb_table.b"}]),
        )
    };
    passes(&before, &after("orders-k", "\"k\""));
    fires(
        &before,
        &after("sales", "\"k\""),
        "table `aws_dynamodb_table.b` cannot change its `name`: it was `\"orders-k\"` and is `\"sales\"` now",
        "write `\"orders-k\"` again",
    );
    assert!(
        found(&before, &after("sales", "\"k\""))[0]
            .consequence
            .contains("`aws_dynamodb_table.a[\"k\"]`")
    );
    // The keys need not be known for that.
    let unknown = tables(json!({"a": {"for_each": "${var.keys}", "name": "orders-${each.key}"}}));
    let mut now = after("sales", "\"k\"");
    now["resource"]["aws_dynamodb_table"]["a"]["for_each"] = "${var.keys}".into();
    fires(&unknown, &now, "it was `\"orders-k\"`", "again");
    now["resource"]["aws_dynamodb_table"]["b"]["name"] = "orders-k".into();
    passes(&unknown, &now);
    // From one to one of many.
    let one = tables(json!({"a": {"name": "orders"}}));
    let into = |name: &str| {
        with(
            tables(json!({"a": {"for_each": {"k": "orders"}, "name": name}})),
            "moved",
            json!([{"from": "aws_dynamodb_table.a", "to": "aws_dynamodb_table.a[\"k\"]"}]),
        )
    };
    passes(&one, &into("${each.value}"));
    fires(
        &one,
        &into("${each.key}"),
        "it was `\"orders\"` and is `\"k\"` now",
        "again",
    );
}

#[test]
fn what_an_instance_gets_from_its_key_is_compared() {
    let table = |each: Json, name: &str| json!({"resource": {"aws_dynamodb_table": {"t": {"for_each": each, "name": name}}}});
    let before = table(json!({"a": "orders", "b": "sales"}), "${each.value}");
    passes(
        &before,
        &table(
            json!({"a": {"n": "orders"}, "b": {"n": "sales"}}),
            "${each.value.n}",
        ),
    );
    fires(
        &before,
        &table(json!({"a": "others", "b": "sales"}), "${each.value}"),
        "it was `\"orders\"` and is `\"others\"` now",
        "again",
    );
    // One argument for both is one mistake.
    fires(
        &before,
        &table(json!({"a": "x", "b": "y"}), "${each.value}"),
        "cannot change its `name`",
        "again",
    );
    let queue =
        |name: &str| json!({"resource": {"aws_sqs_queue": {"q": {"count": 2, "name": name}}}});
    passes(&queue("q${count.index}"), &queue("q${count.index}"));
    fires(
        &queue("q${count.index}"),
        &queue("r${count.index}"),
        "it was `\"q0\"` and is `\"r0\"` now",
        "again",
    );
    let region = |region: &str| json!({"resource": {"aws_sqs_queue": {"q": {"for_each": {"a": region, "b": region}, "region": "${each.value}"}}}});
    fires(
        &region("eu-west-1"),
        &region("eu-west-3"),
        "cannot change its region",
        "stays where it is",
    );
}

#[test]
fn what_is_only_forgotten_is_not_lost() {
    let group = |body: Json| json!({"resource": {"aws_cloudwatch_log_group": {"g": body}}});
    let kept = group(json!({"name": "a", "skip_destroy": true}));
    passes(&kept, &json!({}));
    passes(&kept, &group(json!({"name": "b"})));
    let lost = group(json!({"name": "a", "skip_destroy": false}));
    fires(&lost, &json!({}), "is gone from the stack", "#[removed(");
    // What is applied together with the loss comes too late.
    fires(
        &lost,
        &group(json!({"name": "b", "skip_destroy": true})),
        "cannot change its `name`",
        "again",
    );
    // It is known all the same: nothing else has become it.
    let two = json!({"resource": {"aws_cloudwatch_log_group": {
        "g": {"name": "a", "skip_destroy": true},
        "h": {"name": "h"},
    }}});
    fires(
        &two,
        &kept,
        "`aws_cloudwatch_log_group.h` is gone from the stack",
        "#[removed(",
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
    fn every_module_that_goes_is_told_and_no_other(before in names(), now in names()) {
        let modules = |names: &std::collections::BTreeSet<String>| {
            let modules = names
                .iter()
                .map(|name| (name.clone(), json!({"source": "./m"})))
                .collect::<serde_json::Map<_, _>>();
            json!({"module": modules})
        };
        let told = found(&modules(&before), &modules(&now));
        prop_assert_eq!(told.len(), before.difference(&now).count());
    }

    #[test]
    fn a_local_value_is_what_it_stands_for(
        keys in (names(), names()),
        name in ("[ab]", "[ab]"),
        count in (0_u64..4, 0_u64..4),
        is_local in (any::<bool>(), any::<bool>()),
    ) {
        let stack = |keys: &std::collections::BTreeSet<String>, name: &str, count: u64, is_local: bool| {
            let each = format!("${{toset({})}}", json!(keys));
            let values = json!({"each": each, "name": name, "count": count});
            let [each, name, count] = ["each", "name", "count"].map(|key| {
                if is_local { format!("${{local.{key}}}").into() } else { values[key].clone() }
            });
            let resources = json!({
                "aws_sqs_queue": {"e": {"for_each": each}, "c": {"count": count}},
                "aws_dynamodb_table": {"t": {"name": name}},
            });
            if is_local {
                json!({"locals": values, "resource": resources})
            } else {
                json!({"resource": resources})
            }
        };
        let told = |first: bool, second: bool| {
            let before = stack(&keys.0, &name.0, count.0, first);
            let now = stack(&keys.1, &name.1, count.1, second);
            found(&before, &now).into_iter().map(|it| it.message).collect::<Vec<_>>()
        };
        prop_assert_eq!(told(is_local.0, is_local.1), told(false, false));
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
