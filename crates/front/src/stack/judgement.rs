//! What schema and rules find, as errors at tokens.

use std::collections::{HashMap, HashSet};

use proc_macro2::Span;
use webhook_infra_core::check::{self, Outcome};
use webhook_infra_core::{Diagnostic, Document, Origin, OwnerId};

use crate::errors::{Error, Errors};

/// Reports what is wrong with the document.
///
/// In a struct of which a part could not be read, what seems missing may be in that part: it is told in
/// the next compile.
///
/// `written` says where a component has what it declares.
pub(super) fn judge(
    document: &Document<Span>,
    faulty: &HashSet<OwnerId>,
    written: &HashMap<OwnerId, (String, Span)>,
    errors: &mut Errors,
) {
    let Outcome { errors: found, .. } = check::check(document);
    for diagnostic in found {
        let owner = diagnostic.owner.filter(|owner| faulty.contains(owner));
        let declared = owner.and_then(|owner| document.owners.get(owner.0 as usize));
        if declared.is_none_or(|owner| owner.origin != diagnostic.origin) {
            let before = errors.len();
            errors.push(error(document, &diagnostic));
            let place = diagnostic.owner.and_then(|owner| written.get(&owner));
            if let Some((place, span)) = place {
                errors.see(before, *span, place);
            }
        }
    }
}

fn error(document: &Document<Span>, diagnostic: &Diagnostic) -> Error {
    let span = document
        .provenance(diagnostic.origin)
        .copied()
        .unwrap_or_else(Span::call_site);
    Error {
        span,
        text: diagnostic.text(|origin| place_of(document, origin)),
    }
}

fn place_of(document: &Document<Span>, origin: Origin) -> Option<String> {
    document.provenance(origin).map(|span| place(*span))
}

/// `file:line`, where the compiler tells (Rust 1.88).
pub(super) fn place(span: Span) -> String {
    format!("{}:{}", span.file(), span.start().line)
}
