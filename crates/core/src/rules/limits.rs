//! What AWS takes in single arguments: facts, and the way to the arguments they are about.
//!
//! The facts are in `limits/`, a file a service. The rules `number_out_of_range`, `value_not_allowed`,
//! `name_not_allowed` and `quota_exceeded` each judge the kinds of limit that are theirs.

mod api_gateway;
mod cloudwatch;
mod dynamodb;
mod events;
mod http_api;
mod iam;
mod kms;
mod lambda;
mod s3;
mod secrets_manager;
mod sns;
mod sqs;
mod ssm;

use crate::document::Origin;
use crate::graph::{Graph, Resource};
use crate::value::{Value, ValueKind};

const SERVICES: [&Service; 13] = [
    &api_gateway::SERVICE,
    &cloudwatch::SERVICE,
    &dynamodb::SERVICE,
    &events::SERVICE,
    &http_api::SERVICE,
    &iam::SERVICE,
    &kms::SERVICE,
    &lambda::SERVICE,
    &s3::SERVICE,
    &secrets_manager::SERVICE,
    &sns::SERVICE,
    &sqs::SERVICE,
    &ssm::SERVICE,
];

/// The limits of one AWS service.
pub(super) struct Service {
    limits: &'static [Limit],
}

/// What AWS does about an argument that it does not take.
pub(super) const CONSEQUENCE: &str = "AWS refuses it in the middle of `terraform apply`";

/// A fact about one argument.
pub(super) struct Limit {
    /// The Terraform type.
    resource: &'static str,
    /// The way to the argument, through nested blocks.
    path: &'static str,
    /// What AWS takes there.
    pub(super) kind: Kind,
    /// What the constructs call the argument, when that is not the last part of `path` and they take the
    /// same values.
    key: &'static str,
    /// An argument that lifts the limit when it is there.
    unless: &'static str,
}

/// What AWS takes.
pub(super) enum Kind {
    /// A number, from the first to the second, in a unit.
    Range(f64, f64, &'static str),
    /// A list of this many things at most.
    Count(usize, &'static str),
    /// The period of an alarm, in seconds.
    Period,
    /// As `Range`, but AWS raises it on demand, up to the second number.
    Quota(f64, f64, &'static str),
    /// As `Count`, but AWS raises it on demand.
    CountQuota(usize, &'static str),
    /// One of these texts.
    Values(&'static [&'static str]),
    /// One of these numbers, in a unit.
    Numbers(&'static [f64], &'static str),
    /// A text of a certain form.
    Name(Name),
}

/// The form of a name.
#[derive(Clone, Copy)]
pub(super) struct Name {
    /// The fewest characters.
    pub(super) least: usize,
    /// The most characters.
    pub(super) most: usize,
    /// The characters it may have, in words.
    pub(super) characters: &'static str,
    /// The characters it may have.
    pub(super) allows: fn(char) -> bool,
    /// An ending that may have other characters.
    pub(super) suffix: &'static str,
    /// What else is wrong with a name.
    pub(super) flaw: fn(&str) -> Option<&'static str>,
}

impl Limit {
    const fn new(resource: &'static str, path: &'static str, kind: Kind) -> Self {
        Self {
            resource,
            path,
            kind,
            key: "",
            unless: "",
        }
    }

    const fn key(mut self, key: &'static str) -> Self {
        self.key = key;
        self
    }

    /// Whether the number is Terraform's way to leave the argument out.
    pub(super) fn is_off(&self, number: f64) -> bool {
        number.to_string() == "-1" && self.path == "reserved_concurrent_executions"
    }

    /// Whether AWS takes numbers between whole numbers: a rate is one.
    pub(super) fn takes_fractions(&self) -> bool {
        self.path.ends_with("_rate_limit") || self.path.ends_with("rate")
    }

    const fn unless(mut self, path: &'static str) -> Self {
        self.unless = path;
        self
    }
}

impl Name {
    /// A name that has some characters and no further rules.
    const fn of(
        least: usize,
        most: usize,
        characters: &'static str,
        allows: fn(char) -> bool,
    ) -> Self {
        Self {
            least,
            most,
            characters,
            allows,
            suffix: "",
            flaw: |_| None,
        }
    }
}

/// An argument that was written and has a limit.
pub(super) struct Argument<'g> {
    /// The resource it is in.
    pub(super) resource: Resource<'g>,
    /// What was written.
    pub(super) value: &'g Value,
    /// Where.
    pub(super) origin: Origin,
    /// The limit.
    pub(super) limit: &'static Limit,
}

impl Argument<'_> {
    /// The argument in a message: "`timeout` of function `Ingestion`".
    pub(super) fn describe(&self) -> String {
        format!("`{}` of {}", self.name(), self.resource.describe())
    }

    /// What to write: what goes there, and the argument in the words of the constructs and of Terraform.
    pub(super) fn help(&self, what: &str) -> String {
        match self.limit.key {
            "" => format!("write {what} for `{}`", self.name()),
            key => format!("write {what} for `{key}` (Terraform: `{}`)", self.name()),
        }
    }

    fn name(&self) -> &'static str {
        self.limit
            .path
            .rsplit('.')
            .next()
            .unwrap_or(self.limit.path)
    }

