//! A stateful resource does not go without a word.

use std::collections::BTreeMap;

use super::instances::Instances;
use super::moves::Instance;
use super::{Change, base, find, labels, list, pairing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, BlockKind, Origin, Owner, OwnerId};
use crate::expression;
use crate::graph::{Resource, noun};
use crate::rules::{Findings, Rule};
use crate::suggest::nearest;

pub(super) static RULE: Rule = Rule {
    name: "stateful_removed",
    summary: "a resource that holds data does not leave the stack without a word",
    explanation: "Terraform knows a resource by its address, which here is the name of a struct. A struct that is renamed \
        or taken out is an address that is gone, and `terraform apply` destroys what it stood for: a table with its \
        items, a queue with its messages, a key with everything that is encrypted with it, and of a module all that is \
        in it. `build()` compares the stack with the `main.tf.json` that it is about to replace, and wants a `moved` \
        block for what has a new name and a `removed` block for what is to go. The file has to be under version control \
        for that. What was never applied can be forgotten: bring the file back to what is (`git restore`), and build again.",
    severity: Severity::Deny,
    source: "Terraform, \"Refactor modules\" (`moved` block) and \"Remove a resource from state\" (`removed` block)",
};

pub(super) const WHY_NOT: &str = "Terraform knows a resource by its address";

const NEVER_APPLIED: &str = "if it was never applied, bring `main.tf.json` back to what was (`git restore`), or delete it if nothing was ever applied";

pub(super) fn check(change: &Change<'_>, findings: &mut Findings) {
    let mut gone = Vec::new();
    let mut partly = Vec::new();
    for block in &change.before {
        let instances = change.gone(block);
        if instances.is_empty() {
            continue;
        }
        match change.resource_after(&base(block)) {
            Some(now) => partly.push((now, *block, instances)),
            None => gone.push(*block),
        }
    }
    for (now, block, instances) in &partly {
        // What the declaration stands for speaks for its helpers.
        let is_told = now.is_helper()
            && partly
                .iter()
                .any(|(other, ..)| !other.is_helper() && other.block.owner == now.block.owner);
        if !is_told {
            some_instances(*now, block, instances, findings);
        }
    }
    misnamed(change, &mut gone, findings);
    if gone.is_empty() {
        return;
    }
    let pairs = pairing::pair(&gone, &change.fresh());
    let mut renames: BTreeMap<(usize, String), Rename<'_>> = BTreeMap::new();
    let mut lost = Vec::new();
    for (place, (old, new)) in gone.iter().zip(pairs).enumerate() {
        let Some(new) = new else {
            lost.push(*old);
            continue;
        };
        match old_name(old, new) {
            // The helpers of a declaration go by its name, and are told with it.
            Some(name) => {
                let owner =
                    first_of_use(change, new).map_or(usize::MAX - place, |owner| owner.0 as usize);
                let rename = renames.entry((owner, name.to_owned())).or_default();
                rename.parts.push((old, new));
            }
            None => {
                let mut rename = Rename::default();
                rename.parts.push((old, new));
                rename.report(change, None, findings);
            }
        }
    }
    for ((_, name), rename) in &renames {
        rename.report(change, Some(name), findings);
    }
    for olds in by_declaration(lost) {
        removed(change, &olds, findings);
    }
}

/// What was of one declaration is one mistake: `orders_dlq` goes with `orders`.
fn by_declaration(mut lost: Vec<&Block>) -> Vec<Vec<&Block>> {
    lost.sort_by_key(|block| block.labels.get(1));
    let mut groups: Vec<Vec<&Block>> = Vec::new();
    for block in lost {
        let name = block.labels.get(1).map_or("", String::as_str);
        let main = groups.iter_mut().find(|group| {
            let main = group[0].labels.get(1).map_or("", String::as_str);
            name.strip_prefix(main)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
        });
        match main {
            Some(group) => group.push(block),
            None => groups.push(vec![block]),
        }
    }
    groups
}

/// The name that the declaration of `new` had when `old` was its part: `orders` of `orders_dlq`, where
/// `new` is `purchases_dlq` of `purchases`.
fn old_name<'b>(old: &'b Block, new: Resource<'_>) -> Option<&'b str> {
    let old = old.labels.get(1)?;
    let Some(owner) = new.owner() else {
        return Some(old);
    };
    let rest = new.block.labels.get(1)?.strip_prefix(main_name(owner))?;
    old.strip_suffix(rest).filter(|name| !name.is_empty())
}

