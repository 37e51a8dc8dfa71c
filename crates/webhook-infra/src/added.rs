//! What `build.rs` adds to a stack: resources made from data.

use std::panic::Location;

use webhook_infra_core::json::{Position, position};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{
    Address, Block, BlockKind, Document, Object, Origin, Owner, Severity, Suppression,
    SuppressionKind, Value as CoreValue, ValueKind, check,
};

use crate::added_value::{Nested, Value};
use crate::build::Place;

/// Something that [`Build::add`](crate::Build::add) takes: a [`Resource`], a [`DataSource`], an [`Output`],
/// a [`Moved`] or a [`Removed`].
#[derive(Clone, Debug)]
pub struct Addition {
    kind: BlockKind,
    labels: Vec<String>,
    body: Nested,
    moved_from: Vec<String>,
    expectations: Vec<(String, String)>,
    place: &'static Location<'static>,
}

impl Addition {
    #[track_caller]
    fn new(kind: BlockKind, labels: Vec<String>) -> Self {
        Self {
            kind,
            labels,
            body: Nested::new(),
            moved_from: Vec::new(),
            expectations: Vec::new(),
            place: Location::caller(),
        }
    }

    fn set(&mut self, argument: impl Into<String>, value: impl Into<Value>) {
        self.body = std::mem::take(&mut self.body).set(argument, value);
    }

    fn block(&mut self, name: impl Into<String>, block: Nested) {
        self.body = std::mem::take(&mut self.body).block(name, block);
    }
}

macro_rules! block_builder {
    ($name:ident) => {
        impl $name {
            /// Sets an argument, by Terraform's name.
            pub fn set(mut self, argument: impl Into<String>, value: impl Into<Value>) -> Self {
                self.0.set(argument, value);
                self
            }

            /// Adds a nested block; called several times with a name, it adds several.
            pub fn block(mut self, name: impl Into<String>, block: Nested) -> Self {
                self.0.block(name, block);
                self
            }

            /// Says that this block breaks a rule, and why: `#[webhook_infra::expect(…)]` for what is made
            /// from data.
            pub fn expect(mut self, rule: impl Into<String>, reason: impl Into<String>) -> Self {
                self.0.expectations.push((rule.into(), reason.into()));
                self
            }
        }

        impl From<$name> for Addition {
            fn from(block: $name) -> Self {
                block.0
            }
        }
    };
}

/// A resource of any type, made in `build.rs`.
///
/// ```
/// use webhook_infra::{Nested, Resource, reference};
///
/// let resource = Resource::new("aws_sns_topic_subscription", "billing")
///     .set("topic_arn", reference("aws_sns_topic.alerts.arn"))
///     .set("protocol", "email")
///     .set("endpoint", "billing@example.com");
/// let bucket = Resource::new("aws_s3_bucket_cors_configuration", "uploads")
///     .set("bucket", reference("aws_s3_bucket.uploads.bucket"))
///     .block("cors_rule", Nested::new().set("allowed_methods", ["GET"]).set("allowed_origins", ["https://example.com"]));
/// ```
#[derive(Clone, Debug)]
#[must_use = "a resource does nothing until it is added to a stack"]
pub struct Resource(Addition);

impl Resource {
    /// A resource of this type and name. Messages about it point at this call.
    #[track_caller]
    pub fn new(type_name: impl Into<String>, name: impl Into<String>) -> Self {
        let labels = vec![type_name.into(), name.into()];
        Self(Addition::new(BlockKind::Resource, labels))
    }

    /// The name that the resource had before, so that Terraform keeps it and does not make another.
    pub fn moved_from(mut self, name: impl Into<String>) -> Self {
        self.0.moved_from.push(name.into());
        self
    }
}

block_builder!(Resource);

/// A data source of any type, made in `build.rs`.
#[derive(Clone, Debug)]
#[must_use = "a data source does nothing until it is added to a stack"]
pub struct DataSource(Addition);

impl DataSource {
    /// A data source of this type and name. Messages about it point at this call.
    #[track_caller]
    pub fn new(type_name: impl Into<String>, name: impl Into<String>) -> Self {
        let labels = vec![type_name.into(), name.into()];
        Self(Addition::new(BlockKind::Data, labels))
    }
}

