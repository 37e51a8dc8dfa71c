//! Arguments and nested blocks against the schema.

use super::{catalogue, types};
use crate::document::{BlockKind, Origin};
use crate::graph::Resource;
use crate::json::{Position, position};
use crate::rules::Findings;
use crate::schema::{Attribute, BlockSchema, NestedBlock, Nesting, Type, provider_name};
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Key, Object, Value, ValueKind};

/// Arguments that a rule of their own speaks for, with a better message.
const SPOKEN_FOR: [(&str, &str); 1] = [("aws_api_gateway_method", "authorization")];

/// What Terraform itself understands in a block, whatever the provider.
fn meta_arguments(kind: BlockKind) -> &'static [&'static str] {
    match kind {
        BlockKind::Resource => &[
            "//",
            "provider",
            "count",
            "for_each",
            "lifecycle",
            "depends_on",
            "provisioner",
            "connection",
            "dynamic",
        ],
        BlockKind::Data | BlockKind::Ephemeral => &[
            "//",
            "provider",
            "count",
            "for_each",
            "lifecycle",
            "depends_on",
            "dynamic",
        ],
        // The data source that a check has for itself.
        BlockKind::Check => &["//", "provider", "depends_on"],
        BlockKind::Provider => &["//", "alias", "version"],
        _ => &["//"],
    }
}

/// The arguments of blocks that are Terraform's own: name, and whether it is required. `None` where
/// anything may stand.
fn language_arguments(kind: BlockKind) -> Option<&'static [(&'static str, bool)]> {
    Some(match kind {
        BlockKind::Variable => &[
            ("type", false),
            ("default", false),
            ("description", false),
            ("validation", false),
            ("sensitive", false),
            ("nullable", false),
            ("ephemeral", false),
        ],
        BlockKind::Output => &[
            ("value", true),
            ("description", false),
            ("sensitive", false),
            ("depends_on", false),
            ("ephemeral", false),
            ("precondition", false),
        ],
        BlockKind::Moved => &[("from", true), ("to", true)],
        BlockKind::Import => &[
            ("to", true),
            ("id", false),
            ("identity", false),
            ("provider", false),
            ("for_each", false),
        ],
        BlockKind::Removed => &[
            ("from", true),
            ("lifecycle", false),
            ("provisioner", false),
            ("connection", false),
        ],
        BlockKind::Check => &[("data", false), ("assert", true)],
        BlockKind::Terraform => &[
            ("required_version", false),
            ("required_providers", false),
            ("backend", false),
            ("cloud", false),
            ("provider_meta", false),
            ("experiments", false),
        ],
        _ => return None,
    })
}

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    positions(block, findings);
    let kind = block.block.kind;
    if let Some(arguments) = language_arguments(kind) {
        language_block(block, arguments, findings);
        if kind == BlockKind::Check {
            scoped_data(block, findings);
        }
        return;
    }
    let Some(found) = block.schema() else {
        return unknown_type(block, findings);
    };
    let walk = Walk {
        block,
        shown: block.describe(),
    };
    walk.body(found, &block.block.body, block.origin(), "", findings);
}

/// The data source that a check has for itself.
fn scoped_data(block: Resource<'_>, findings: &mut Findings) {
    let types = block.get("data").and_then(Value::as_object);
    for (type_name, named) in types.into_iter().flat_map(Object::iter) {
        let Some(schema) = block.graph.schemas.data_source(&type_name.name) else {
            if type_name.name.starts_with("aws_") {
                let near = nearest(&type_name.name, crate::schema::aws().data_source_types());
                findings
                    .under(
                        &catalogue::UNKNOWN_RESOURCE_TYPE,
                        block,
                        type_name.origin.or(named.origin),
                        format!("the AWS provider has no data source `{}`", type_name.name),
                    )
                    .because("Terraform refuses it")
                    .help(did_you_mean(&near));
            }
            continue;
        };
        for (name, body) in named.as_object().into_iter().flat_map(Object::iter) {
            let walk = Walk {
                block,
                shown: format!("`data.{}.{}`", type_name.name, name.name),
            };
            if let Some(arguments) = body.as_object() {
                walk.body(schema, arguments, body.origin.or(name.origin), "", findings);
            }
        }
    }
}