/// The name that the names of all its blocks start with: the declaration's, or that of the use of a component.
fn main_name(owner: &Owner) -> &str {
    let main = owner.main.rsplit('.').next().unwrap_or_default();
    match &owner.component {
        Some(component)
            if main
                .strip_prefix(&component.id)
                .is_some_and(|rest| rest.starts_with('_')) =>
        {
            &component.id
        }
        _ => main,
    }
}

/// The struct that the author wrote.
fn written_name(owner: &Owner) -> &str {
    match &owner.component {
        Some(component) if main_name(owner) == component.id => &component.name,
        _ => &owner.name,
    }
}

/// The first declaration of the use of a component that it belongs to, which stands for all of them.
fn first_of_use(change: &Change<'_>, resource: Resource<'_>) -> Option<OwnerId> {
    let id = resource.block.owner?;
    let owners = change.graph.owners;
    let owner = owners.get(id.0 as usize)?;
    if written_name(owner) == owner.name {
        return Some(id);
    }
    let first = owners.iter().position(|other| {
        other.component == owner.component && written_name(other) != other.name
    })?;
    Some(OwnerId(u32::try_from(first).ok()?))
}

/// Tells of a `moved` that names nothing of before, and of what it may have meant.
fn misnamed(change: &Change<'_>, gone: &mut Vec<&Block>, findings: &mut Findings) {
    let idle = change.idle_moves();
    let mut told: Vec<&str> = Vec::new();
    gone.retain(|old| {
        let Some((type_name, name)) = labels(old) else {
            return true;
        };
        let of_type = idle.iter().filter_map(|(moved, now)| {
            let (from_type, from) = moved.1.split_once('.')?;
            (from_type == type_name).then_some((moved.0, from, *now))
        });
        let of_type = of_type.collect::<Vec<_>>();
        let near = nearest(name, of_type.iter().map(|(_, from, _)| *from));
        let Some((history, from, now)) = of_type
            .iter()
            .find(|(_, from, _)| near.first() == Some(from))
        else {
            return true;
        };
        let stem = |text| stem(text, *now);
        let (Some(written), Some(meant)) = (stem(*from), stem(name)) else {
            return true;
        };
        let origin = history.origin_of("from");
        let shown = now.owner().map_or("", written_name);
        // One attribute is one mistake, however many blocks move by it.
        if told.contains(&shown) {
            return false;
        }
        told.push(shown);
        findings
            .at(
                *history,
                origin,
                format!("`moved` names `{written}`, which `main.tf.json` does not have"),
            )
            .because(format!(
                "{WHY_NOT}: `terraform apply` would destroy {}",
                destroyed(&[*old])
            ))
            .help(format!("did you mean `{meant}`?"));
        false
    });
}

/// What of the name of a block goes by the name of its declaration.
fn stem<'n>(name: &'n str, now: Resource<'_>) -> Option<&'n str> {
    let Some(owner) = now.owner() else {
        return Some(name);
    };
    let rest = now.block.labels.get(1)?.strip_prefix(main_name(owner))?;
    name.strip_suffix(rest)
}

/// Resources of one declaration that have a new name.
#[derive(Default)]
struct Rename<'r> {
    parts: Vec<(&'r Block, Resource<'r>)>,
}

impl Rename<'_> {
    fn report(&self, change: &Change<'_>, name: Option<&str>, findings: &mut Findings) {
        // What the declaration stands for speaks for its helpers.
        let Some((old, new)) = self.parts.iter().min_by_key(|(_, new)| new.is_helper()) else {
            return;
        };
        let shown = new
            .owner()
            .map_or_else(|| base(new.block), |owner| written_name(owner).to_owned());
        let message = format!(
            "{} is gone, and {} looks like it under a new name",
            describe(old),
            new.describe()
        );
        let olds = self.parts.iter().map(|(old, _)| *old).collect::<Vec<_>>();
        let consequence = format!(
            "{WHY_NOT}: `terraform apply` would destroy {}, and make {}",
            destroyed(&olds),
            match olds.len() {
                1 => "a new one that is empty",
                _ => "new ones that are empty",
            }
        );
        let is_declared_here = new.owner().is_some_and(|owner| !owner.name.contains('.'));
        let moved = match name {
            Some(name) if is_declared_here => {
                format!("write `#[moved(from = {name})]` on `{shown}`")
            }
            Some(name) => format!("write `.moved_from(\"{name}\")` on it"),
            None if is_declared_here && part(*new).is_some() => format!(
                "write `#[moved(from = {}, to = {shown}.{})]` on `{shown}`",
                base(old),
                part(*new).unwrap_or_default()
            ),
            None => format!(
                "write `.add(Moved::new(\"{}\", \"{}\"))` in `build.rs`, or give it back its old name with `id = \"…\"`",
                base(old),
                base(new.block)
            ),
        };
        let kept = self
            .parts
            .iter()
            .find_map(|(old, new)| kept_name_of_use(old, *new))
            .or_else(|| kept_name(old, new.block))
            .unwrap_or_default();
        let help = format!(
            "{moved}{kept}; if it is another {}, {}",
            noun(new.type_name()),
            let_go(change, &olds)
        );
        findings
            .at(*new, new.origin(), message)
            .because(consequence)
            .help(help);
    }
}

