//! Which version of Terraform and of OpenTofu brought which part of the language, in one table.
//!
//! Sources: Terraform, "Terraform Settings" and the changelogs of versions 1.5 to 1.14; OpenTofu, the
//! changelogs of versions 1.6 to 1.12.

use std::borrow::Cow;
use std::fmt;

use crate::document::{BlockKind, Origin};
use crate::functions::{Minimum, minimum};
use crate::graph::{Graph, Resource};
use crate::schema::BlockSchema;
use crate::value::{Object, Target, Value, ValueKind};

/// A minor version, such as 1.9.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

/// The least version that a constraint such as `>= 1.5, < 2.0` or `~> 1.9` allows.
pub fn least(constraint: &str) -> Option<Version> {
    let mut least = None;
    for part in constraint.split(',') {
        let part = part.trim();
        let digits = part.find(|c: char| c.is_ascii_digit())?;
        let (operator, version) = part.split_at(digits);
        let mut numbers = version.trim().split('.');
        let mut number = || {
            numbers
                .next()
                .map_or(Some(0), |text| text.parse::<u32>().ok())
        };
        let found = Version(number()?, number()?);
        match operator.trim() {
            ">=" | ">" | "~>" | "=" | "" => least = least.max(Some(found)),
            "<" | "<=" | "!=" => {}
            _ => return None,
        }
    }
    least
}

/// The versions that a stack is written for. `None` is a product that it is not written for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Targets {
    /// The least version of Terraform.
    pub terraform: Option<Version>,
    /// The least version of OpenTofu.
    pub opentofu: Option<Version>,
}

/// `1.5 -`: Terraform's version and OpenTofu's.
impl fmt::Display for Targets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = |version: Option<Version>| version.map_or("-".to_owned(), |v| v.to_string());
        write!(f, "{} {}", text(self.terraform), text(self.opentofu))
    }
}

impl Targets {
    /// Reads what `Display` wrote; anything else is no target.
    pub fn parse(text: &str) -> Self {
        let mut parts = text.split(' ').map(least);
        Self {
            terraform: parts.next().flatten(),
            opentofu: parts.next().flatten(),
        }
    }
}

/// A part of the language that not every version has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// What it is, as the beginning of a sentence about several.
    pub name: Cow<'static, str>,
    /// The version of Terraform that brought it.
    pub terraform: Version,
    /// The version of OpenTofu that brought it; `None` where that is not known here.
    pub opentofu: Option<Version>,
}

macro_rules! features {
    ($($constant:ident = $name:literal, $terraform:expr, $opentofu:expr;)*) => {
        $(static $constant: Feature = Feature {
            name: Cow::Borrowed($name),
            terraform: $terraform,
            opentofu: $opentofu,
        };)*
    };
}

features! {
    CHECK = "`check` blocks", Version(1, 5), Some(Version(1, 6));
    IMPORT = "`import` blocks", Version(1, 5), Some(Version(1, 6));
    IMPORT_FOR_EACH = "`import` blocks with `for_each`", Version(1, 7), Some(Version(1, 7));
    IMPORT_IDENTITY = "imports by `identity`", Version(1, 12), Some(Version(1, 12));
    REMOVED = "`removed` blocks", Version(1, 7), Some(Version(1, 7));
    MOVED_ACROSS_TYPES = "moves to another resource type", Version(1, 8), None;
    VALIDATION_OF_OTHERS = "validations that refer to something other than the variable", Version(1, 9), None;
    EPHEMERAL_RESOURCES = "ephemeral resources", Version(1, 10), Some(Version(1, 11));
    EPHEMERAL_VARIABLES = "ephemeral variables", Version(1, 10), Some(Version(1, 11));
    EPHEMERAL_OUTPUTS = "ephemeral outputs", Version(1, 10), Some(Version(1, 11));
    LOCKFILE = "lock files of the S3 backend (`use_lockfile`)", Version(1, 10), Some(Version(1, 10));
    WRITE_ONLY = "write-only arguments", Version(1, 11), Some(Version(1, 11));
    OCI_BACKEND = "the backend `oci`", Version(1, 12), None;
}