block_builder!(DataSource);

/// An output, made in `build.rs`. Its arguments are Terraform's: `.set("sensitive", true)`.
#[derive(Clone, Debug)]
#[must_use = "an output does nothing until it is added to a stack"]
pub struct Output(Addition);

impl Output {
    /// An output of this name. Messages about it point at this call.
    #[track_caller]
    pub fn new(name: impl Into<String>, value: impl Into<Value>) -> Self {
        let mut output = Addition::new(BlockKind::Output, vec![name.into()]);
        output.set("value", value);
        Self(output)
    }
}

block_builder!(Output);

/// A resource that is no longer in the stack: Terraform forgets it and leaves it in AWS.
#[derive(Clone, Debug)]
#[must_use = "a removal does nothing until it is added to a stack"]
pub struct Removed {
    addition: Addition,
    destroy: bool,
}

impl Removed {
    /// The address that the resource had, such as `aws_sqs_queue.old`.
    #[track_caller]
    pub fn new(address: impl Into<String>) -> Self {
        let mut addition = Addition::new(BlockKind::Removed, Vec::new());
        addition.set("from", address.into());
        Self {
            addition,
            destroy: false,
        }
    }

    /// Destroys it, with all that is in it, instead of leaving it.
    pub fn destroy(mut self) -> Self {
        self.destroy = true;
        self
    }
}

impl From<Removed> for Addition {
    fn from(removed: Removed) -> Self {
        let mut addition = removed.addition;
        addition.block("lifecycle", Nested::new().set("destroy", removed.destroy));
        addition
    }
}

/// A resource, an instance of one, or a module that has another address than before.
#[derive(Clone, Debug)]
#[must_use = "a move does nothing until it is added to a stack"]
pub struct Moved(Addition);

impl Moved {
    /// The address of before, such as `aws_sqs_queue.work`, and the one of now, such as `aws_sqs_queue.work["fast"]`.
    #[track_caller]
    pub fn new(from: impl Into<String>, to: impl Into<String>) -> Self {
        let mut addition = Addition::new(BlockKind::Moved, Vec::new());
        addition.set("from", from.into());
        addition.set("to", to.into());
        Self(addition)
    }
}

impl From<Moved> for Addition {
    fn from(moved: Moved) -> Self {
        moved.0
    }
}

/// Puts the additions into the document, and tells what cannot be read.
pub(crate) fn put(
    additions: Vec<Addition>,
    document: &mut Document<Place>,
    problems: &mut Vec<String>,
) {
    let count =
        |document: &Document<Place>| u32::try_from(document.owners.len()).unwrap_or(u32::MAX);
    let (first, suppressions) = (count(document), document.suppressions.len());
    let mut last: Option<(Place, Origin)> = None;
    for addition in additions {
        let place = Place {
            file: addition.place.file(),
            line: addition.place.line() as usize,
            column: addition.place.column() as usize,
        };
        // A loop makes thousands of resources at one place.
        let origin = match last {
            Some((known, origin)) if known == place => origin,
            _ => document.origin(place),
        };
        last = Some((place, origin));
        put_one(addition, place, origin, document, problems);
    }
    // What is added belongs to the stack that is built, and not to those that it includes.
    let added = first..count(document);
    let own = &mut document.suppressions[..suppressions];
    for suppression in own {
        if suppression
            .within
            .first()
            .is_some_and(|stack| stack.start == 0)
        {
            suppression.within.push(added.clone());
        }
    }
}

