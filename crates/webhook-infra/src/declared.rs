//! What `#[stack]` tells about each struct, so that other modules and crates can refer to it by path.
//!
//! A macro sees its own module only. So the expansion of the other stack says in a constant what each
//! struct stands for; `shared::Events.arn` leaves a hole in this stack's document, and the compiler fills
//! it from that constant.

// All but the traits is between the macro and this crate.
#![allow(missing_docs)]

use std::marker::PhantomData;

use webhook_infra_core::value::{Address, Part};
use webhook_infra_core::{Object, Value, ValueKind, expression};

use crate::constant::Constant;
use crate::text::{Text, equal, lines_contain, nearest_line};

/// A struct that `#[stack]` has made something of Terraform's.
#[diagnostic::on_unimplemented(
    message = "no stack declares `{Self}`",
    label = "this has to be a struct with the attribute of a construct",
    note = "constructs such as `#[sqs]` and `#[resource]` stand on structs in a module with `#[stack(…)]`; what an `#[output]` shows is read by an `#[input]`"
)]
pub trait Declared {
    /// What the struct stands for.
    #[doc(hidden)]
    const DECLARATION: Declaration;

    /// The address in Terraform, such as `aws_sqs_queue.events`.
    const ADDRESS: &'static str = Self::DECLARATION.address;

    #[doc(hidden)]
    const CHECKED: () = ();
}

/// A struct whose name is a value by itself: a variable or a local value.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a value by itself",
    label = "write one of its attributes, such as `….arn`",
    note = "only the structs of `#[variable]` and `#[local]` are values by themselves; an `#[output]` of a stack with a directory of its own is read by an `#[input]`"
)]
pub trait NamedValue: Declared {
    #[doc(hidden)]
    const CHECKED: () = ();
}

#[derive(Clone, Copy)]
pub struct Declaration {
    pub address: &'static str,
    pub kind: &'static Kind,
    pub parts: &'static [Helper],
    /// The key that encrypts it, as an expression; empty when it is no key of the stack's.
    pub key: &'static str,
    /// The names of a table's indexes.
    pub indexes: &'static [&'static str],
    /// Whether it is several resources, by `count` or `for_each`.
    pub is_repeated: bool,
}

/// What all structs of one type have in common.
pub struct Kind {
    pub stack: &'static str,
    pub noun: &'static str,
    /// The attributes, a line each; empty when they are not known.
    pub attributes: &'static str,
    /// Our names for them: a name, and what it stands for.
    pub aliases: &'static [(&'static str, &'static str)],
}

/// A helper that has a name: `Events.dlq`.
pub struct Helper {
    pub name: &'static str,
    pub address: &'static str,
    pub attributes: &'static str,
}

impl Declaration {
    pub const fn new(address: &'static str, kind: &'static Kind) -> Self {
        Self {
            address,
            kind,
            parts: &[],
            key: "",
            indexes: &[],
            is_repeated: false,
        }
    }

    #[must_use]
    pub const fn repeated(self) -> Self {
        Self {
            is_repeated: true,
            ..self
        }
    }

    #[must_use]
    pub const fn parts(self, parts: &'static [Helper]) -> Self {
        Self { parts, ..self }
    }

    #[must_use]
    pub const fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    #[must_use]
    pub const fn indexes(self, indexes: &'static [&'static str]) -> Self {
        Self { indexes, ..self }
    }

    fn part(&self, name: &str) -> Option<&'static Helper> {
        self.parts.iter().find(|part| part.name == name)
    }

    /// The expression behind the struct's name and these names.
    fn expression(&self, names: &[&str]) -> String {
        let Some((first, rest)) = names.split_first() else {
            return self.address.to_owned();
        };
        if let Some(part) = self.part(first) {
            return dotted(part.address, rest);
        }
        let alias = self.kind.aliases.iter().find(|(from, _)| from == first);
        let Some((_, to)) = alias else {
            return dotted(self.address, names);
        };
        let (part, name) = to.split_once('.').unwrap_or(("", to));
        let address = self.part(part).map_or(self.address, |part| part.address);
        dotted(&format!("{address}.{name}"), rest)
    }

    /// Every address that belongs to it and can be referred to.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &'static str> {
        let key = self.key.rsplit_once('.').map_or("", |(address, _)| address);
        std::iter::once(self.address)
            .chain(self.parts.iter().map(|part| part.address))
            .chain(Some(key).filter(|key| !key.is_empty()))
    }
}