fn unknown_type(block: Resource<'_>, findings: &mut Findings) {
    let type_name = block.type_name();
    // Types of a provider without a schema are not known here, and not wrong for that.
    let Some(schema) = block.graph.schemas.provider_of(block.block) else {
        return;
    };
    let provider = match provider_name(block.block) {
        "aws" => "AWS".to_owned(),
        "terraform" => "Terraform".to_owned(),
        other => format!("`{other}`"),
    };
    let (what, near) = match block.block.kind {
        BlockKind::Data => (
            "data source",
            nearest(type_name, schema.data_source_types()),
        ),
        BlockKind::Ephemeral => (
            "ephemeral resource",
            nearest(type_name, schema.ephemeral_resource_types()),
        ),
        BlockKind::Resource => ("resource type", nearest(type_name, schema.resource_types())),
        _ => return,
    };
    let version = match schema.provider_version() {
        "" => String::new(),
        version => format!(" (provider version {version})"),
    };
    findings
        .under(
            &catalogue::UNKNOWN_RESOURCE_TYPE,
            block,
            block.origin(),
            format!("the {provider} provider has no {what} `{type_name}`"),
        )
        .because(format!("Terraform refuses it{version}"))
        .help(did_you_mean(&near));
}

fn language_block(
    block: Resource<'_>,
    arguments: &[(&'static str, bool)],
    findings: &mut Findings,
) {
    let shown = block.block.address().to_string();
    for (key, value) in block.block.body.iter() {
        let known = key.name == "//" || arguments.iter().any(|(name, _)| *name == key.name);
        if !known {
            let names = arguments.iter().map(|(name, _)| *name);
            unknown(
                block,
                &shown,
                key,
                value,
                &nearest(&key.name, names),
                findings,
            );
        }
    }
    for (name, required) in arguments {
        if *required && block.get(name).is_none() {
            missing(block, &shown, name, block.origin(), "", findings);
        }
    }
}

fn unknown(
    block: Resource<'_>,
    shown: &str,
    key: &Key,
    value: &Value,
    near: &[&str],
    findings: &mut Findings,
) {
    let origin = key.origin.or(value.origin);
    findings
        .under(
            &catalogue::UNKNOWN_ARGUMENT,
            block,
            origin,
            format!("{shown} has no argument `{}`", key.name),
        )
        .because("Terraform refuses arguments that the schema does not have")
        .help(match near {
            [] => "remove it".to_owned(),
            near => did_you_mean(near),
        });
}

fn missing(
    block: Resource<'_>,
    shown: &str,
    name: &str,
    origin: Origin,
    inside: &str,
    findings: &mut Findings,
) {
    findings
        .under(
            &catalogue::MISSING_ARGUMENT,
            block,
            origin,
            format!("{shown} lacks the required argument `{inside}{name}`"),
        )
        .because("Terraform refuses the block without it")
        .help(format!("add `{name} = …`"));
}

/// Expressions where Terraform wants names or literals, and names where it wants values.
fn positions(block: Resource<'_>, findings: &mut Findings) {
    for (key, value) in block.block.body.iter() {
        let mut path = vec![key.name.as_str()];
        positions_in(block, &mut path, value, key.origin, findings);
    }
}

fn positions_in<'v>(
    block: Resource<'_>,
    path: &mut Vec<&'v str>,
    value: &'v Value,
    around: Origin,
    findings: &mut Findings,
) {
    let origin = value.origin.or(around);
    match &value.kind {
        ValueKind::List(items) => {
            for item in items {
                positions_in(block, path, item, origin, findings);
            }
            return;
        }
        ValueKind::Object(object) => {
            for (key, value) in object.iter() {
                path.push(&key.name);
                positions_in(block, path, value, key.origin.or(origin), findings);
                path.pop();
            }
            return;
        }
        _ => {}
    }
    let (problem, help) = match (position(block.block.kind, path), &value.kind) {
        // A plain reference renders as the address it names.
        (
            Position::Address,
            ValueKind::Address(_) | ValueKind::String(_) | ValueKind::Reference(_),
        ) => return,
        (Position::Address, _) => (
            "takes the name of something in the stack, not an expression",
            "write the name alone, without an attribute: `Events`",
        ),
        (Position::Literal, _) if value.is_literal() => return,
        (Position::Literal, ValueKind::Constant(_)) => return,
        (Position::Literal, _) => (
            "takes a literal, not an expression",
            "write the value itself; Terraform reads it before there are variables",
        ),
        (Position::Expression, ValueKind::Address(_)) => (
            "takes a value, not a bare address",
            "write an attribute: `Events.arn`",
        ),
        (Position::Expression, _) => return,
    };
    findings
        .under(
            &catalogue::MISPLACED_EXPRESSION,
            block,
            origin,
            format!(
                "`{}` of `{}` {problem}",
                path.join("."),
                block.block.address()
            ),
        )
        .because("Terraform reads this argument before it evaluates anything")
        .help(help);
}

/// The objects of an argument that is a list of them, which reads like nested blocks.
fn object_of(schema: BlockSchema<'_>, name: &str) -> Option<Type> {
    match schema.attribute(name)?.type_() {
        Type::List(item) | Type::Set(item) if matches!(*item, Type::Object(_)) => Some(*item),
        _ => None,
    }
}

struct Walk<'g> {
    block: Resource<'g>,
    shown: String,
}

