//! A stateful resource stays in its region: it has one of its own, or that of the provider's configuration.

use std::collections::{BTreeMap, HashSet};

use super::moves::address;
use super::replacing::Absent;
use super::stateful_replaced::{Pair, difference};
use super::{Change, base, find, list};
use crate::document::{Block, BlockKind};
use crate::rules::Findings;
use crate::value::{Value, ValueKind};

const SOURCE: &str = "AWS provider, \"Enhanced Region Support\"";

/// A region, and the configuration it comes from unless the resource names it.
struct Region<'b> {
    value: &'b Value,
    configuration: Option<String>,
}

/// `pairs` are the instances of before, each with what it is now.
pub(super) fn check(change: &Change<'_>, pairs: &[Pair<'_>], findings: &mut Findings) {
    // One region that changes in a configuration takes all along that go by it, and is one mistake.
    let mut moved: BTreeMap<(String, String, String), Vec<String>> = BTreeMap::new();
    let mut told = HashSet::new();
    for pair in pairs {
        let new = pair.new;
        let has_a_region = new
            .schema()
            .and_then(|schema| schema.attribute("region"))
            .is_some_and(|attribute| attribute.is_settable());
        let before = effective(&pair.before, change.blocks_before);
        let after = effective(&pair.after, change.graph.blocks);
        let (Some(before), Some(after), true) = (before, after, has_a_region) else {
            continue;
        };
        let Some((was, is)) = difference(Some(before.value), Some(after.value), Absent::Chosen)
        else {
            continue;
        };
        if let Some(name) = before
            .configuration
            .filter(|name| Some(name) == after.configuration.as_ref())
        {
            moved
                .entry((name, was, is))
                .or_default()
                .push(base(&pair.before));
            continue;
        }
        // What is written once for all instances is one mistake.
        if !told.insert((base(&pair.before), base(new.block))) {
            continue;
        }
        let argument = if new.get("region").is_some() {
            "region"
        } else {
            "provider"
        };
        let lost = find(new.type_name()).map_or("its data", |stateful| stateful.lost);
        findings
            .at(
                new,
                new.origin_of(argument),
                format!(
                    "{} cannot change its region: it was {was} and is {is} now",
                    new.describe()
                ),
            )
            .because(format!(
                "`terraform apply` would destroy `{}` (lost: {lost}), and make another in the new region ({SOURCE})",
                pair.address
            ))
            .help(format!(
                "write `region = {}` in it, so that it stays where it is, or declare a second one beside it, move what is in this one, and take this one out after that",
                was.trim_matches('`')
            ));
    }
    for ((name, was, is), mut addresses) in moved {
        let Some(configuration) = change.graph.all().find(|it| is_called(it.block, &name)) else {
            continue;
        };
        addresses.sort();
        addresses.dedup();
        let shown = addresses
            .iter()
            .map(|address| format!("`{address}`"))
            .collect::<Vec<_>>();
        findings
            .at(
                configuration,
                configuration.origin_of("region"),
                format!(
                    "the region of the provider `{name}` was {was} and is {is} now, and what holds data cannot go along"
                ),
            )
            .because(format!(
                "`terraform apply` would destroy {}, and make others in the new region ({SOURCE})",
                list(&shown)
            ))
            .help(format!(
                "write {was} again, or `region = {}` in each of them, so that they stay where they are",
                was.trim_matches('`')
            ));
    }
}

/// The region that a resource is in, as far as the document says it.
fn effective<'b>(block: &'b Block, blocks: &'b [Block]) -> Option<Region<'b>> {
    if let Some(value) = argument(block, "region") {
        return Some(Region {
            value,
            configuration: None,
        });
    }
    let name = match argument(block, "provider") {
        Some(provider) => address(provider)?,
        None => block.labels.first()?.split('_').next()?.to_owned(),
    };
    let configuration = blocks.iter().find(|block| is_called(block, &name))?;
    Some(Region {
        value: argument(configuration, "region")?,
        configuration: Some(name),
    })
}

/// Whether this is the configuration `aws`, or `aws.alias`.
fn is_called(block: &Block, name: &str) -> bool {
    let (provider, alias) = match name.split_once('.') {
        Some((provider, alias)) => (provider, Some(alias)),
        None => (name, None),
    };
    block.kind == BlockKind::Provider
        && block.labels.first().is_some_and(|label| label == provider)
        && argument(block, "alias").map(Value::as_str) == alias.map(Some)
}

fn argument<'b>(block: &'b Block, name: &str) -> Option<&'b Value> {
    block
        .body
        .get(name)
        .filter(|value| value.kind != ValueKind::Null)
}