/// `dlq` of `aws_sqs_queue.events_dlq` beside `aws_sqs_queue.events`.
fn part(resource: Resource<'_>) -> Option<String> {
    let address = base(resource.block);
    let part = address.strip_prefix(&resource.owner()?.main)?;
    part.strip_prefix('_').map(str::to_owned)
}

/// What keeps the name in AWS, which goes by that of the struct and cannot be changed.
fn kept_name(old: &Block, new: &Block) -> Option<String> {
    let (argument, before) = pairing::physical_name(old)?;
    let (other, after) = pairing::physical_name(new)?;
    let (before, after) = (expression::render(before), expression::render(after));
    (argument == other && before != after).then(|| {
        format!(", and `{argument} = {before}`, so that it keeps its name in AWS, which cannot be changed")
    })
}

/// [`kept_name`], for all that a component declares.
fn kept_name_of_use(old: &Block, new: Resource<'_>) -> Option<String> {
    let component = new.owner()?.component.as_ref()?;
    let (_, before) = pairing::physical_name(old)?;
    let (_, after) = pairing::physical_name(new.block)?;
    let named = pairing::named_before(before, after, component)?;
    (expression::render(before) != expression::render(after)).then(|| {
        format!(", and `named_as = \"{named}\"` in its `#[component(…)]`, so that all of it keeps its names in AWS, which cannot be changed")
    })
}

fn removed(change: &Change<'_>, olds: &[&Block], findings: &mut Findings) {
    let Some(old) = olds.first() else {
        return;
    };
    let message = format!("{} is gone from the stack", describe(old));
    let diagnostic = Diagnostic::new(RULE.name, RULE.severity, stack(change), message);
    findings
        .add(diagnostic)
        .because(format!(
            "`terraform apply` would destroy {}",
            destroyed(olds)
        ))
        .help(let_go(change, olds));
}

fn some_instances(now: Resource<'_>, old: &Block, instances: &[Instance], findings: &mut Findings) {
    let (shown, verb) = shown(instances);
    let lost = labels(old)
        .and_then(|(type_name, _)| find(type_name))
        .map_or("", |it| it.lost);
    findings
        .at(
            now,
            now.origin_of(argument_of_instances(now)),
            format!("{} {verb} no place in the stack any more", list(&shown)),
        )
        .because(format!(
            "{WHY_NOT}, key included: `terraform apply` would destroy what has none any more (lost: {lost})"
        ))
        .help(move_instance(now, old, &instances[0]));
}

/// Some of the instances, and the verb for all of them.
pub(super) fn shown(instances: &[Instance]) -> (Vec<String>, &'static str) {
    let mut shown = instances
        .iter()
        .take(3)
        .map(|instance| format!("`{instance}`"))
        .collect::<Vec<_>>();
    if instances.len() > shown.len() {
        shown.push(format!("{} more", instances.len() - shown.len()));
    }
    (shown, if instances.len() == 1 { "has" } else { "have" })
}