impl Walk<'_> {
    /// `inside` is the way to this body, ending in a dot, for messages.
    fn body(
        &self,
        schema: BlockSchema<'_>,
        body: &Object,
        origin: Origin,
        inside: &str,
        findings: &mut Findings,
    ) {
        for (key, value) in body.iter() {
            let origin = value.origin.or(key.origin).or(origin);
            if let Some(attribute) = schema.attribute(&key.name) {
                if attribute.is_settable() {
                    types::check(
                        self.block,
                        &attribute.type_(),
                        value,
                        origin,
                        &format!("{inside}{}", key.name),
                        findings,
                    );
                } else if value.kind != ValueKind::Null {
                    self.computed(key, origin, inside, findings);
                }
            } else if let Some(nested) = schema.block(&key.name) {
                self.nested(&nested, value, origin, inside, findings);
            } else if key.name == "dynamic" {
                self.dynamic(schema, value, origin, inside, findings);
            } else if inside.is_empty()
                && meta_arguments(self.block.block.kind).contains(&key.name.as_str())
            {
                self.meta(schema, key, value, findings);
            } else if key.name != "//" {
                let names = schema
                    .attributes()
                    .filter(Attribute::is_settable)
                    .map(|attribute| attribute.name)
                    .chain(schema.blocks().map(|nested| nested.name))
                    .collect::<Vec<_>>();
                let shown = self.inside(inside);
                unknown(
                    self.block,
                    &shown,
                    key,
                    value,
                    &nearest(&key.name, names),
                    findings,
                );
            }
        }
        for attribute in schema.attributes().filter(|attribute| attribute.required) {
            let is_set = body
                .get(attribute.name)
                .is_some_and(|value| value.kind != ValueKind::Null);
            if !is_set && !SPOKEN_FOR.contains(&(self.block.type_name(), attribute.name)) {
                missing(
                    self.block,
                    &self.shown,
                    attribute.name,
                    origin,
                    inside,
                    findings,
                );
            }
        }
        for nested in schema.blocks().filter(|nested| nested.min > 0) {
            let dynamic = body
                .get("dynamic")
                .is_some_and(|dynamic| dynamic.get(nested.name).is_some());
            if body.get(nested.name).is_none() && !dynamic {
                findings
                    .under(
                        &catalogue::BLOCK_COUNT,
                        self.block,
                        origin,
                        format!(
                            "{} lacks the required block `{inside}{}`",
                            self.shown, nested.name
                        ),
                    )
                    .because("Terraform refuses the resource without it")
                    .help(format!("add `{}(…)`", nested.name));
            }
        }
    }

    fn inside(&self, inside: &str) -> String {
        match inside.strip_suffix('.') {
            None => self.shown.clone(),
            Some(path) => format!("`{path}` of {}", self.shown),
        }
    }

    fn computed(&self, key: &Key, origin: Origin, inside: &str, findings: &mut Findings) {
        findings
            .under(
                &catalogue::COMPUTED_ARGUMENT,
                self.block,
                key.origin.or(origin),
                format!(
                    "`{inside}{}` of {} is decided by AWS and cannot be set",
                    key.name, self.shown
                ),
            )
            .because("Terraform refuses a value for a read-only attribute")
            .help("remove it; other resources can refer to it");
    }

    fn nested(
        &self,
        nested: &NestedBlock<'_>,
        value: &Value,
        origin: Origin,
        inside: &str,
        findings: &mut Findings,
    ) {
        let name = nested.name;
        let bodies: Vec<&Value> = match (&value.kind, nested.nesting) {
            (ValueKind::Null, _) => return,
            (ValueKind::List(items), _) => items.iter().collect(),
            (ValueKind::Object(object), Nesting::Map) => {
                object.iter().map(|(_, value)| value).collect()
            }
            _ => vec![value],
        };
        let count = u32::try_from(bodies.len()).unwrap_or(u32::MAX);
        let limit = match nested.nesting {
            Nesting::Single | Nesting::Group => 1,
            _ => nested.max,
        };
        if limit > 0 && count > limit {
            findings
                .under(
                    &catalogue::BLOCK_COUNT,
                    self.block,
                    origin,
                    format!(
                        "{} has {count} blocks `{inside}{name}`, but may have {limit}",
                        self.shown
                    ),
                )
                .because("Terraform refuses more")
                .help(format!("leave {limit}"));
        }
        for body in bodies {
            let origin = body.origin.or(origin);
            match &body.kind {
                ValueKind::Object(object) => {
                    self.body(
                        nested.block,
                        object,
                        origin,
                        &format!("{inside}{name}."),
                        findings,
                    );
                }
                _ if body.is_literal() => {
                    findings
                        .under(
                            &catalogue::WRONG_TYPE,
                            self.block,
                            origin,
                            format!(
                                "`{inside}{name}` of {} is a nested block, not a value",
                                self.shown
                            ),
                        )
                        .because("Terraform refuses a value here")
                        .help(format!("write `{name}(argument = value, …)`"));
                }
                _ => {}
            }
        }
    }

    /// Blocks that are made for each element of a collection.
    fn dynamic(
        &self,
        schema: BlockSchema<'_>,
        value: &Value,
        around: Origin,
        inside: &str,
        findings: &mut Findings,
    ) {
        for (name, dynamics) in value.as_object().into_iter().flat_map(Object::iter) {
            let element = object_of(schema, &name.name);
            if let Some(element) = &element {
                for content in dynamics
                    .objects()
                    .iter()
                    .filter_map(|dynamic| dynamic.get("content"))
                {
                    let origin = dynamics.origin.or(name.origin).or(around);
                    let path = format!("{inside}{}", name.name);
                    types::check(self.block, element, content, origin, &path, findings);
                }
                continue;
            }
            let Some(nested) = schema.block(&name.name) else {
                let names = schema.blocks().map(|nested| nested.name);
                let near = nearest(&name.name, names);
                unknown(
                    self.block,
                    &self.inside(inside),
                    name,
                    value,
                    &near,
                    findings,
                );
                continue;
            };
            for dynamic in dynamics.objects() {
                let content = dynamic.get("content").and_then(Value::as_object);
                for required in ["for_each", "content"] {
                    if dynamic.get(required).is_none() {
                        let inside = format!("{inside}dynamic.{}.", name.name);
                        missing(self.block, &self.shown, required, around, &inside, findings);
                    }
                }
                if let Some(content) = content {
                    let origin = dynamics.origin.or(name.origin).or(around);
                    let inside = format!("{inside}{}.", name.name);
                    self.body(nested.block, content, origin, &inside, findings);
                }
            }
        }
    }

    fn meta(&self, schema: BlockSchema<'_>, key: &Key, value: &Value, findings: &mut Findings) {
        if key.name != "lifecycle" {
            return;
        }
        for body in value.objects() {
            if let Some(ignored) = body.get("ignore_changes") {
                self.ignored(schema, ignored, key.origin, findings);
            }
        }
    }

    fn ignored(
        &self,
        schema: BlockSchema<'_>,
        ignored: &Value,
        around: Origin,
        findings: &mut Findings,
    ) {
        for item in ignored.as_list().unwrap_or_default() {
            let text = match &item.kind {
                ValueKind::Address(address) => address.as_str(),
                ValueKind::String(text) => text,
                _ => continue,
            };
            let Some((name, place, names)) = unknown_step(schema, &steps(text)) else {
                continue;
            };
            let names = names.iter().map(String::as_str);
            let near = nearest(&name, names);
            findings
                .under(
                    &catalogue::UNKNOWN_ATTRIBUTE,
                    self.block,
                    item.origin.or(around),
                    format!(
                        "{}{} has no attribute `{name}` to ignore",
                        place, self.shown
                    ),
                )
                .because("Terraform refuses `ignore_changes` of what is not there")
                .help(did_you_mean(&near));
        }
    }
}