fn dotted(base: &str, names: &[&str]) -> String {
    names.iter().fold(base.to_owned(), |mut text, name| {
        text.push('.');
        text.push_str(name);
        text
    })
}

/// Has the declaration of a type, or `None`, so that a type without one is reported once, by the check
/// of its kind, and not in every place that it fills.
pub struct Probe<T: ?Sized>(PhantomData<fn() -> Box<T>>);

impl<T: Declared> Probe<T> {
    pub const DECLARATION: Option<Declaration> = Some(T::DECLARATION);
}

pub trait Undeclared {
    const DECLARATION: Option<Declaration> = None;
}

impl<T: ?Sized> Undeclared for T {}

/// A reference to something that another stack declares.
pub struct Borrowed {
    pub declaration: Option<Declaration>,
    pub names: &'static [&'static str],
}

impl Constant for Borrowed {
    fn to_value(&self) -> Value {
        self.declaration.map_or(ValueKind::Null.into(), |found| {
            parsed(&found.expression(self.names))
        })
    }
}

/// What of a function is invoked: its alias, when it has one.
pub struct Invoked(pub Option<Declaration>);

impl Constant for Invoked {
    fn to_value(&self) -> Value {
        self.0.map_or(ValueKind::Null.into(), |function| {
            let alias = function.part("alias");
            parsed(alias.map_or(function.address, |alias| alias.address))
        })
    }
}

/// The name of a function's alias; `null` when it has none.
pub struct AliasName(pub Option<Declaration>);

impl Constant for AliasName {
    fn to_value(&self) -> Value {
        let alias = self.0.and_then(|function| function.part("alias"));
        alias.map_or(ValueKind::Null.into(), |alias| {
            parsed(&dotted(alias.address, &["name"]))
        })
    }
}

/// The ARNs that a permission on a table and its indexes is for.
pub struct WithIndexes(pub Option<Declaration>);

impl Constant for WithIndexes {
    fn to_value(&self) -> Value {
        let Some(table) = self.0 else {
            return ValueKind::Null.into();
        };
        let arn = parsed(&table.expression(&["arn"]));
        let index = |name: &&str| {
            let ending = format!("/index/{name}");
            Value::template(vec![Part::Interpolation(arn.clone()), Part::Text(ending)])
        };
        std::iter::once(arn.clone())
            .chain(table.indexes.iter().map(index))
            .collect::<Vec<_>>()
            .into()
    }
}

/// The statement that lets a function use the key of a resource; `null` when it has none.
pub struct KeyStatement {
    pub declaration: Option<Declaration>,
    pub sid: &'static str,
    pub actions: &'static [&'static str],
}

impl Constant for KeyStatement {
    fn to_value(&self) -> Value {
        let key = self.declaration.map_or("", |found| found.key);
        if key.is_empty() {
            return ValueKind::Null.into();
        }
        let actions = self.actions.iter().map(|action| (*action).into());
        Object::new()
            .with("sid", self.sid)
            .with("effect", "Allow")
            .with("actions", actions.collect::<Vec<Value>>())
            .with("resources", vec![parsed(key)])
            .into()
    }
}

pub(crate) fn parsed(text: &str) -> Value {
    expression::parse(text).unwrap_or_else(|_| Address::new(text).into())
}

/// Refuses a way that leads nowhere: `shared::Events.arm`.
///
/// # Panics
/// In the compiler, when the struct has nothing of this name.
#[track_caller]
pub const fn check_path(declaration: Option<Declaration>, names: &[&str], shown: &str) {
    let Some(found) = declaration else { return };
    let Some((first, rest)) = names.split_first() else {
        return;
    };
    check_single(declaration, shown);
    let mut place = 0;
    while place < found.parts.len() {
        let part = &found.parts[place];
        if equal(part.name, first) {
            match rest.split_first() {
                None => refuse(&Text::new()
                        .with("`")
                        .with(shown)
                        .with(".")
                        .with(first)
                        .with("` is a whole resource, not a value\nhelp: write one of its attributes, such as `")
                        .with(shown)
                        .with(".")
                        .with(first)
                        .with(".arn`"),
                ),
                Some((name, _)) => {
                    if !part.attributes.is_empty() && !lines_contain(part.attributes, name) {
                        let text = Text::new().with("`").with(shown).with(".").with(first);
                        refuse(&missing(&text.with("`"), name, part.attributes));
                    }
                }
            }
            return;
        }
        place += 1;
    }
    let mut place = 0;
    while place < found.kind.aliases.len() {
        if equal(found.kind.aliases[place].0, first) {
            return;
        }
        place += 1;
    }
    let attributes = found.kind.attributes;
    if !attributes.is_empty() && !lines_contain(attributes, first) {
        let text = Text::new().with(found.kind.noun).with(" `").with(shown);
        refuse(&missing(&text.with("`"), first, attributes));
    }
}