/// What a function needs; `None` for those that every supported version of Terraform has, or none.
fn function(name: &str) -> Option<Feature> {
    let minimum = minimum(name);
    if minimum == Minimum::ALWAYS {
        return None;
    }
    let name = if name.starts_with("provider::") {
        "functions of providers".into()
    } else {
        format!("the function `{name}`").into()
    };
    Some(Feature {
        name,
        terraform: minimum.terraform?,
        opentofu: minimum.opentofu,
    })
}

/// A place where a feature is used.
pub struct Use<'g> {
    /// What is used.
    pub feature: Feature,
    /// The block that uses it.
    pub block: Resource<'g>,
    /// The token.
    pub origin: Origin,
}

/// The least version of Terraform that has everything that a document uses.
pub fn needed<P>(document: &crate::Document<P>) -> Option<Version> {
    let graph = Graph::new(document);
    uses(&graph).iter().map(|used| used.feature.terraform).max()
}

/// Every use of a feature.
pub fn uses<'g>(graph: &'g Graph<'g>) -> Vec<Use<'g>> {
    let mut uses = Vec::new();
    for block in graph.all() {
        let mut add = |feature: &Feature, origin: Origin| {
            uses.push(Use {
                feature: feature.clone(),
                block,
                origin: origin.or(block.origin()),
            });
        };
        of_kind(block, &mut add);
        if block.block.kind == BlockKind::Resource {
            if let Some(schema) = block.schema() {
                write_only(schema, &block.block.body, &mut add);
            }
        }
        for (key, value) in block.block.body.iter() {
            value.walk(&mut |inner| {
                if let ValueKind::Call { function: name, .. } = &inner.kind {
                    if let Some(feature) = function(name) {
                        add(&feature, inner.origin.or(value.origin).or(key.origin));
                    }
                }
            });
        }
    }
    uses
}

fn of_kind(block: Resource<'_>, add: &mut dyn FnMut(&Feature, Origin)) {
    let is_ephemeral = || block.flag("ephemeral") == Some(true);
    match block.block.kind {
        BlockKind::Check => add(&CHECK, block.origin()),
        BlockKind::Removed => add(&REMOVED, block.origin()),
        BlockKind::Ephemeral => add(&EPHEMERAL_RESOURCES, block.origin()),
        BlockKind::Import => {
            add(&IMPORT, block.origin());
            if block.get("for_each").is_some() {
                add(&IMPORT_FOR_EACH, block.origin_of("for_each"));
            }
            if block.get("identity").is_some() {
                add(&IMPORT_IDENTITY, block.origin_of("identity"));
            }
        }
        BlockKind::Moved => {
            let type_of = |name: &str| match &block.get(name)?.kind {
                ValueKind::Address(address) => resource_type(address.as_str()),
                _ => None,
            };
            if let (Some(from), Some(to)) = (type_of("from"), type_of("to")) {
                if from != to {
                    add(&MOVED_ACROSS_TYPES, block.origin_of("from"));
                }
            }
        }
        BlockKind::Variable => {
            if is_ephemeral() {
                add(&EPHEMERAL_VARIABLES, block.origin_of("ephemeral"));
            }
            if let Some((origin, _)) = other_in_validation(block) {
                add(&VALIDATION_OF_OTHERS, origin);
            }
        }
        BlockKind::Output if is_ephemeral() => {
            add(&EPHEMERAL_OUTPUTS, block.origin_of("ephemeral"));
        }
        BlockKind::Terraform => {
            if block.flag("backend.s3.use_lockfile") == Some(true) {
                add(&LOCKFILE, block.origin_of("backend.s3.use_lockfile"));
            }
            if block.get("backend.oci").is_some() {
                add(&OCI_BACKEND, block.origin_of("backend.oci"));
            }
        }
        _ => {}
    }
}

/// The type of the resource that an address names; `None` for a whole module.
fn resource_type(address: &str) -> Option<&str> {
    let mut rest = address;
    while let Some(inside) = rest.strip_prefix("module.") {
        rest = inside.split_once('.')?.1;
    }
    rest.split_once('.').map(|(type_name, _)| type_name)
}

