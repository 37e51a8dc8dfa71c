//! References and addresses: whether what they name is there.

use std::collections::{HashMap, HashSet};

use super::catalogue;
use super::infer::Infer;
use crate::document::{BlockKind, Origin};
use crate::expression;
use crate::graph::{Graph, Resource};
use crate::rules::Findings;
use crate::schema::{self, BlockSchema, Type};
use crate::suggest::{did_you_mean, nearest};
use crate::type_expression;
use crate::value::{Object, Reference, Target, Value, ValueKind};

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    check_self(block, findings);
    check_triggers(block, findings);
    check_destroy(block, findings);
    for (key, value) in block.block.body.iter() {
        // Attribute names are relative to the block itself.
        let around = value.origin.or(key.origin).or(block.origin());
        value.each_reference(around, &mut |reference, origin| {
            check_reference(block, reference, origin, findings);
        });
        value.walk(&mut |inner| match &inner.kind {
            ValueKind::Address(address) if names_a_provider(block, &key.name) => {
                provider(block, address.as_str(), inner.origin.or(around), findings);
            }
            ValueKind::Address(address) if names_a_block(block, &key.name) => {
                let origin = inner.origin.or(around);
                let parsed = expression::parse(address.as_str()).ok();
                match parsed.as_ref().and_then(Value::as_reference) {
                    Some(reference) if is_old_name(block, reference) => {}
                    Some(reference) if key.name == "depends_on" && is_a_part(reference) => {
                        findings
                            .under(
                                &catalogue::MISPLACED_EXPRESSION,
                                block,
                                origin,
                                format!(
                                    "`{address}` in `depends_on` of `{}` is a part of `{}`",
                                    block.block.address(),
                                    reference.target
                                ),
                            )
                            .because("Terraform orders whole blocks, and refuses an attribute here")
                            .help("write the name of the struct alone: `depends_on = [Events]`");
                    }
                    Some(reference) if !matches!(reference.target, Target::Scoped(_)) => {
                        check_reference(block, reference, origin, findings);
                        Infer::reporting(block, &[], findings).reference(reference, origin);
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

/// `self` is the resource itself, which is there only after it was made: in its postconditions,
/// provisioners and connections.
fn check_self(block: Resource<'_>, findings: &mut Findings) {
    let mut look = |value: &Value, around: Origin| {
        value.walk(&mut |inner| {
            let is_self = inner.as_reference().is_some_and(
                |reference| matches!(&reference.target, Target::Scoped(name) if name == "self"),
            );
            if is_self {
                findings
                    .under(
                        &catalogue::MISPLACED_EXPRESSION,
                        block,
                        inner.origin.or(value.origin).or(around),
                        format!("`self` means nothing here in `{}`", block.block.address()),
                    )
                    .because("Terraform knows `self` only in postconditions, provisioners and connections")
                    .help("name the struct instead: `Events.arn`");
            }
        });
    };
    for (key, value) in block.block.body.iter() {
        match key.name.as_str() {
            "provisioner" | "connection" => {}
            "lifecycle" => {
                for (key, value) in value.objects().into_iter().flat_map(Object::iter) {
                    if key.name != "postcondition" {
                        look(value, key.origin);
                    }
                }
            }
            _ => look(value, key.origin),
        }
    }
}

/// `replace_triggered_by` watches managed resources and their attributes, and nothing else.
fn check_triggers(block: Resource<'_>, findings: &mut Findings) {
    let Some(triggers) = block.get("lifecycle.replace_triggered_by") else {
        return;
    };
    for trigger in triggers.as_list().unwrap_or_default() {
        let parsed = match &trigger.kind {
            ValueKind::Address(address) => expression::parse(address.as_str()).ok(),
            ValueKind::Reference(_) => Some(trigger.clone()),
            _ => continue,
        };
        let origin = trigger.origin.or(triggers.origin);
        match parsed.as_ref().and_then(Value::as_reference) {
            Some(reference) if matches!(reference.target, Target::Resource(..)) => {
                check_reference(block, reference, origin, findings);
                Infer::reporting(block, &[], findings).reference(reference, origin);
            }
            _ => {
                let shown = match &trigger.kind {
                    ValueKind::Address(address) => address.to_string(),
                    _ => "this".to_owned(),
                };
                findings
                    .under(
                        &catalogue::MISPLACED_EXPRESSION,
                        block,
                        origin,
                        format!(
                            "`{shown}` cannot trigger a replacement of {}",
                            block.describe()
                        ),
                    )
                    .because("Terraform watches managed resources and their attributes only")
                    .help(
                        "put the value into a resource, `#[resource(terraform_data, input = …)] pub struct Trigger;`, and write `replace_triggered_by = [Trigger]`",
                    );
            }
        }
    }
}

/// When a resource is destroyed there may be nothing left but itself.
fn check_destroy(block: Resource<'_>, findings: &mut Findings) {
    for provisioner in block
        .get("provisioner")
        .map(Value::objects)
        .unwrap_or_default()
    {
        for (_, body) in provisioner.iter() {
            if body.get("when").and_then(Value::as_str) != Some("destroy") {
                continue;
            }
            body.walk(&mut |inner| {
                let Some(reference) = inner.as_reference() else {
                    return;
                };
                // Names that a `for` binds are the expression's own; of `each` the value may be gone.
                let is_own = match &reference.target {
                    Target::Scoped(name) if name == "each" => reference.attribute() == Some("key"),
                    Target::Scoped(_) => true,
                    _ => false,
                };
                if !is_own {
                    findings
                        .under(
                            &catalogue::MISPLACED_EXPRESSION,
                            block,
                            inner.origin.or(body.origin),
                            format!("a provisioner that runs on destroy cannot refer to `{reference}`"),
                        )
                        .because("what it names may be gone by then, so Terraform takes `self`, `count.index` and `each.key` only")
                        .help("keep the value in the resource itself, and read it as `self.…`");
                }
            });
        }
    }
}

/// Whether a reference goes on to an attribute.
fn is_a_part(reference: &Reference) -> bool {
    matches!(reference.target, Target::Resource(..) | Target::Data(..))
        && reference.attribute().is_some()
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

/// Whether a `moved` goes to a name that another `moved` comes from: a step of a history.
fn is_old_name(block: Resource<'_>, reference: &Reference) -> bool {
    let name = reference.to_string();
    block.block.kind == BlockKind::Moved
        && block.graph.all().any(|other| {
            let from = other.block.body.get("from");
            other.block.kind == BlockKind::Moved
                && from.is_some_and(
                    |from| matches!(&from.kind, ValueKind::Address(from) if from.as_str() == name),
                )
        })
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
    if graph.target(&reference.target).is_some() {
        return;
    }
    if let Some(schema) = scoped_schema(block, &reference.target) {
        return check_attribute(block, schema, reference, origin, findings);
    }
    if is_surely_missing(graph, &reference.target) {
        undefined(block, reference, origin, findings);
    }
}

/// The schema of the data source that a check has for itself.
fn scoped_schema<'g>(block: Resource<'g>, target: &Target) -> Option<BlockSchema<'g>> {
    let Target::Data(type_name, name) = target else {
        return None;
    };
    let is_own = block.block.kind == BlockKind::Check
        && block.get(&format!("data.{type_name}.{name}")).is_some();
    is_own.then(|| block.graph.schemas.data_source(type_name))?
}

fn check_attribute(
    block: Resource<'_>,
    schema: BlockSchema<'_>,
    reference: &Reference,
    origin: Origin,
    findings: &mut Findings,
) {
    let Some(attribute) = reference.attribute() else {
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
                format!("{} has no attribute `{attribute}`", block.describe()),
            )
            .because("Terraform refuses a reference to what is not there")
            .related(block.describe(), block.origin())
            .help(match near.as_slice() {
                [] => format!("see the attributes of `{}`", block.type_name()),
                near => did_you_mean(near),
            });
    }
}

/// The type that the author gave a variable or a module.
pub(super) fn declared_type(target: Resource<'_>) -> Option<Type> {
    match target.block.kind {
        BlockKind::Variable => type_expression::parse(target.text("type")?).ok(),
        BlockKind::Module => target.owner()?.type_.clone(),
        _ => None,
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
            _ if is_of_a_check(block, &reference.target) => {
                "only the check itself sees its data source; declare another with `#[data]`"
                    .to_owned()
            }
            (None, []) => "declare it, or remove the reference".to_owned(),
            (None, near) => did_you_mean(near),
        });
}

fn is_of_a_check(block: Resource<'_>, target: &Target) -> bool {
    block
        .graph
        .all()
        .any(|other| scoped_schema(other, target).is_some())
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

/// One object is imported into an address.
fn check_imports(graph: &Graph<'_>, findings: &mut Findings) {
    let mut seen: HashMap<String, Resource<'_>> = HashMap::new();
    for import in graph
        .all()
        .filter(|block| block.block.kind == BlockKind::Import)
    {
        let Some(to) = import.get("to").map(expression::render) else {
            continue;
        };
        let Some(first) = seen.get(&to) else {
            seen.insert(to, import);
            continue;
        };
        findings
            .under(
                &catalogue::DUPLICATE_ADDRESS,
                import,
                import.origin(),
                format!("`{to}` is imported twice"),
            )
            .because("Terraform keeps one object at an address")
            .related(format!("the first import of `{to}`"), first.origin())
            .help("remove one of the two");
    }
}

pub(super) fn check_duplicates(graph: &Graph<'_>, findings: &mut Findings) {
    check_providers(graph, findings);
    check_imports(graph, findings);
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
