//! Everything a document has to pass before it is written: the provider's schema, references, the
//! [rules](crate::rules), and what the author has suppressed.

mod arguments;
mod catalogue;
mod references;
mod types;

use crate::diagnostic::{Diagnostic, Severity};
use crate::document::{Document, SuppressionKind};
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
    }
    references::check_duplicates(&graph, &mut findings);
    let mut found = findings.into_diagnostics();
    found.extend(rules::check(&graph));
    settle(document, found)
}

/// Takes out what is suppressed and sorts the rest.
fn settle<P>(document: &Document<P>, found: Vec<Diagnostic>) -> Outcome {
    let mut used = vec![false; document.suppressions.len()];
    let mut outcome = Outcome::default();
    for diagnostic in found {
        let mut suppressed = false;
        if diagnostic.severity != Severity::Reject {
            for (suppression, used) in document.suppressions.iter().zip(&mut used) {
                let covers = suppression.owner.is_none() || suppression.owner == diagnostic.owner;
                if covers && suppression.rule == diagnostic.rule {
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
            diagnostic.help("remove the attribute");
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
