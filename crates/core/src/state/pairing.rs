//! Which new resource an old one has probably become.

use std::collections::{BTreeSet, HashMap};

use super::replacing::REPLACING;
use crate::document::{Block, BlockKind, ComponentUse};
use crate::expression;
use crate::graph::Resource;
use crate::value::{Object, Value, ValueKind};

/// More pairs than this are not compared by their bodies: somebody has put another stack in the place.
const MOST_PAIRS: usize = 20_000;

/// For each old resource the new one of its type that it has probably become: the one with the same name in
/// AWS, else the one most like it. None where two are equally likely, and each new one only once.
pub(super) fn pair<'g>(gone: &[&Block], fresh: &[Resource<'g>]) -> Vec<Option<Resource<'g>>> {
    let mut by_type: HashMap<String, (Vec<usize>, Vec<usize>)> = HashMap::new();
    for (place, block) in gone.iter().enumerate() {
        by_type.entry(type_of(block)).or_default().0.push(place);
    }
    for (place, resource) in fresh.iter().enumerate() {
        by_type
            .entry(type_of(resource.block))
            .or_default()
            .1
            .push(place);
    }
    let mut pairs = vec![None; gone.len()];
    for (old, new) in by_type.into_values() {
        for (old, new) in pair_of_type(&old, &new, gone, fresh) {
            pairs[old] = Some(fresh[new]);
        }
    }
    pairs
}

/// What two blocks have to have in common: the type of resources, the source of modules.
fn type_of(block: &Block) -> String {
    match block.kind {
        BlockKind::Module => block
            .body
            .get("source")
            .map_or(String::new(), expression::render),
        _ => block.labels.first().cloned().unwrap_or_default(),
    }
}

fn pair_of_type(
    old: &[usize],
    new: &[usize],
    gone: &[&Block],
    fresh: &[Resource<'_>],
) -> Vec<(usize, usize)> {
    if let ([old], [new]) = (old, new) {
        return vec![(*old, *new)];
    }
    let is_small = old.len() * new.len() <= MOST_PAIRS;
    let olds = old
        .iter()
        .map(|&it| Traits::of(gone[it]))
        .collect::<Vec<_>>();
    let news = new
        .iter()
        .map(|&it| Traits::of(fresh[it].block))
        .collect::<Vec<_>>();
    let mut scores = Vec::new();
    let mut score = |o: usize, n: usize| {
        let score = olds[o].likeness(&news[n]);
        if score > 0 {
            scores.push((score, o, n));
        }
    };
    if is_small {
        (0..old.len()).for_each(|o| (0..new.len()).for_each(|n| score(o, n)));
    } else {
        let mut named: HashMap<&str, usize> = HashMap::new();
        for (n, traits) in news.iter().enumerate() {
            if let Some(name) = traits.name {
                named.insert(name, n);
            }
        }
        for (o, traits) in olds.iter().enumerate() {
            if let Some(&n) = traits.name.and_then(|name| named.get(name)) {
                score(o, n);
            }
        }
    }
    scores.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut taken = (vec![false; old.len()], vec![false; new.len()]);
    let mut pairs = Vec::new();
    for &(score, o, n) in &scores {
        if taken.0[o] || taken.1[n] {
            continue;
        }
        let is_tied = scores.iter().any(|&(other, a, b)| {
            other == score && (a == o) != (b == n) && !taken.0[a] && !taken.1[b]
        });
        if !is_tied {
            taken.0[o] = true;
            taken.1[n] = true;
            pairs.push((old[o], new[n]));
        }
    }
    pairs
}

/// What two resources are compared by.
struct Traits<'b> {
    /// The name in AWS, when it is literal.
    name: Option<&'b str>,
    /// The words of the name in Terraform.
    words: BTreeSet<&'b str>,
    /// The arguments, each with its value.
    arguments: BTreeSet<String>,
    /// The arguments alone: values change with a name.
    paths: BTreeSet<String>,
}

impl<'b> Traits<'b> {
    fn of(block: &'b Block) -> Self {
        let mut traits = Self {
            name: physical_name(block).and_then(|(_, value)| value.as_str()),
            words: block
                .labels
                .last()
                .map_or(BTreeSet::new(), |name| name.split(['_', '-']).collect()),
            arguments: BTreeSet::new(),
            paths: BTreeSet::new(),
        };
        traits.read(&block.body, "");
        traits
    }

    fn read(&mut self, object: &Object, inside: &str) {
        for (key, value) in object.iter() {
            let path = format!("{inside}{}", key.name);
            match (&value.kind, value.objects()) {
                (ValueKind::Object(_) | ValueKind::List(_), objects) if !objects.is_empty() => {
                    for object in objects {
                        self.read(object, &format!("{path}."));
                    }
                }
                _ => {
                    self.arguments
                        .insert(format!("{path} = {}", expression::render(value)));
                    self.paths.insert(path);
                }
            }
        }
    }

    /// In thousandths of what two can have in common.
    fn likeness(&self, other: &Self) -> usize {
        let common = |a: &BTreeSet<String>, b: &BTreeSet<String>| {
            let all = a.union(b).count().max(1);
            a.intersection(b).count() * 1000 / all
        };
        let is_same = self.name.is_some() && self.name == other.name;
        let words = self.words.intersection(&other.words).count() * 1000
            / self.words.union(&other.words).count().max(1);
        usize::from(is_same) * 10_000
            + common(&self.arguments, &other.arguments)
            + common(&self.paths, &other.paths)
            + words
    }
}

/// The argument that is the resource's name in AWS, and its value.
pub(super) fn physical_name(block: &Block) -> Option<(&'static str, &Value)> {
    const NAMES: [&str; 20] = [
        "name",
        "bucket",
        "identifier",
        "bucket_prefix",
        "name_prefix",
        "broker_name",
        "cluster_id",
        "cluster_identifier",
        "cluster_name",
        "collection_id",
        "domain_name",
        "graph_name",
        "index_name",
        "namespace_name",
        "relational_database_name",
        "replication_group_id",
        "repository",
        "repository_name",
        "table_name",
        "vector_bucket_name",
    ];
    let type_name = block.labels.first()?;
    REPLACING
        .iter()
        .filter(|replacing| replacing.type_name == *type_name)
        .filter(|replacing| {
            NAMES.contains(&replacing.argument)
                || type_name == "aws_timestreamwrite_database"
                    && replacing.argument == "database_name"
        })
        .find_map(|replacing| {
            let value = block.body.get(replacing.argument)?;
            (value.kind != ValueKind::Null).then_some((replacing.argument, value))
        })
}

/// The name that the use of a component had in names of AWS, `mail` of `"orders-mail-jobs"` where there is
/// `"orders-post-jobs"` now.
pub(super) fn named_before(
    before: &Value,
    after: &Value,
    component: &ComponentUse,
) -> Option<String> {
    let (before, after) = (expression::render(before), expression::render(after));
    let now = component.id.replace('_', "-");
    let (start, end) = after.split_once(&now)?;
    let named = before.strip_prefix(start)?.strip_suffix(end)?;
    let is_name = !named.is_empty()
        && named
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    is_name.then(|| named.to_owned())
}