/// Refuses several resources where one is meant.
///
/// # Panics
/// In the compiler, when the struct has `count` or `for_each`.
#[track_caller]
pub const fn check_single(declaration: Option<Declaration>, shown: &str) {
    let Some(found) = declaration else { return };
    if found.is_repeated {
        refuse(&Text::new()
                .with("`")
                .with(shown)
                .with("` is several resources, by `count` or `for_each`\nhelp: write which one: `")
                .with(shown)
                .with("[0].arn`, `")
                .with(shown)
                .with("[\"key\"].arn`, or `")
                .with(shown)
                .with("[*].arn` for all; a permission on all of them has its place in their own stack"),
        );
    }
}

const fn missing(subject: &Text, name: &str, attributes: &str) -> Text {
    let text = subject
        .with(" has no attribute `")
        .with(name)
        .with("`\nhelp: ");
    match nearest_line(name, attributes) {
        Some(near) => text.with("did you mean `").with(near).with("`?"),
        None => text.with("its attributes are ").with_lines(attributes),
    }
}

#[track_caller]
pub(crate) const fn refuse(text: &Text) -> ! {
    panic!("{}", text.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    const QUEUE: Kind = Kind {
        stack: "shared",
        noun: "queue",
        attributes: "arn\nurl\n",
        aliases: &[("queue_url", "url"), ("failed", "dlq.arn")],
    };

    const EVENTS: Declaration = Declaration::new("aws_sqs_queue.events", &QUEUE).parts(&[Helper {
        name: "dlq",
        address: "aws_sqs_queue.events_dlq",
        attributes: "arn\nurl\n",
    }]);

    #[test]
    fn a_way_leads_over_parts_and_aliases() {
        for (names, expected) in [
            (&[] as &[&str], "aws_sqs_queue.events"),
            (&["arn"], "aws_sqs_queue.events.arn"),
            (&["dlq", "arn"], "aws_sqs_queue.events_dlq.arn"),
            (&["queue_url"], "aws_sqs_queue.events.url"),
            (&["failed"], "aws_sqs_queue.events_dlq.arn"),
        ] {
            assert_eq!(EVENTS.expression(names), expected);
        }
    }

    #[test]
    fn a_key_statement_is_there_when_there_is_a_key() {
        let statement = |declaration| KeyStatement {
            declaration: Some(declaration),
            sid: "DecryptEvents",
            actions: &["kms:Decrypt"],
        };
        assert_eq!(statement(EVENTS).to_value().kind, ValueKind::Null);
        let encrypted = EVENTS.key("aws_kms_key.events.arn");
        let value = statement(encrypted).to_value();
        assert!(value.get("resources").is_some());
        assert!(
            encrypted
                .addresses()
                .any(|address| address == "aws_kms_key.events")
        );
    }

    #[test]
    fn a_table_is_read_with_its_indexes() {
        let table = Declaration::new("aws_dynamodb_table.t", &QUEUE).indexes(&["by-status"]);
        let value = WithIndexes(Some(table)).to_value();
        assert_eq!(
            webhook_infra_core::json::render_value(&value),
            r#"["${aws_dynamodb_table.t.arn}","${aws_dynamodb_table.t.arn}/index/by-status"]"#
        );
    }

    #[test]
    #[should_panic(
        expected = "queue `shared::Events` has no attribute `arm`\nhelp: did you mean `arn`?"
    )]
    fn what_is_not_there_is_refused() {
        check_path(Some(EVENTS), &["arm"], "shared::Events");
    }
}
