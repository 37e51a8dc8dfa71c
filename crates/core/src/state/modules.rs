//! A module does not go without a word: nobody knows here what is in it, and all of it would be destroyed.

use super::moves::Instance;
use super::stateful_removed::{self, RULE, WHY_NOT};
use super::{Change, list, pairing};
use crate::diagnostic::Diagnostic;
use crate::document::{Block, BlockKind};
use crate::graph::Resource;
use crate::rules::Findings;

pub(super) fn check(change: &Change<'_>, findings: &mut Findings) {
    let before = change
        .blocks_before
        .iter()
        .filter(|block| block.kind == BlockKind::Module)
        .collect::<Vec<_>>();
    let mut gone = Vec::new();
    for &block in &before {
        let instances = change.gone(block);
        let address = block.address();
        if instances.is_empty() || change.moves.concern_inside(address.as_str()) {
            continue;
        }
        match change.module_after(address.as_str()) {
            Some(now) => some_instances(now, &instances, findings),
            None => gone.push(block),
        }
    }
    if gone.is_empty() {
        return;
    }
    let fresh = change
        .graph
        .all()
        .filter(|module| module.block.kind == BlockKind::Module)
        .filter(|module| !before.iter().any(|it| it.labels == module.block.labels))
        .filter(|module| !change.moves.lead_to(module.block.address().as_str()))
        .collect::<Vec<_>>();
    for (old, new) in gone.iter().zip(pairing::pair(&gone, &fresh)) {
        match new {
            Some(new) => renamed(change, old, new, findings),
            None => removed(change, old, findings),
        }
    }
}

fn renamed(change: &Change<'_>, old: &Block, new: Resource<'_>, findings: &mut Findings) {
    let (from, to) = (old.address(), new.block.address());
    let name = old.labels.first().map_or("", String::as_str);
    let moved = match new.owner() {
        Some(owner) if !owner.name.contains('.') => {
            format!("write `#[moved(from = {name})]` on `{}`", owner.name)
        }
        _ => format!("write `.add(Moved::new(\"{from}\", \"{to}\"))` in `build.rs`"),
    };
    findings
        .at(
            new,
            new.origin(),
            format!("module `{from}` is gone, and `{to}` looks like it under a new name"),
        )
        .because(format!(
            "{WHY_NOT}: `terraform apply` would destroy everything in `{from}`, and make it anew"
        ))
        .help(format!(
            "{moved}; if it is another module, {}",
            stateful_removed::let_go(change, &[old])
        ));
}

fn removed(change: &Change<'_>, old: &Block, findings: &mut Findings) {
    let address = old.address();
    let diagnostic = Diagnostic::new(
        RULE.name,
        RULE.severity,
        stateful_removed::stack(change),
        format!("module `{address}` is gone from the stack"),
    );
    findings
        .add(diagnostic)
        .because(format!(
            "`terraform apply` would destroy everything in `{address}`, data included"
        ))
        .help(stateful_removed::let_go(change, &[old]));
}

fn some_instances(now: Resource<'_>, instances: &[Instance], findings: &mut Findings) {
    let (shown, verb) = stateful_removed::shown(instances);
    findings
        .at(
            now,
            now.origin_of(stateful_removed::argument_of_instances(now)),
            format!("{} {verb} no place in the stack any more", list(&shown)),
        )
        .because(format!(
            "{WHY_NOT}, key included: `terraform apply` would destroy everything in what has none any more"
        ))
        .help(stateful_removed::keep_key(&instances[0]));
}