/// The names of a path such as `statement[0].tags["a.b"]`, without what stands in brackets.
fn steps(path: &str) -> Vec<String> {
    let mut steps = vec![String::new()];
    let (mut depth, mut quoted) = (0_usize, false);
    for c in path.chars() {
        match c {
            '"' => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            '.' if depth == 0 => steps.push(String::new()),
            c if depth == 0 => steps.last_mut().into_iter().for_each(|step| step.push(c)),
            _ => {}
        }
    }
    steps
}

/// The first name on a path that is not there, where it is looked for, and what there is instead.
fn unknown_step(
    schema: BlockSchema<'_>,
    steps: &[String],
) -> Option<(String, String, Vec<String>)> {
    let mut schema = schema;
    for (place, step) in steps.iter().enumerate() {
        if schema.attribute(step).is_some() {
            // What is in an attribute has a type of its own, which Terraform does not look into.
            return None;
        }
        let Some(nested) = schema.block(step) else {
            let names = schema
                .attributes()
                .map(|attribute| attribute.name.to_owned())
                .chain(schema.blocks().map(|nested| nested.name.to_owned()))
                .collect();
            let around = match place {
                0 => String::new(),
                _ => format!("`{}` of ", steps[..place].join(".")),
            };
            return Some((step.clone(), around, names));
        };
        schema = nested.block;
    }
    None
}
