//! What identifies a stateful resource does not change without a word.

use super::replacing::{Absent, REPLACING, Replacing};
use super::{Change, base, find, pairing};
use crate::diagnostic::Severity;
use crate::document::Block;
use crate::expression;
use crate::graph::Resource;
use crate::rules::{Findings, Rule};
use crate::value::{Part, Value, ValueKind};

pub(super) static RULE: Rule = Rule {
    name: "stateful_replaced",
    summary: "a resource that holds data is not replaced by an edit",
    explanation: "Some arguments cannot be changed: the name of a table, its keys, whether a queue is FIFO. Terraform then \
        destroys the resource with all that is in it and makes another. The plan says so in one line among many. \
        `build()` compares literal values with those in the `main.tf.json` that it is about to replace, and texts around \
        the same expressions; what is a reference, a variable or another expression is not compared.",
    severity: Severity::Deny,
    source: "Terraform Registry, hashicorp/aws, \"Forces new resource\" on the page of each resource",
};

pub(super) fn check(change: &Change<'_>, findings: &mut Findings) {
    for old in &change.before {
        let start = super::Instance::new(base(old), None);
        let end = change.moves.follow(&start);
        let Some(new) = change.resource(&end.base) else {
            continue;
        };
        for replacing in REPLACING {
            if Some(replacing.type_name) == old.labels.first().map(String::as_str)
                && replacing.type_name == new.type_name()
            {
                compare(old, new, replacing, findings);
            }
        }
    }
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

fn compare(old: &Block, new: Resource<'_>, replacing: &Replacing, findings: &mut Findings) {
    let argument = replacing.argument;
    let (old_value, new_value) = (old.body.get(argument), new.block.body.get(argument));
    let before = known(old_value, replacing.absent);
    let after = known(new_value, replacing.absent);
    let templates = || {
        let (old, new) = (old_value?, new_value?);
        let written = |value| format!("`{}`", expression::render(value));
        one_text_differs(old, new).then(|| (written(old), written(new)))
    };
    let Some((before, after)) = before.zip(after).or_else(templates) else {
        return;
    };
    if before == after {
        return;
    }
    let again = match before.as_str() {
        "none" => format!("take `{argument}` out again"),
        _ => named_as(old, new, argument).unwrap_or_else(|| format!("write {before} again")),
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
            base(old)
        ))
        .help(format!(
            "{again}, or declare a second one beside it, move what is in this one, and take this one out after that"
        ));
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
        (None, Absent::Chosen) | (Some(_), _) => None,
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