/// What says which instances there are now.
pub(super) fn argument_of_instances(now: Resource<'_>) -> &'static str {
    if now.get("for_each").is_some() {
        "for_each"
    } else {
        "count"
    }
}

pub(super) fn keep_key(first: &Instance) -> String {
    format!(
        "write `.add(Moved::new({:?}, \"…\"))` in `build.rs`, with the instance that takes its place, or keep its key",
        first.to_string()
    )
}

/// How to say which instance takes the place of another.
fn move_instance(now: Resource<'_>, old: &Block, gone: &Instance) -> String {
    let here = Instances::of(now.block);
    let new_key = match here.keys() {
        Some(keys) => match keys.first() {
            Some(key) => key.clone(),
            None => return keep_key(gone),
        },
        None => Some("…".to_owned()),
    };
    let bracketed =
        |key: &Option<String>| key.as_ref().map_or(String::new(), |key| format!("[{key}]"));
    let (from, to) = (bracketed(&gone.key), bracketed(&new_key));
    let Some(owner) = now.owner().filter(|owner| !owner.name.contains('.')) else {
        return format!(
            "write `.add(Moved::new({:?}, {:?}))` in `build.rs`, with the instance that takes its place, or keep its key",
            gone.to_string(),
            format!("{}{to}", gone.base)
        );
    };
    let name = &owner.name;
    if written_name(owner) != name {
        return format!(
            "write `.add(Moved::new({:?}, {:?}))` in `build.rs`, with the instance that takes its place; or keep its key; {NEVER_APPLIED}",
            gone.to_string(),
            format!("{}{to}", gone.base)
        );
    }
    let id = owner.main.rsplit('.').next().unwrap_or_default();
    let moved = if to.is_empty() {
        format!("#[moved(from = {id}{from})]")
    } else {
        format!("#[moved(from = {id}{from}, to = {name}{to})]")
    };
    let kept = kept_instance_name(now, old, new_key.as_deref());
    let choice = match here.keys() {
        Some(keys) if keys.len() == 1 => "or keep its key",
        _ => "or name another instance that takes its place, or keep its key",
    };
    format!("write `{moved}` on `{name}`{kept}; {choice}; {NEVER_APPLIED}")
}

/// What keeps the name in AWS of one that becomes one of several.
fn kept_instance_name(now: Resource<'_>, old: &Block, key: Option<&str>) -> String {
    let names = pairing::physical_name(old).zip(pairing::physical_name(now.block));
    let Some(((argument, before), (other, after))) = names else {
        return String::new();
    };
    let (Some(text), Some(key)) = (before.as_str(), key) else {
        return kept_name(old, now.block).unwrap_or_default();
    };
    if argument != other || expression::render(before) == expression::render(after) {
        return String::new();
    }
    let each = if now.get("for_each").is_some() {
        "each.key"
    } else {
        "count.index"
    };
    format!(
        ", and `{argument} = if {each} == {key} {{ \"{text}\" }} else {{ \"{text}-${{{each}}}\" }}`, so that it keeps its name in AWS, which cannot be changed"
    )
}

/// How to say that it may go.
pub(super) fn let_go(change: &Change<'_>, olds: &[&Block]) -> String {
    let name = olds
        .first()
        .and_then(|old| old.labels.last())
        .map_or("", String::as_str);
    let mut name = format!("Old{}", pascal_case(name));
    while change.graph.owners.iter().any(|owner| owner.name == name) {
        name.insert_str(0, "Very");
    }
    let from = match olds {
        [one] => base(one),
        several => {
            let addresses = several.iter().map(|old| base(old)).collect::<Vec<_>>();
            format!("[{}]", addresses.join(", "))
        }
    };
    format!(
        "write `#[removed(from = {from}, destroy = false)] pub struct {name};`, which leaves it in AWS and forgets it (`destroy = true` destroys it); {NEVER_APPLIED}"
    )
}

/// Where the stack itself is written.
pub(super) fn stack(change: &Change<'_>) -> Origin {
    let terraform = change
        .graph
        .blocks
        .iter()
        .find(|block| block.kind == BlockKind::Terraform);
    terraform
        .or(change.graph.blocks.first())
        .map_or(Origin::UNKNOWN, |block| block.origin)
}

fn describe(block: &Block) -> String {
    let type_name = block.labels.first().map_or("", String::as_str);
    format!("{} `{}`", noun(type_name), base(block))
}

/// "`aws_dynamodb_table.orders` (lost: its items)".
fn destroyed(blocks: &[&Block]) -> String {
    let mut addresses = blocks
        .iter()
        .map(|block| format!("`{}`", base(block)))
        .collect::<Vec<_>>();
    addresses.sort();
    let mut lost = blocks
        .iter()
        .filter_map(|block| labels(block))
        .filter_map(|(type_name, _)| find(type_name))
        .map(|stateful| stateful.lost)
        .collect::<Vec<_>>();
    lost.sort_unstable();
    lost.dedup();
    format!("{} (lost: {})", list(&addresses), lost.join("; "))
}

fn pascal_case(name: &str) -> String {
    name.split(['_', '-'])
        .map(|word| {
            let mut characters = word.chars();
            characters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(characters).collect()
            })
        })
        .collect()
}