/// The first thing other than the variable itself that a validation refers to.
fn other_in_validation(variable: Resource<'_>) -> Option<(Origin, Target)> {
    let own = variable.block.target();
    let mut found = None;
    let validation = variable.get("validation")?;
    for condition in validation.objects() {
        for (key, value) in condition.iter() {
            value.walk(&mut |inner| {
                let Some(reference) = inner.as_reference() else {
                    return;
                };
                let is_other = !matches!(reference.target, Target::Scoped(_))
                    && own.as_ref() != Some(&reference.target);
                if is_other && found.is_none() {
                    let origin = inner.origin.or(value.origin).or(key.origin);
                    found = Some((origin, reference.target.clone()));
                }
            });
        }
    }
    found
}

fn write_only(schema: BlockSchema<'_>, body: &Object, add: &mut dyn FnMut(&Feature, Origin)) {
    for (key, value) in body.iter() {
        if let Some(nested) = schema.block(&key.name) {
            for inner in Value::objects(value) {
                write_only(nested.block, inner, add);
            }
        } else if schema
            .attribute(&key.name)
            .is_some_and(|attribute| attribute.write_only)
        {
            add(&WRITE_ONLY, key.origin.or(value.origin));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_version_of_a_constraint_is_found() {
        for (constraint, version) in [
            (">= 1.5", Some(Version(1, 5))),
            ("~> 1.9.2, < 2.0", Some(Version(1, 9))),
            ("1.10", Some(Version(1, 10))),
            (">= 1.6, >= 1.8, != 1.8.1", Some(Version(1, 8))),
            ("< 2.0", None),
            ("latest", None),
            ("=> 1.5", None),
        ] {
            assert_eq!(least(constraint), version, "{constraint}");
        }
        let targets = Targets {
            terraform: None,
            opentofu: Some(Version(1, 11)),
        };
        assert_eq!(Targets::parse(&targets.to_string()), targets);
        assert_eq!(Targets::parse(""), Targets::default());
    }

    #[test]
    fn what_is_used_decides_what_is_needed() {
        for (stack, version) in [
            (r#"{"resource": {"aws_sqs_queue": {"a": {}}}}"#, None),
            (
                r#"{"import": [{"to": "aws_sqs_queue.a", "id": "x", "for_each": "${var.a}"}]}"#,
                Some(Version(1, 7)),
            ),
            (
                r#"{"moved": [{"from": "module.a.aws_s3_bucket_object.a", "to": "aws_s3_object.a[0]"}]}"#,
                Some(Version(1, 8)),
            ),
            (
                r#"{"moved": [{"from": "module.a", "to": "module.b"}]}"#,
                None,
            ),
            (
                r#"{"output": {"a": {"value": "${provider::aws::arn_parse(var.a).account_id}"}}}"#,
                Some(Version(1, 8)),
            ),
            (
                r#"{"output": {"a": {"value": "${core::upper(var.a)}"}}}"#,
                Some(Version(1, 8)),
            ),
            (
                r#"{"output": {"a": {"value": "${convert(var.a, number)}"}}}"#,
                Some(Version(1, 15)),
            ),
            (
                r#"{"variable": {"a": {"validation": [{"condition": "${var.a != var.b}", "error_message": "m"}]}}}"#,
                Some(Version(1, 9)),
            ),
            (
                r#"{"variable": {"a": {"validation": [{"condition": "${var.a != 1}", "error_message": "m"}]}}}"#,
                None,
            ),
            (
                r#"{"resource": {"aws_ssm_parameter": {"a": {"value_wo": "x"}}}}"#,
                Some(Version(1, 11)),
            ),
            (
                r#"{"terraform": {"backend": {"s3": {"use_lockfile": true}}}}"#,
                Some(Version(1, 10)),
            ),
        ] {
            assert_eq!(
                needed(&crate::json::parse(stack).unwrap()),
                version,
                "{stack}"
            );
        }
    }
}