    /// The value, or each element of a list.
    pub(super) fn elements(&self) -> Vec<(&Value, Origin)> {
        match self.value.as_list() {
            Some(items) => items
                .iter()
                .map(|item| (item, item.origin.or(self.origin)))
                .collect(),
            None => vec![(self.value, self.origin)],
        }
    }
}

/// Every argument that was written and has a limit.
pub(super) fn arguments<'g>(graph: &'g Graph<'g>) -> Vec<Argument<'g>> {
    let mut arguments = Vec::new();
    for service in SERVICES {
        for limit in service.limits {
            for resource in graph.resources(limit.resource) {
                if !limit.unless.is_empty() && resource.get(limit.unless).is_some() {
                    continue;
                }
                let (first, rest) = limit.path.split_once('.').unwrap_or((limit.path, ""));
                let Some((key, value)) = resource.block.body.entry(first) else {
                    continue;
                };
                let origin = key.origin.or(resource.origin());
                walk(value, rest, origin, &mut |value, origin| {
                    arguments.push(Argument {
                        resource,
                        value,
                        origin,
                        limit,
                    });
                });
            }
        }
    }
    arguments
}

/// Follows `path` into every element of repeated blocks.
fn walk<'g>(
    value: &'g Value,
    path: &str,
    origin: Origin,
    visit: &mut dyn FnMut(&'g Value, Origin),
) {
    let origin = value.origin.or(origin);
    if path.is_empty() {
        if value.kind != ValueKind::Null {
            visit(value, origin);
        }
    } else if let Some(items) = value.as_list() {
        for item in items {
            walk(item, path, origin, visit);
        }
    } else if let Some(object) = value.as_object() {
        let (first, rest) = path.split_once('.').unwrap_or((path, ""));
        if let Some((key, value)) = object.entry(first) {
            walk(value, rest, key.origin.or(origin), visit);
        }
    }
}

/// Whether `character` is an ASCII letter, a digit, `-` or `_`.
fn is_plain(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '-' | '_')
}

/// The characters that [`is_plain`] allows, in words.
const PLAIN: &str = "letters, digits, `-` and `_`";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json;

    #[test]
    fn every_element_of_a_repeated_block_is_visited_with_its_own_origin() {
        let mut document = json::parse(
            r#"{"resource": {"aws_s3_bucket_lifecycle_configuration": {"l": {"rule": [
                {"transition": {"storage_class": "GLACIER"}},
                {"transition": [{"storage_class": "ICE"}, {"storage_class": null}]}]}}}}"#,
        )
        .unwrap();
        let place = document.origin("here".to_owned());
        let rules = document.blocks[0].body.get_mut("rule").unwrap();
        if let ValueKind::List(rules) = &mut rules.kind {
            rules[1].origin = place;
        }
        let graph = Graph::new(&document);
        let found: Vec<_> = arguments(&graph)
            .iter()
            .map(|argument| {
                (
                    argument.value.as_str().unwrap().to_owned(),
                    argument.origin == place,
                )
            })
            .collect();
        assert_eq!(
            found,
            [("GLACIER".to_owned(), false), ("ICE".to_owned(), true)]
        );
    }

    #[test]
    fn the_facts_are_well_formed() {
        for limit in SERVICES.iter().flat_map(|service| service.limits) {
            let fits = match limit.kind {
                Kind::Range(least, most, _) | Kind::Quota(least, most, _) => least < most,
                Kind::Name(name) => name.least <= name.most,
                Kind::Values(values) => values.len() > 1,
                Kind::Numbers(numbers, _) => numbers.windows(2).all(|pair| pair[0] < pair[1]),
                Kind::Count(..) | Kind::CountQuota(..) | Kind::Period => true,
            };
            assert!(
                fits && !limit.path.is_empty(),
                "{}.{}",
                limit.resource,
                limit.path
            );
        }
    }
}
