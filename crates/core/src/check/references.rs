//! References and addresses: whether what they name is there.

use std::collections::{HashMap, HashSet};

use super::catalogue;
use crate::document::{BlockKind, Origin};
use crate::expression;
use crate::graph::{Graph, Resource};
use crate::rules::Findings;
use crate::schema::{self, Type};
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Reference, Step, Target, Value, ValueKind};

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    for (key, value) in block.block.body.iter() {
        // Attribute names are relative to the block itself.
        let around = value.origin.or(key.origin).or(block.origin());
        value.walk(&mut |inner| match &inner.kind {
            ValueKind::Reference(reference) => {
                check_reference(block, reference, inner.origin.or(around), findings);
            }
            ValueKind::Address(address) if names_a_provider(block, &key.name) => {
                provider(block, address.as_str(), inner.origin.or(around), findings);
            }
            ValueKind::Address(address) if names_a_block(block, &key.name) => {
                let origin = inner.origin.or(around);
                let parsed = expression::parse(address.as_str()).ok();
                match parsed.as_ref().and_then(Value::as_reference) {
                    Some(reference) if !matches!(reference.target, Target::Scoped(_)) => {
                        check_reference(block, reference, origin, findings);
                    }
                    _ => {
                        findings
                            .under(
                                &catalogue::MISPLACED_EXPRESSION,
                                block,
                                origin,
                                format!(
                                    "`{address}` in `{}` of `{}` names no resource",
                                    key.name,
                                    block.block.address()
                                ),
                            )
                            .because("Terraform takes the address of something in the stack here")
                            .help("write the name of a struct: `depends_on = [Events]`");
                    }
                }
            }
            _ => {}
        });
    }
}

/// Whether an address in this argument has to name a block that is there.
fn names_a_block(block: Resource<'_>, argument: &str) -> bool {
    match block.block.kind {
        BlockKind::Resource | BlockKind::Data | BlockKind::Output | BlockKind::Module => {
            argument == "depends_on"
        }
        BlockKind::Moved | BlockKind::Import => argument == "to",
        _ => false,
    }
}

/// Whether an address in this argument is that of a provider's configuration.
fn names_a_provider(block: Resource<'_>, argument: &str) -> bool {
    match block.block.kind {
        BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral | BlockKind::Import => {
            argument == "provider"
        }
        BlockKind::Module => argument == "providers",
        _ => false,
    }
}

/// A configuration without an alias may be left to Terraform; one with an alias has to be there.
fn provider(block: Resource<'_>, address: &str, origin: Origin, findings: &mut Findings) {
    let Some((name, alias)) = address.split_once('.') else {
        return;
    };
    let configurations = || {
        block
            .graph
            .all()
            .filter(|other| other.block.kind == BlockKind::Provider)
            .filter(|other| other.type_name() == name)
            .filter_map(|other| other.text("alias"))
    };
    if configurations().any(|known| known == alias) {
        return;
    }
    let near = nearest(alias, configurations());
    findings
        .under(
            &catalogue::UNDEFINED_REFERENCE,
            block,
            origin,
            format!(
                "`{}` uses the configuration `{address}`, which the stack does not declare",
                block.block.address()
            ),
        )
        .because("Terraform refuses a provider configuration that is not there")
        .help(match near.as_slice() {
            [] => format!(
                "declare it: `#[provider({name}, alias = \"{alias}\", …)] pub struct Name;`, and write `provider = Name`"
            ),
            near => did_you_mean(near),
        });
}

fn check_reference(
    block: Resource<'_>,
    reference: &Reference,
    origin: Origin,
    findings: &mut Findings,
) {
    let graph = block.graph;
    if matches!(reference.target, Target::Scoped(_) | Target::Open(_)) {
        return;
    }
    let Some(target) = graph.target(&reference.target) else {
        if is_surely_missing(graph, &reference.target) {
            undefined(block, reference, origin, findings);
        }
        return;
    };
    let (Some(schema), Some(attribute)) = (target.schema(), reference.attribute()) else {
        return;
    };
    if schema.attribute(attribute).is_none() && schema.block(attribute).is_none() {
        let names = schema
            .attributes()
            .map(|attribute| attribute.name)
            .chain(schema.blocks().map(|nested| nested.name));
        let near = nearest(attribute, names);
        findings
            .under(
                &catalogue::UNKNOWN_ATTRIBUTE,
                block,
                origin,
                format!("{} has no attribute `{attribute}`", target.describe()),
            )
            .because("Terraform refuses a reference to what is not there")
            .related(target.describe(), target.origin())
            .help(match near.as_slice() {
                [] => format!("see the attributes of `{}`", target.type_name()),
                near => did_you_mean(near),
            });
    }
}

