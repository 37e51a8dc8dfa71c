//! What identifies a stateful resource does not change without a word.

use std::borrow::Cow;
use std::collections::HashSet;

use super::replacing::{Absent, REPLACING, Replacing};
use super::{Change, find, instances, pairing, region};
use crate::diagnostic::Severity;
use crate::document::Block;
use crate::expression;
use crate::graph::Resource;
use crate::rules::{Findings, Rule};
use crate::value::{Part, Value, ValueKind};

pub(super) static RULE: Rule = Rule {
    name: "stateful_replaced",
    summary: "a resource that holds data is not replaced by an edit",
    explanation: "Some arguments cannot be changed: the name of a table, its keys, whether a queue is FIFO, the region, be it that \
        of the provider. Terraform then destroys the resource with all that is in it and makes another. The plan says so \
        in one line among many. `build()` compares literal values with those in the `main.tf.json` that it is about to \
        replace, and texts around the same expressions; local values, `each` and `count` are looked through, and so is the \
        default of a variable where it has changed. What is a reference or another expression is not compared.",
    severity: Severity::Deny,
    source: "Terraform Registry, hashicorp/aws, \"Forces new resource\" on the page of each resource, and \"Enhanced Region Support\"",
};

pub(super) fn check(change: &Change<'_>, findings: &mut Findings) {
    let mut pairs = Vec::new();
    for &old in &change.before {
        // What is written once for all instances is one mistake.
        let mut told = HashSet::new();
        for (instance, end) in change.journeys(old) {
            let Some(new) = change.resource(&end.base) else {
                continue;
            };
            if old.labels.first().map(String::as_str) != Some(new.type_name()) {
                continue;
            }
            let pair = Pair {
                before: instances::settle(old, instance.key.as_deref()),
                after: instances::settle(new.block, end.key.as_deref()),
                new,
                address: instance.to_string(),
            };
            for replacing in REPLACING {
                if replacing.type_name != new.type_name()
                    || told.contains(&(end.base.clone(), replacing.argument))
                {
                    continue;
                }
                if compare(&pair, replacing, findings) | compare_prefix(&pair, replacing, findings)
                {
                    told.insert((end.base.clone(), replacing.argument));
                }
            }
            pairs.push(pair);
        }
    }
    region::check(change, &pairs, findings);
}

/// How the use of a component gives everything back its name.
fn named_as(old: &Block, new: Resource<'_>, argument: &str) -> Option<String> {
    let component = new.owner()?.component.as_ref()?;
    let (name, before) = pairing::physical_name(old)?;
    let (_, after) = pairing::physical_name(new.block)?;
    let named = pairing::named_before(before, after, component)?;
    (name == argument).then(|| {
        format!(
            "write `named_as = \"{named}\"` in the `#[component(…)]` of `{}`, which gives all of it back its names",
            component.name
        )
    })
}

/// An instance of before and what it is now, each with what it has for `each` and `count` put in.
pub(super) struct Pair<'p> {
    pub(super) before: Cow<'p, Block>,
    pub(super) after: Cow<'p, Block>,
    pub(super) new: Resource<'p>,
    /// Where it was.
    pub(super) address: String,
}

/// Whether the argument has changed.
fn compare(pair: &Pair<'_>, replacing: &Replacing, findings: &mut Findings) -> bool {
    let (argument, new) = (replacing.argument, pair.new);
    let (old_value, new_value) = (
        pair.before.body.get(argument),
        pair.after.body.get(argument),
    );
    let Some((before, after)) = difference(old_value, new_value, replacing.absent) else {
        return false;
    };
    let again = match before.as_str() {
        "none" => format!("take `{argument}` out again"),
        _ => {
            named_as(&pair.before, new, argument).unwrap_or_else(|| format!("write {before} again"))
        }
    };
    let lost = find(replacing.type_name).map_or("its data", |stateful| stateful.lost);
    findings
        .at(
            new,
            new.origin_of(argument),
            format!(
                "{} cannot change its `{argument}`: it was {before} and is {after} now",
                new.describe()
            ),
        )
        .because(format!(
            "`terraform apply` would destroy `{}` (lost: {lost}), and make another",
            pair.address
        ))
        .help(format!(
            "{again}, or declare a second one beside it, move what is in this one, and take this one out after that"
        ));
    true
}

