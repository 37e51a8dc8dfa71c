//! Render and parse are inverses, whatever is in the graph.

use proptest::prelude::*;

use super::{parse, render};
use crate::document::{Block, BlockKind, Document};
use crate::expression;
use crate::value::{BinaryOperator, For, Key, Number, Object, Part, Reference, Step, Target};
use crate::{Value, ValueKind};

/// Text with everything in it that has a meaning somewhere on the way.
fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(
        prop_oneof![
            Just("${".to_owned()),
            Just("$${".to_owned()),
            Just("%{".to_owned()),
            Just("}".to_owned()),
            Just("\"".to_owned()),
            Just("\\".to_owned()),
            Just("\n".to_owned()),
            Just("//".to_owned()),
            "[a-z$%{}. ]{0,4}",
            any::<char>().prop_map(String::from),
        ],
        0..6,
    )
    .prop_map(|parts| parts.concat())
}

fn name() -> impl Strategy<Value = String> {
    "[a-z_][a-z0-9_]{0,6}".prop_filter("keywords", |name| {
        ![
            "true",
            "false",
            "null",
            "for",
            "var",
            "local",
            "module",
            "data",
            "ephemeral",
            "each",
            "count",
            "self",
            "path",
            "terraform",
            "provider",
            "in",
            "if",
        ]
        .contains(&name.as_str())
    })
}

fn literal() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(ValueKind::Null.into()),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(|n| ValueKind::Number(n.into()).into()),
        (-1e6..1e6f64).prop_filter_map("finite", |n| {
            Number::from_f64(n).map(|n| ValueKind::Number(n).into())
        }),
        text().prop_map(Value::from),
    ]
}

fn reference() -> impl Strategy<Value = Value> {
    let target = prop_oneof![
        (name(), name()).prop_map(|(a, b)| Target::Resource(a, b)),
        (name(), name()).prop_map(|(a, b)| Target::Data(a, b)),
        name().prop_map(Target::Variable),
        name().prop_map(Target::Local),
    ];
    let step = prop_oneof![
        name().prop_map(Step::Attribute),
        (0..9u64).prop_map(|n| Step::Index(n.into())),
        text().prop_map(|key| Step::Index(key.into())),
        Just(Step::Splat),
    ];
    (target, name(), prop::collection::vec(step, 0..3)).prop_map(|(target, first, rest)| {
        let path = [Step::Attribute(first)].into_iter().chain(rest).collect();
        Reference { target, path }.into()
    })
}

/// A function's name: Terraform's own, or a provider's.
fn function() -> impl Strategy<Value = String> {
    prop_oneof![
        name(),
        (name(), name()).prop_map(|(provider, name)| format!("provider::{provider}::{name}")),
    ]
}