/// `statement.value` inside a `dynamic` block looks like a resource, so only known types count.
fn is_surely_missing(graph: &Graph<'_>, target: &Target) -> bool {
    match target {
        Target::Resource(type_name, _) => {
            graph
                .schemas
                .provider(schema::local_name(type_name))
                .is_some()
                || graph.resources(type_name).next().is_some()
        }
        Target::Scoped(_) | Target::Open(_) => false,
        _ => true,
    }
}

fn undefined(block: Resource<'_>, reference: &Reference, origin: Origin, findings: &mut Findings) {
    let wanted = reference.target.to_string();
    let known = block
        .graph
        .blocks
        .iter()
        .filter_map(|block| Some(block.target()?.to_string()))
        .collect::<Vec<_>>();
    let near = nearest(&wanted, known.iter().map(String::as_str));
    let address = block.block.address();
    findings
        .under(
            &catalogue::UNDEFINED_REFERENCE,
            block,
            origin,
            format!("`{address}` refers to `{wanted}`, which the stack does not declare"),
        )
        .because("Terraform refuses a reference to what is not there")
        .help(match (block.graph.borrowed.get(&wanted), near.as_slice()) {
            (Some(stack), _) => format!(
                "stack `{stack}` declares it: write `.include::<{stack}::Stack>()` after `build::<…>()` in build.rs; or, to keep the two apart, make it an `#[output]` there and an `#[input]` here"
            ),
            (None, []) => "declare it, or remove the reference".to_owned(),
            (None, near) => did_you_mean(near),
        });
}

/// The type of a reference that is one block's attribute and nothing more.
pub(super) fn type_of(block: Resource<'_>, value: &Value) -> Option<Type> {
    let reference = value.as_reference()?;
    let [Step::Attribute(name)] = reference.path.as_slice() else {
        return None;
    };
    let target = block.graph.target(&reference.target)?;
    // With `count` or `for_each` the address alone is a list or a map.
    if target.get("count").is_some() || target.get("for_each").is_some() {
        return None;
    }
    Some(target.schema()?.attribute(name)?.type_())
}

/// Each configuration of a provider but one needs an alias of its own.
fn check_providers(graph: &Graph<'_>, findings: &mut Findings) {
    let mut seen: HashMap<(&str, &str), Resource<'_>> = HashMap::new();
    for block in graph
        .all()
        .filter(|block| block.block.kind == BlockKind::Provider)
    {
        let name = block.type_name();
        let alias = match block.get("alias") {
            Some(alias) => match alias.as_str() {
                Some(alias) => alias,
                None => continue,
            },
            None => "",
        };
        let Some(first) = seen.get(&(name, alias)) else {
            seen.insert((name, alias), block);
            continue;
        };
        let (message, help) = if alias.is_empty() {
            (
                format!("provider `{name}` has a configuration without an alias already"),
                format!(
                    "give this one a name: `#[provider({name}, alias = \"west\", …)] pub struct West;`, and write `provider = West` where it is meant"
                ),
            )
        } else {
            (
                format!("provider `{name}` has two configurations with the alias \"{alias}\""),
                "give one of them another alias".to_owned(),
            )
        };
        findings
            .under(
                &catalogue::DUPLICATE_ADDRESS,
                block,
                block.origin_of("alias"),
                message,
            )
            .because("Terraform could not tell which of the two a resource means")
            .related(
                format!("the first configuration of `{name}`"),
                first.origin(),
            )
            .help(help);
    }
}

pub(super) fn check_duplicates(graph: &Graph<'_>, findings: &mut Findings) {
    check_providers(graph, findings);
    let mut told = HashSet::new();
    let mut seen: HashMap<(BlockKind, &[String]), Resource<'_>> = HashMap::new();
    for block in graph
        .all()
        .filter(|block| !block.block.kind.is_repeatable())
    {
        let key = (block.block.kind, block.block.labels.as_slice());
        let Some(first) = seen.get(&key) else {
            seen.insert(key, block);
            continue;
        };
        // Two declarations of one name clash in every helper, which is one mistake.
        let owners = (first.block.owner, block.block.owner);
        if owners.1.is_some() && !told.insert(owners) {
            continue;
        }
        let address = block.block.address();
        findings
            .under(
                &catalogue::DUPLICATE_ADDRESS,
                block,
                block.origin(),
                format!("`{address}` is declared twice"),
            )
            .because("Terraform knows a block by its address, so there can be one of each")
            .related(format!("the first `{address}`"), first.origin())
            .help("rename one of the two");
    }
}
