//! Everything a document has to pass before it is written: the provider's schema, references, the
//! [rules], and what the author has suppressed.

mod arguments;
mod catalogue;
mod instances;
mod references;
mod types;

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, Origin, SuppressionKind};
use crate::graph::Graph;
use crate::rules::{self, Findings};

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

/// Checks a document.
pub fn check<P>(document: &Document<P>) -> Outcome {
    let graph = Graph::new(document);
    let mut findings = Findings::new(&catalogue::UNKNOWN_ARGUMENT);
    for block in graph.all() {
        arguments::check(block, &mut findings);
        references::check(block, &mut findings);
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
    settle(document, once_a_token(document, found))
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
fn settle<P>(document: &Document<P>, found: Vec<Diagnostic>) -> Outcome {
    let mut used = vec![false; document.suppressions.len()];
    let mut outcome = Outcome::default();
    for diagnostic in found {
        let mut suppressed = false;
        if diagnostic.severity != Severity::Reject {
            for (suppression, used) in document.suppressions.iter().zip(&mut used) {
                if suppression.covers(diagnostic.owner) && suppression.rule == diagnostic.rule {
                    suppressed = true;
                    *used = true;
                }
            }
        }
        match diagnostic.severity {
            _ if suppressed => {}
            Severity::Warn => outcome.warnings.push(diagnostic),
            Severity::Deny | Severity::Reject => outcome.errors.push(diagnostic),
        }
    }
    for (suppression, used) in document.suppressions.iter().zip(used) {
        if suppression.kind == SuppressionKind::Expect && !used {
            let mut diagnostic = Diagnostic::new(
                catalogue::UNFULFILLED_EXPECTATION.name,
                Severity::Warn,
                suppression.origin,
                format!(
                    "`#[webhook_infra::expect({}, …)]` expects a mistake that is no longer there",
                    suppression.rule
                ),
            );
            diagnostic.owner = suppression.owner;
            diagnostic.help(format!("remove `{}` from the attribute", suppression.rule));
            outcome.unfulfilled.push(diagnostic);
        }
    }
    outcome
}

/// Every name that a diagnostic can carry: the rules', and those of the checks in this module.
pub fn all_rules() -> impl Iterator<Item = &'static rules::Rule> {
    CHECKS.iter().copied().chain(rules::RULES.iter().copied())
}

#[cfg(test)]
mod tests;
