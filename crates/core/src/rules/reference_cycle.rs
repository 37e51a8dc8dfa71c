//! No block waits for itself.

use std::collections::{HashMap, HashSet};

use super::{Findings, Rule};
use crate::diagnostic::Severity;
use crate::document::{BlockKind, Origin};
use crate::graph::{Graph, Resource};
use crate::value::{Value, ValueKind};

pub(super) const RULE: Rule = Rule {
    name: "reference_cycle",
    summary: "references and `depends_on` never lead back to where they start",
    explanation: "Terraform creates what a block refers to before the block itself. When the references go round in a \
        circle there is no first one, and Terraform stops before it plans anything. That holds for a block that \
        refers to itself as well.",
    severity: Severity::Reject,
    source: "Terraform, \"Resource graph\" and \"References to named values\"",
};

/// So many are reported at most: a knot has more ways round than anyone would read.
const MOST: usize = 100;

/// The blocks that each block waits for, and where it says so.
type Edges = Vec<Vec<(usize, Origin)>>;

pub(super) fn check(graph: &Graph<'_>, findings: &mut Findings) {
    // Modules are left out, since inputs and outputs of a module are places of their own in Terraform's
    // graph; so are variables, whose validation refers to the variable itself.
    let nodes: Vec<_> = graph
        .all()
        .filter(|block| {
            matches!(
                block.block.kind,
                BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral | BlockKind::Locals
            )
        })
        .collect();
    let places: HashMap<_, _> = nodes
        .iter()
        .enumerate()
        .filter_map(|(place, node)| Some((node.block.target()?.to_string(), place)))
        .collect();
    let edges: Edges = nodes.iter().map(|node| edges(*node, &places)).collect();
    for cycle in cycles(&edges) {
        report(&nodes, &edges, &cycle, findings);
    }
}

/// What a block waits for, each once.
fn edges(node: Resource<'_>, places: &HashMap<String, usize>) -> Vec<(usize, Origin)> {
    let mut seen = HashSet::new();
    let references = node
        .references()
        .into_iter()
        .map(|(target, origin)| (target.to_string(), origin));
    references
        .chain(addresses(node))
        .filter_map(|(name, origin)| Some((*places.get(&name)?, origin)))
        .filter(|(place, _)| seen.insert(*place))
        .collect()
}

/// What a block names without referring to it.
fn addresses(node: Resource<'_>) -> Vec<(String, Origin)> {
    let mut addresses = Vec::new();
    for path in ["depends_on", "lifecycle.replace_triggered_by"] {
        let fallback = node.origin_of(path);
        let mut take = |value: &Value| {
            if let ValueKind::Address(address) = &value.kind {
                addresses.push((block_of(address.as_str()), value.origin.or(fallback)));
            }
        };
        if let Some(value) = node.get(path) {
            value.walk(&mut take);
        }
    }
    addresses
}

/// The block that an address starts with, without index and attribute.
fn block_of(address: &str) -> String {
    let labels = if address.starts_with("data.") || address.starts_with("ephemeral.") {
        3
    } else {
        2
    };
    let name = address.split('[').next().unwrap_or(address);
    name.split('.').take(labels).collect::<Vec<_>>().join(".")
}

/// Where the search has been.
#[derive(Clone, Copy)]
enum Mark {
    New,
    /// On the way that is being followed, at this place.
    Open(usize),
    Done,
}

/// The ways that lead back to where they start. The search keeps its own stack: a chain of blocks may be
/// as long as the stack is big.
fn cycles(edges: &Edges) -> Vec<Vec<usize>> {
    let mut marks = vec![Mark::New; edges.len()];
    let mut found = Vec::new();
    for start in 0..edges.len() {
        let mut way = Vec::new();
        if matches!(marks[start], Mark::New) {
            marks[start] = Mark::Open(0);
            way.push((start, 0));
        }
        while let Some((node, next)) = way.last_mut() {
            let Some(&(target, _)) = edges[*node].get(*next) else {
                marks[*node] = Mark::Done;
                way.pop();
                continue;
            };
            *next += 1;
            match marks[target] {
                Mark::New => {
                    marks[target] = Mark::Open(way.len());
                    way.push((target, 0));
                }
                Mark::Open(place) if found.len() < MOST => {
                    found.push(way[place..].iter().map(|(node, _)| *node).collect());
                }
                Mark::Open(_) | Mark::Done => {}
            }
        }
    }
    found
}

