//! What the rules' own tests share: a stack as Terraform JSON, judged by one rule.

use super::{CHECKS, RULES, Rule, run};
use crate::diagnostic::Diagnostic;
use crate::graph::Graph;
use crate::json;

/// What `rule` finds in a stack, given as the content of the `resource` and, after a `|`, the `data` section.
fn findings(rule: &'static Rule, stack: &str) -> Vec<Diagnostic> {
    let document = json::parse(stack).unwrap_or_else(|error| panic!("{error}: {stack}"));
    let graph = Graph::new(&document);
    let place = RULES
        .iter()
        .position(|known| known.name == rule.name)
        .expect("the rule is listed in rules/mod.rs");
    run(rule, CHECKS[place], &graph)
}

/// The rule fires exactly once, and its message contains `message`.
#[track_caller]
pub(crate) fn fires(rule: &'static Rule, stack: &str, message: &str) {
    let found = findings(rule, stack);
    assert_eq!(found.len(), 1, "{} on {stack}: {found:#?}", rule.name);
    assert!(
        found[0].message.contains(message),
        "{:?} lacks {message:?}",
        found[0].message
    );
    assert!(!found[0].help.is_empty(), "{} gives no help", rule.name);
    assert!(
        !found[0].consequence.is_empty(),
        "{} gives no reason",
        rule.name
    );
}

/// The rule has nothing to say.
#[track_caller]
pub(crate) fn passes(rule: &'static Rule, stack: &str) {
    let found = findings(rule, stack);
    assert!(found.is_empty(), "{} on {stack}: {found:#?}", rule.name);
}