/// A step on something that is no reference.
fn step(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Step> {
    prop_oneof![
        name().prop_map(Step::Attribute),
        value.prop_map(Step::Index),
        Just(Step::Splat),
        Just(Step::AttributeSplat),
    ]
}

/// `for`, whose names stand in its result and in its condition.
fn for_expression(value: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Value> {
    let bound = |name: &str, attribute: Option<String>| -> Value {
        Reference {
            target: Target::Scoped(name.to_owned()),
            path: attribute.into_iter().map(Step::Attribute).collect(),
        }
        .into()
    };
    (
        prop::option::of(Just("k".to_owned())),
        value.clone(),
        prop::option::of(any::<bool>()),
        prop::option::of(name()),
        prop::option::of(value),
    )
        .prop_map(move |(key, collection, grouped, attribute, condition)| {
            ValueKind::For(Box::new(For {
                result_key: grouped.map(|_| bound("v", None)),
                result: bound(if key.is_some() { "k" } else { "v" }, attribute),
                grouped: grouped.unwrap_or_default(),
                item: "v".to_owned(),
                key,
                collection,
                condition,
            }))
            .into()
        })
}

/// An object with keys that are expressions.
fn computed_keys(value: impl Strategy<Value = Value> + Clone) -> impl Strategy<Value = Object> {
    prop::collection::vec((reference(), text(), value), 1..3).prop_map(|entries| {
        let mut object = Object::new();
        for (key, behind, value) in entries {
            let parts = vec![Part::Interpolation(key), Part::Text(behind)];
            object.set(expression::key(Value::template(parts)), value);
        }
        object
    })
}

fn expression() -> impl Strategy<Value = Value> {
    prop_oneof![literal(), reference()].prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            (
                function(),
                prop::collection::vec(inner.clone(), 0..3),
                any::<bool>()
            )
                .prop_map(|(function, arguments, spread)| {
                    ValueKind::Call {
                        function,
                        spread: spread && !arguments.is_empty(),
                        arguments,
                    }
                    .into()
                }),
            (
                function(),
                inner.clone(),
                prop::collection::vec(step(inner.clone()), 1..3)
            )
                .prop_map(|(function, argument, steps)| {
                    let call = ValueKind::Call {
                        function,
                        arguments: vec![argument],
                        spread: false,
                    };
                    ValueKind::Access(Box::new(call.into()), steps).into()
                }),
            for_expression(inner.clone()),
            computed_keys(inner.clone()).prop_map(Value::from),
            inner
                .clone()
                .prop_map(|operand| ValueKind::Unary('!', Box::new(operand)).into()),
            prop::collection::vec(
                prop_oneof![
                    text().prop_map(Part::Text),
                    inner.clone().prop_map(Part::Interpolation)
                ],
                1..4,
            )
            .prop_map(Value::template),
            (0..13usize, inner.clone(), inner.clone()).prop_map(|(operator, left, right)| {
                let operator = BinaryOperator::ALL[operator];
                ValueKind::Binary(operator, Box::new(left), Box::new(right)).into()
            }),
            (inner.clone(), inner.clone(), inner.clone())
                .prop_map(|(a, b, c)| ValueKind::Conditional(Box::new([a, b, c])).into()),
            prop::collection::vec(inner.clone(), 0..3).prop_map(Value::from),
            object(inner).prop_map(Value::from),
        ]
    })
}

fn object(value: impl Strategy<Value = Value>) -> impl Strategy<Value = Object> {
    prop::collection::vec((text(), value), 0..4).prop_map(|entries| {
        let mut object = Object::new();
        for (name, value) in entries {
            object.set(Key::from(name), value);
        }
        object
    })
}

/// Texts and references in turn.
fn parts() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(
        prop_oneof![
            text().prop_map(Part::Text),
            reference().prop_map(Part::Interpolation)
        ],
        2..6,
    )
}

fn template() -> impl Strategy<Value = Value> {
    prop::collection::vec(
        prop_oneof![
            text().prop_map(Part::Text),
            expression().prop_map(Part::Interpolation)
        ],
        1..4,
    )
    .prop_map(Value::template)
}

fn document() -> impl Strategy<Value = Document<String>> {
    let argument = prop_oneof![literal(), reference(), expression(), template()];
    let block = (
        prop_oneof![
            Just(BlockKind::Resource),
            Just(BlockKind::Data),
            Just(BlockKind::Variable),
            Just(BlockKind::Output),
            Just(BlockKind::Locals),
            Just(BlockKind::Provider),
        ],
        name(),
        name(),
        prop::collection::vec((name(), argument), 1..4),
    )
        .prop_map(|(kind, first, second, arguments)| {
            let labels = [first.as_str(), second.as_str()];
            let mut block = Block::new(kind, &labels[..kind.label_count()]);
            for (name, value) in arguments {
                let name = match kind {
                    BlockKind::Locals => "value".to_owned(),
                    _ => name,
                };
                block.body.set(name, value);
            }
            block
        });
    prop::collection::vec(block, 0..5).prop_map(|blocks| {
        let mut document = Document::new();
        for block in blocks {
            let seen = |other: &Block| (other.kind, &other.labels) == (block.kind, &block.labels);
            if block.kind.is_repeatable() || !document.blocks.iter().any(seen) {
                document.blocks.push(block);
            }
        }
        document
    })
}