fn put_one(
    addition: Addition,
    place: Place,
    origin: Origin,
    document: &mut Document<Place>,
    problems: &mut Vec<String>,
) {
    let Addition {
        kind,
        labels,
        body: Nested {
            body,
            problems: found,
        },
        moved_from,
        expectations,
        ..
    } = addition;
    let mut block = Block {
        kind,
        labels,
        body,
        origin,
        owner: None,
    };
    let address = block.address().to_string();
    let mut tell = |problem: String| problems.push(format!("{place}: {problem}"));
    for problem in found {
        tell(format!("`{address}`: {problem}"));
    }
    if let Some(label) = block.labels.iter().find(|label| !is_identifier(label)) {
        tell(format!(
            "`{label}` is no name in Terraform\nwhy: a name is made of letters, digits, `_` and `-`, and starts with a letter or `_`\nhelp: write `{}`",
            identifier(label)
        ));
    }
    addresses(kind, &mut block.body);
    let owner = document.add_owner(Owner {
        name: address.clone(),
        main: address.clone(),
        origin,
        type_: None,
        component: None,
    });
    block.owner = Some(owner);
    for name in moved_from {
        let from = match (name.contains('.'), block.labels.first()) {
            (false, Some(type_name)) => format!("{type_name}.{name}"),
            _ => name,
        };
        document.blocks.push(Block {
            kind: BlockKind::Moved,
            labels: Vec::new(),
            body: Object::new()
                .with("from", Address::new(from))
                .with("to", block.address()),
            origin,
            owner: Some(owner),
        });
    }
    for (rule, reason) in expectations {
        match expectation(&rule, &reason) {
            Ok(()) => {}
            Err(problem) => tell(format!("`{address}`: {problem}")),
        }
        document.suppressions.push(Suppression {
            within: Vec::new(),
            rule,
            reason,
            kind: SuppressionKind::Expect,
            owners: vec![owner],
            origin,
        });
    }
    document.blocks.push(block);
}

/// Whether a rule can be expected for that reason; else why not.
fn expectation(rule: &str, reason: &str) -> Result<(), String> {
    let Some(known) = check::all_rules().find(|known| known.name == rule) else {
        let near = nearest(rule, check::all_rules().map(|rule| rule.name));
        let help = match near.as_slice() {
            [] => "the rules are listed in docs/rules".to_owned(),
            near => did_you_mean(near),
        };
        return Err(format!("there is no rule `{rule}`\nhelp: {help}"));
    };
    if known.severity == Severity::Reject {
        return Err(format!(
            "`{rule}` cannot be suppressed: AWS or Terraform would refuse the stack all the same\nhelp: mend the stack: {}",
            known.summary
        ));
    }
    if reason.trim().is_empty() {
        return Err(format!(
            "a rule is suppressed without a reason\nhelp: say why, for whoever reads this next: `.expect(\"{rule}\", \"…\")`"
        ));
    }
    Ok(())
}

/// Texts where Terraform wants addresses become addresses, which are checked.
fn addresses(kind: BlockKind, body: &mut Object) {
    for (key, value) in body.iter_mut() {
        let name = key.name.clone();
        if matches!(
            name.as_str(),
            "depends_on" | "provider" | "lifecycle" | "from" | "to"
        ) {
            address(kind, &mut vec![name], value);
        }
    }
}

fn address(kind: BlockKind, path: &mut Vec<String>, value: &mut CoreValue) {
    match &mut value.kind {
        ValueKind::List(items) => items.iter_mut().for_each(|item| address(kind, path, item)),
        ValueKind::Object(object) => {
            for (key, value) in object.iter_mut() {
                path.push(key.name.clone());
                address(kind, path, value);
                path.pop();
            }
        }
        ValueKind::String(text) => {
            let names = path.iter().map(String::as_str).collect::<Vec<_>>();
            if position(kind, &names) == Position::Address {
                value.kind = ValueKind::Address(Address::new(std::mem::take(text)));
            }
        }
        _ => {}
    }
}

fn is_identifier(name: &str) -> bool {
    let mut characters = name.chars();
    characters
        .next()
        .is_some_and(|c| c.is_alphabetic() || c == '_')
        && characters.all(|c| c.is_alphanumeric() || c == '_' || c == '-')
}

/// The nearest thing to `name` that is a name in Terraform.
fn identifier(name: &str) -> String {
    let mut found = name
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || c == '-' {
                c
            } else {
                '_'
            }
        })
        .collect::<String>();
    if !is_identifier(&found) {
        found.insert(0, '_');
    }
    found
}
