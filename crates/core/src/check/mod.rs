//! Everything a document has to pass before it is written: the provider's schema, references, the
//! [rules], and what the author has suppressed.

mod arguments;
mod backend;
mod catalogue;
mod expressions;
mod functions;
mod infer;
mod instances;
mod references;
mod types;
mod variables;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Origin, OwnerId, SuppressionKind};
use crate::graph::Graph;
use crate::rules::{self, Findings};
use crate::state;

pub use catalogue::CHECKS;

/// What the checks found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Mistakes that keep the document from being written.
    pub errors: Vec<Diagnostic>,
    /// Mistakes that do not.
    pub warnings: Vec<Diagnostic>,
    /// Expectations (`#[expect(…)]`) that did not come true. They mean something only in a document
    /// without open constants.
    pub unfulfilled: Vec<Diagnostic>,
}

impl Outcome {
    /// Leaves out what compares the stack with what it was, because it is not what it is to be yet.
    pub fn hold_back_state(&mut self) {
        self.errors.retain(|error| !is_of_state(error.rule));
    }
}

/// Checks a document.
///
/// The rules of [`state`] need to know what was before and are silent here.
pub fn check<P>(document: &Document<P>) -> Outcome {
    judge(document, |_| Vec::new(), is_of_state)
}

/// Checks a document that is about to take the place of another.
pub fn check_against<P, Q>(previous: &Document<Q>, document: &Document<P>) -> Outcome {
    judge(document, |graph| state::check(previous, graph), |_| false)
}

fn is_of_state(rule: &str) -> bool {
    state::RULES.iter().any(|known| known.name == rule)
}

/// `silent` says of which rules it is not known whether they would fire.
fn judge<P>(
    document: &Document<P>,
    compare: impl FnOnce(&Graph<'_>) -> Vec<Diagnostic>,
    silent: impl Fn(&str) -> bool,
) -> Outcome {
    let graph = Graph::new(document);
    let mut findings = Findings::new(&catalogue::UNKNOWN_ARGUMENT);
    for block in graph.all() {
        arguments::check(block, &mut findings);
        backend::check(block, &mut findings);
        variables::check(block, &mut findings);
        references::check(block, &mut findings);
        expressions::check(block, &mut findings);
        instances::check(block, &mut findings);
    }
    references::check_duplicates(&graph, &mut findings);
    let mut found = findings.into_diagnostics();
    // A misspelled argument is missing under its right name, too: that is one mistake.
    let misread = found
        .iter()
        .map(|diagnostic| diagnostic.owner)
        .collect::<HashSet<_>>();
    let told = |diagnostic: &Diagnostic| {
        let owner = diagnostic
            .owner
            .and_then(|owner| document.owners.get(owner.0 as usize));
        misread.contains(&diagnostic.owner)
            && owner.is_some_and(|owner| owner.origin == diagnostic.origin)
    };
    let broken = rules::check(&graph)
        .into_iter()
        .filter(|diagnostic| !told(diagnostic))
        .collect::<Vec<_>>();
    found.extend(broken);
    found.extend(compare(&graph));
    settle(document, once_a_token(document, found), silent)
}

/// A construct may put what the author wrote once into several blocks: a function's name is its role's
/// too. One token to change is one mistake, told about the block that the declaration stands for.
fn once_a_token<P>(document: &Document<P>, found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    let mut places: HashMap<(&str, Origin), usize> = HashMap::new();
    let mut kept: Vec<Diagnostic> = Vec::new();
    for diagnostic in found {
        let owner = diagnostic
            .owner
            .and_then(|owner| document.owners.get(owner.0 as usize));
        // What is missing is told at the declaration, and there several things can be missing.
        let is_missing = owner.is_none_or(|owner| owner.origin == diagnostic.origin);
        if is_missing || diagnostic.origin == Origin::UNKNOWN {
            kept.push(diagnostic);
            continue;
        }
        match places.entry((diagnostic.rule, diagnostic.origin)) {
            Entry::Vacant(place) => {
                place.insert(kept.len());
                kept.push(diagnostic);
            }
            Entry::Occupied(place) => {
                let first = &mut kept[*place.get()];
                if first.is_helper && !diagnostic.is_helper {
                    *first = diagnostic;
                }
            }
        }
    }
    kept
}

/// Takes out what is suppressed and sorts the rest.
fn settle<P>(
    document: &Document<P>,
    found: Vec<Diagnostic>,
    silent: impl Fn(&str) -> bool,
) -> Outcome {
    let mut used = vec![false; document.suppressions.len()];
    let mut places: HashMap<(&str, Option<OwnerId>), Vec<usize>> = HashMap::new();
    for (place, suppression) in document.suppressions.iter().enumerate() {
        let rule = suppression.rule.as_str();
        if suppression.owners.is_empty() {
            places.entry((rule, None)).or_default().push(place);
        }
        for owner in &suppression.owners {
            places.entry((rule, Some(*owner))).or_default().push(place);
        }
    }
    let mut outcome = Outcome::default();
    for diagnostic in found {
        let mut suppressed = false;
        if diagnostic.severity != Severity::Reject {
            let of_stack = places.get(&(diagnostic.rule, None));
            let of_owner = diagnostic
                .owner
                .and_then(|owner| places.get(&(diagnostic.rule, Some(owner))));
            for &place in of_stack.into_iter().chain(of_owner).flatten() {
                if !document.suppressions[place].covers(diagnostic.owner) {
                    continue;
                }
                suppressed = true;
                used[place] = true;
            }
        }
        match diagnostic.severity {
            _ if suppressed => {}
            Severity::Warn => outcome.warnings.push(diagnostic),
            Severity::Deny | Severity::Reject => outcome.errors.push(diagnostic),
        }
    }
    // What becomes of the data is judged when the rest is right: a mistake can make a resource seem gone.
    if outcome.errors.iter().any(|error| !is_of_state(error.rule)) {
        outcome.hold_back_state();
    }
    for (suppression, used) in document.suppressions.iter().zip(used) {
        let is_expected = suppression.kind == SuppressionKind::Expect;
        if is_expected && !used && !silent(&suppression.rule) {
            let mut diagnostic = Diagnostic::new(
                catalogue::UNFULFILLED_EXPECTATION.name,
                Severity::Warn,
                suppression.origin,
                format!(
                    "`#[webhook_infra::expect({}, …)]` expects a mistake that is no longer there",
                    suppression.rule
                ),
            );
            diagnostic.owner = suppression.owners.first().copied();
            diagnostic.help(format!("remove `{}` from the attribute", suppression.rule));
            outcome.unfulfilled.push(diagnostic);
        }
    }
    outcome
}

/// Every name that a diagnostic can carry: the rules', and those of the checks in this module.
pub fn all_rules() -> impl Iterator<Item = &'static rules::Rule> {
    CHECKS
        .iter()
        .chain(rules::RULES)
        .chain(state::RULES)
        .copied()
}

#[cfg(test)]
mod tests;