proptest! {
    #[test]
    fn rendering_what_was_parsed_gives_the_same_bytes(document in document()) {
        let first = render(&document);
        let parsed = parse(&first).expect("what we render parses");
        prop_assert_eq!(&render(&parsed), &first);
        let again = parse(&first).expect("what we render parses");
        prop_assert_eq!(again.blocks, parsed.blocks);
    }

    #[test]
    fn an_expression_that_is_parsed_renders_the_same(value in expression()) {
        let first = expression::render(&value);
        let parsed = expression::parse(&first).expect("what we render parses");
        prop_assert_eq!(expression::render(&parsed), first);
    }

    #[test]
    fn a_template_keeps_its_texts_and_values(parts in parts()) {
        let value = Value::template(parts);
        let ValueKind::Template(parts) = &value.kind else {
            return Ok(());
        };
        let source = expression::render_template(parts);
        prop_assert_eq!(expression::parse_template(&source), value.clone());
        prop_assert_eq!(expression::parse(&expression::render(&value)), Ok(value));
    }

    #[test]
    fn scanning_never_panics(text in any::<String>(), template in any::<bool>()) {
        let _ = expression::scan(&text, template);
        let _ = expression::is_balanced(&text);
    }

    #[test]
    fn literal_text_is_never_evaluated(text in text()) {
        let mut document = Document::<String>::new();
        let mut block = Block::resource("aws_sqs_queue", "events");
        block.body.set("name", text.as_str());
        block.body.set("tags", Object::new().with(text.as_str(), text.as_str()));
        document.blocks.push(block);
        let parsed = parse(&render(&document)).expect("what we render parses");
        prop_assert_eq!(parsed.blocks[0].body.get("name").and_then(Value::as_str), Some(text.as_str()));
        let tags = parsed.blocks[0].body.get("tags").and_then(Value::as_object).expect("tags");
        prop_assert_eq!(tags.get(&text).and_then(Value::as_str), Some(text.as_str()));
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in any::<String>()) {
        let _ = parse(&text);
        let _ = crate::expression::parse(&text);
        let _ = crate::expression::parse_template(&text);
    }
}

#[test]
fn an_address_is_never_an_expression() {
    let mut document = Document::<String>::new();
    let mut block = Block::resource("aws_sqs_queue", "events");
    let other: Value = Reference {
        target: Target::Resource("aws_sqs_queue".into(), "other".into()),
        path: vec![],
    }
    .into();
    block.body.set("depends_on", vec![other.clone()]);
    block.body.set(
        "lifecycle",
        Value::from(vec![
            Object::new()
                .with("replace_triggered_by", vec![other.clone()])
                .with("ignore_changes", vec!["tags".into()])
                .into(),
        ]),
    );
    block.body.set("name", other);
    document.blocks.push(block);
    let json = render(&document);
    assert!(json.contains(r#""depends_on": ["#), "{json}");
    assert_eq!(
        json.matches(r#""aws_sqs_queue.other""#).count(),
        2,
        "{json}"
    );
    assert_eq!(
        json.matches(r#""${aws_sqs_queue.other}""#).count(),
        1,
        "{json}"
    );
}

#[test]
fn a_default_keeps_its_text() {
    let json = "{\n  \"variable\": {\n    \"a\": {\n      \"default\": \"${x}\",\n      \"type\": \"string\"\n    }\n  }\n}\n";
    let document = parse(json).unwrap();
    assert_eq!(
        document.blocks[0].body.get("default").unwrap().as_str(),
        Some("${x}")
    );
    assert_eq!(render(&document), json);
}

#[test]
fn the_order_is_the_documented_one() {
    let json = r#"{"resource":{"a_b":{"y":{"depends_on":["a_b.x"],"zeta":1,"alpha":1.0,"lifecycle":[{}],"count":2,"//":"why"}}},"terraform":{"required_version":">= 1.5"}}"#;
    let rendered = render(&parse(json).unwrap());
    let place = |text: &str| {
        rendered
            .find(text)
            .unwrap_or_else(|| panic!("{text} in {rendered}"))
    };
    let order = [
        "terraform",
        "\"//\"",
        "count",
        "alpha",
        "zeta",
        "lifecycle",
        "depends_on",
    ];
    assert!(
        order.windows(2).all(|pair| place(pair[0]) < place(pair[1])),
        "{rendered}"
    );
    assert!(rendered.contains("\"alpha\": 1,"));
}
