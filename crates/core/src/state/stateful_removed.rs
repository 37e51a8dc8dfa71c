//! A stateful resource does not go without a word.

use std::collections::BTreeMap;

use super::moves::Instance;
use super::{Change, base, find, labels, list, pairing};
use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Block, BlockKind, Origin};
use crate::expression;
use crate::graph::{Resource, noun};
use crate::rules::{Findings, Rule};

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

pub(super) fn check(change: &Change<'_>, findings: &mut Findings) {
    let mut gone = Vec::new();
    for block in &change.before {
        let instances = change.gone(block);
        if instances.is_empty() {
            continue;
        }
        match change.resource_after(&base(block)) {
            Some(now) => some_instances(now, block, &instances, findings),
            None => gone.push(*block),
        }
    }
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
                let owner = new
                    .block
                    .owner
                    .map_or(usize::MAX - place, |owner| owner.0 as usize);
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
    let main = owner.main.rsplit('.').next()?;
    let rest = new.block.labels.get(1)?.strip_prefix(main)?;
    old.strip_suffix(rest).filter(|name| !name.is_empty())
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
            .map_or_else(|| base(new.block), |owner| owner.name.clone());
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
        let kept = kept_name(old, new.block).unwrap_or_default();
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
        .help(keep_key(&instances[0]));
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
        "write `#[removed(from = {from}, destroy = false)] pub struct {name};`, which leaves it in AWS and forgets it (`destroy = true` destroys it); if it was never applied, bring `main.tf.json` back to what was (`git restore`)"
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