/// Reports a cycle at its first reference, beginning with the block that was declared first.
fn report(nodes: &[Resource<'_>], edges: &Edges, cycle: &[usize], findings: &mut Findings) {
    let first = cycle.iter().enumerate().min_by_key(|(_, node)| **node);
    let way: Vec<_> = cycle
        .iter()
        .cycle()
        .skip(first.map_or(0, |(place, _)| place))
        .take(cycle.len() + 1)
        .copied()
        .collect();
    let mut steps = way.windows(2).filter_map(|pair| {
        let [from, to] = pair else { return None };
        let (_, origin) = edges[*from].iter().find(|(target, _)| target == to)?;
        Some((nodes[*from], nodes[*to], *origin))
    });
    let Some((from, _, origin)) = steps.next() else {
        return;
    };
    let names: Vec<_> = way
        .iter()
        .map(|node| format!("`{}`", nodes[*node].block.address()))
        .collect();
    let message = if cycle.len() == 1 {
        format!("{} refers to itself", from.describe())
    } else {
        format!(
            "{} waits for itself: {}",
            from.describe(),
            names.join(" → ")
        )
    };
    let finding = findings
        .at(from, origin, message)
        .because("Terraform stops with a cycle: none of the blocks can be created first")
        .help(
            "take one of the references out, or move it into a resource of its own, as `aws_sqs_queue_policy` does \
             for the policy of a queue",
        );
    for (from, to, origin) in steps {
        finding.related(
            format!(
                "`{}` refers to `{}`",
                from.block.address(),
                to.block.address()
            ),
            origin,
        );
    }
}

#[cfg(test)]
mod tests {
    use super::{RULE, cycles};
    use crate::Origin;
    use crate::rules::testing::{fires, passes};

    #[test]
    fn a_way_round_is_found_once_and_named() {
        fires(
            &RULE,
            r#"{"resource": {"aws_b": {"y": {"v": "${aws_a.x.id}-${aws_a.x.arn}"}}, "aws_a": {"x": {"v": "${aws_b.y.id}"}}}}"#,
            "`aws_a.x` → `aws_b.y` → `aws_a.x`",
        );
        passes(
            &RULE,
            r#"{"resource": {"aws_b": {"y": {"v": "${aws_a.x.id}"}}, "aws_a": {"x": {"v": "1"}}}}"#,
        );
    }

    #[test]
    fn depends_on_locals_and_triggers_count() {
        fires(
            &RULE,
            r#"{"resource": {"aws_a": {"x": {"depends_on": ["data.aws_d.y"]}}}, "data": {"aws_d": {"y": {"v": "${local.l}"}}},
            "locals": {"l": "${aws_a.x[0].id}"}}"#,
            "local.l",
        );
        fires(
            &RULE,
            r#"{"resource": {"aws_a": {"x": {"lifecycle": {"replace_triggered_by": ["aws_a.y.id"]}}, "y": {"v": "${aws_a.x.id}"}}}}"#,
            "aws_a.y",
        );
        passes(
            &RULE,
            r#"{"resource": {"aws_a": {"x": {"lifecycle": {"ignore_changes": ["v"]}, "v": "${module.m.v}"}}},
            "module": {"m": {"source": "./m", "v": "${aws_a.x.id}"}}, "variable": {"v": {"validation": {"condition": "${var.v > 0}"}}}}"#,
        );
    }

    #[test]
    fn a_block_may_not_refer_to_itself() {
        fires(
            &RULE,
            r#"{"resource": {"aws_security_group": {"g": {"v": "${aws_security_group.g.id}"}}}}"#,
            "security group `aws_security_group.g` refers to itself",
        );
        passes(
            &RULE,
            r#"{"resource": {"aws_a": {"x": {"provisioner": {"local-exec": {"command": "${self.id}"}}}}}}"#,
        );
    }

    #[test]
    fn a_long_chain_needs_no_deep_stack_and_a_knot_ends() {
        let size = 100_000;
        let ring = (0..size)
            .map(|node| vec![((node + 1) % size, Origin::UNKNOWN)])
            .collect();
        assert_eq!(cycles(&ring), [(0..size).collect::<Vec<_>>()]);
        let knot = (0..300)
            .map(|_| (0..300).map(|node| (node, Origin::UNKNOWN)).collect())
            .collect();
        assert_eq!(cycles(&knot).len(), super::MOST);
    }
}