/// A name and the prefix of a name that AWS makes up are one argument in two forms: going from one to the other
/// keeps the name only where it begins with the prefix.
fn compare_prefix(pair: &Pair<'_>, replacing: &Replacing, findings: &mut Findings) -> bool {
    let Some(argument) = replacing.argument.strip_suffix("_prefix") else {
        return false;
    };
    let (old, new) = (&pair.before, pair.new);
    let text = |block: &Block, argument: &str| match &block.body.get(argument)?.kind {
        ValueKind::String(text) => Some(text.clone()),
        _ => None,
    };
    let prefix = replacing.argument;
    let (was, before, is, after) = match (text(old, argument), text(&pair.after, prefix)) {
        (Some(name), Some(start)) if !name.starts_with(&start) => (argument, name, prefix, start),
        _ => match (text(old, prefix), text(&pair.after, argument)) {
            (Some(start), Some(name)) if !name.starts_with(&start) => {
                (prefix, start, argument, name)
            }
            _ => return false,
        },
    };
    let lost = find(replacing.type_name).map_or("its data", |stateful| stateful.lost);
    findings
        .at(
            new,
            new.origin_of(is),
            format!(
                "{} cannot change its name: it had `{was} = {before:?}` and has `{is} = {after:?}` now",
                new.describe()
            ),
        )
        .because(format!(
            "`terraform apply` would destroy `{}` (lost: {lost}), and make another",
            pair.address
        ))
        .help(format!(
            "write `{was} = {before:?}` again, or declare a second one beside it, move what is in this one, and take this one out after that"
        ));
    true
}

/// What was before and what is now, where they are known not to be the same.
pub(super) fn difference(
    old: Option<&Value>,
    new: Option<&Value>,
    absent: Absent,
) -> Option<(String, String)> {
    let templates = || {
        let (old, new) = (old?, new?);
        let written = |value| format!("`{}`", expression::render(value));
        one_text_differs(old, new).then(|| (written(old), written(new)))
    };
    // Only before is it known that there was none.
    let before = match absent {
        Absent::Kept => known(old, Absent::None),
        other => known(old, other),
    };
    let (before, after) = before.zip(known(new, absent)).or_else(templates)?;
    (before != after).then_some((before, after))
}

/// Whether two templates differ in one text between equal expressions: whatever those are, the results differ.
fn one_text_differs(old: &Value, new: &Value) -> bool {
    let (ValueKind::Template(old), ValueKind::Template(new)) = (&old.kind, &new.kind) else {
        return false;
    };
    let mut texts = 0;
    let is_alike = old.iter().zip(new).all(|pair| match pair {
        (Part::Text(old), Part::Text(new)) => {
            texts += usize::from(old != new);
            true
        }
        (Part::Interpolation(old), Part::Interpolation(new)) => {
            expression::render(old) == expression::render(new)
        }
        _ => false,
    });
    is_alike && old.len() == new.len() && texts == 1
}

/// What the argument was or is, written out; `None` when that is not known.
fn known(value: Option<&Value>, absent: Absent) -> Option<String> {
    let value = value.filter(|value| value.kind != ValueKind::Null);
    match (value, absent) {
        (None, Absent::None) => Some("none".to_owned()),
        (None, Absent::False) => Some("`false`".to_owned()),
        (Some(value), _) if value.is_literal() => Some(match &value.kind {
            ValueKind::List(items) if items.is_empty() => "none".to_owned(),
            ValueKind::List(items) => {
                // Of blocks and sets, whose order means nothing.
                let mut items = items.iter().map(written).collect::<Vec<_>>();
                items.sort();
                format!("`{}`", items.join(", "))
            }
            // Terraform converts texts to truth values.
            ValueKind::String(text) if absent == Absent::False => format!("`{text}`"),
            _ => format!("`{}`", written(value)),
        }),
        (None, Absent::Chosen | Absent::Kept) | (Some(_), _) => None,
    }
}

/// The value with the entries of objects in order, so that equal ones are written alike.
fn written(value: &Value) -> String {
    let ValueKind::Object(object) = &value.kind else {
        return expression::render(value);
    };
    let mut entries = object
        .iter()
        .filter(|(_, value)| value.kind != ValueKind::Null)
        .map(|(key, value)| format!("{} = {}", key.name, written(value)))
        .collect::<Vec<_>>();
    entries.sort();
    format!("{{{}}}", entries.join(", "))
}
