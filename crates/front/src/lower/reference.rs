//! Ways through the stack: `Events.dlq.arn`.

use proc_macro2::{Ident, Span, TokenStream};
use webhook_infra_core::{Reference, Step, Target, ValueKind};

use webhook_infra_core::suggest::{did_you_mean, nearest};

use super::{Lowered, resource_schema, struct_name};
use crate::context::{Context, Declaration};
use crate::errors::Error;
use crate::syntax::{EntryKind, Expression, ExpressionKind};

/// Names that Terraform binds everywhere, and those it binds in some blocks.
const SCOPES: [&str; 6] = ["each", "count", "self", "path", "terraform", "provider"];

/// The helpers that are there when a key of their name is: of which construct, what they are called, and
/// what to write.
const OPTIONAL_PARTS: [(&str, &str, &str, &str); 3] = [
    ("sqs", "dlq", "dead-letter queue", "dlq(max_receives = 5)"),
    ("lambda", "alias", "alias", "alias(live)"),
    ("lambda", "url", "URL", "url(auth = \"aws_iam\")"),
];

impl Context<'_> {
    /// `Events.arn`, `Events.dlq.arn`, `var.region`, `data.aws_region.current.name`, `list[0]`, `all[*].id`.
    pub(super) fn reference(&mut self, expression: &Expression) -> Lowered<ValueKind> {
        let mut steps = Vec::new();
        let mut base = expression;
        loop {
            match &base.kind {
                ExpressionKind::Field(inner, name) => {
                    steps.push((Step::Attribute(name.to_string()), name.span()));
                    base = inner;
                }
                ExpressionKind::Index(inner, index) => {
                    let step = match index {
                        None => Step::Splat,
                        Some(index) => Step::Index(self.lower(index)?),
                    };
                    steps.push((step, base.span));
                    base = inner;
                }
                _ => break,
            }
        }
        steps.reverse();
        if let ExpressionKind::Path(path) = &base.kind {
            let goes_on = matches!(steps.first(), Some((Step::Attribute(_), _)));
            if goes_on || struct_name(path).is_some() {
                return Ok(self.reference_elsewhere(path, steps));
            }
        }
        let ExpressionKind::Name(name) = &base.kind else {
            let value = self.lower(base)?;
            let path = steps.into_iter().map(|(step, _)| step).collect();
            return Ok(ValueKind::Access(Box::new(value), path));
        };
        let text = name.to_string();
        let is_free = !self.for_names.contains(&text);
        if is_free
            && crate::names::is_constant(&text)
            && !self.scope.declarations.contains_key(&text)
        {
            let value = self.lower(base)?;
            let path = steps.into_iter().map(|(step, _)| step).collect();
            return Ok(ValueKind::Access(Box::new(value), path));
        }
        let (target, path) = self.resolve(name, steps)?;
        Ok(ValueKind::Reference(Reference { target, path }))
    }

    /// `shared::Events.dlq.arn`: the names behind the path are resolved where they are known.
    fn reference_elsewhere(&mut self, path: &TokenStream, steps: Vec<(Step, Span)>) -> ValueKind {
        let Some(elsewhere) = self.elsewhere(path) else {
            return ValueKind::Null;
        };
        let (names, spans): (Vec<_>, Vec<_>) = steps
            .iter()
            .map_while(|(step, span)| match step {
                Step::Attribute(name) => Some((name.clone(), *span)),
                _ => None,
            })
            .unzip();
        if names.is_empty() {
            // `shared::Zones[0]`: a variable that is a list, or a resource with `count`.
            self.check_trait(&elsewhere, "Declared");
        } else {
            let span = spans.last().copied();
            self.check_way(&elsewhere, &names, span.unwrap_or(elsewhere.name.span()));
        }
        let target = self.open(&elsewhere, &names);
        let path = steps.into_iter().skip(names.len()).map(|(step, _)| step);
        ValueKind::Reference(Reference {
            target,
            path: path.collect(),
        })
    }

    /// `shared::Region` as a value: a variable or a local value.
    pub(super) fn named_elsewhere(&mut self, path: &TokenStream) -> ValueKind {
        let Some(elsewhere) = self.elsewhere(path) else {
            return ValueKind::Null;
        };
        self.check_trait(&elsewhere, "NamedValue");
        ValueKind::Reference(Reference {
            target: self.open(&elsewhere, &[]),
            path: Vec::new(),
        })
    }

    fn resolve(&mut self, name: &Ident, steps: Vec<(Step, Span)>) -> Lowered<(Target, Vec<Step>)> {
        let text = name.to_string();
        if self.for_names.contains(&text) {
            let path = steps.into_iter().map(|(step, _)| step).collect();
            return Ok((Target::Scoped(text), path));
        }
        if self.bound.contains(&text) {
            return iterated(name, steps);
        }
        if let Some(declaration) = self.scope.declarations.get(&text).copied() {
            if declaration.construct.name == "input" {
                let unknown = Target::Scoped("null".to_owned());
                let target = self.input(&declaration).unwrap_or(unknown);
                return Ok((target, steps.into_iter().map(|(step, _)| step).collect()));
            }
            return self.resolve_declared(&declaration, steps);
        }
        let path = steps.into_iter().map(|(step, _)| step).collect::<Vec<_>>();
        let names = path
            .iter()
            .map_while(|step| match step {
                Step::Attribute(name) => Some(name.clone()),
                _ => None,
            })
            .take(2)
            .collect::<Vec<_>>();
        let (target, used) = match (text.as_str(), names.as_slice()) {
            ("var", [name, ..]) => (Target::Variable(name.clone()), 1),
            ("local", [name, ..]) => (Target::Local(name.clone()), 1),
            ("module", [name, ..]) => (Target::Module(name.clone()), 1),
            ("data", [type_name, name]) => (Target::Data(type_name.clone(), name.clone()), 2),
            ("ephemeral", [type_name, name]) => {
                (Target::Ephemeral(type_name.clone(), name.clone()), 2)
            }
            (scope, _) if SCOPES.contains(&scope) => (Target::Scoped(text), 0),
            (type_name, [name, ..]) if is_resource_type(type_name) => {
                (Target::Resource(type_name.to_owned(), name.clone()), 1)
            }
            _ => return Err(self.unknown_name(name)),
        };
        Ok((target, path.into_iter().skip(used).collect()))
    }
}

impl Context<'_> {
    /// The target and path of a way that starts at a declaration.
    fn resolve_declared(
        &mut self,
        declaration: &Declaration<'_>,
        steps: Vec<(Step, Span)>,
    ) -> Lowered<(Target, Vec<Step>)> {
        let construct = declaration.construct;
        // `Queues["a"].dlq.arn` is `aws_sqs_queue.queues_dlq["a"].arn`: what picks one of several
        // stands right behind the address.
        let place = steps
            .iter()
            .position(|(step, _)| matches!(step, Step::Attribute(_)))
            .unwrap_or(steps.len());
        let mut before = steps;
        let behind = before.split_off(place);
        let before = before.into_iter().map(|(step, _)| step);
        let Some((Step::Attribute(first), span)) = behind.first().cloned() else {
            return Ok((declaration.target(), before.collect()));
        };
        let rest = behind.into_iter().skip(1).map(|(step, _)| step);
        if declaration.part(&first).is_some() {
            let target = self.part(declaration, &first, span)?;
            return Ok((target, before.chain(rest).collect()));
        }
        if let Some((_, to)) = construct.aliases.iter().find(|(from, _)| *from == first) {
            let (part, name) = to.split_once('.').unwrap_or(("", to));
            let target = declaration
                .part(part)
                .unwrap_or_else(|| declaration.target());
            let step = Step::Attribute(name.to_owned());
            return Ok((target, before.chain([step]).chain(rest).collect()));
        }
        if let Some(schema) = resource_schema(construct.main) {
            if schema.attribute(&first).is_none() && schema.block(&first).is_none() {
                let names = construct
                    .parts
                    .iter()
                    .map(|part| part.name)
                    .chain(construct.aliases.iter().map(|(from, _)| *from))
                    .chain(schema.attributes().map(|attribute| attribute.name));
                let help = match nearest(&first, names) {
                    near if near.is_empty() => {
                        format!("see the attributes of `{}`", construct.main)
                    }
                    near => did_you_mean(&near),
                };
                let name = declaration.name();
                return Err(Error::new(
                    span,
                    format!("{} `{name}` has no attribute `{first}`", construct.noun()),
                    help,
                ));
            }
        }
        Ok((
            declaration.target(),
            before.chain([Step::Attribute(first)]).chain(rest).collect(),
        ))
    }

    /// A helper of a declaration, which has to be there.
    pub(crate) fn part(
        &mut self,
        declaration: &Declaration<'_>,
        name: &str,
        span: Span,
    ) -> Lowered<Target> {
        let target = declaration
            .part(name)
            .unwrap_or_else(|| declaration.target());
        let Some((_, _, noun, example)) = OPTIONAL_PARTS.iter().find(|(construct, part, ..)| {
            *construct == declaration.construct.name && *part == name
        }) else {
            return Ok(target);
        };
        let entry = declaration
            .annotation
            .entries
            .iter()
            .find(|entry| entry.key().is_some_and(|key| key == name));
        let Some(entry) = entry else {
            let construct = declaration.construct;
            return Err(Error::new(
                span,
                format!(
                    "{} `{}` has no {noun}",
                    construct.noun(),
                    declaration.name()
                ),
                format!("write `{example}` in its `#[{}(…)]`", construct.name),
            ));
        };
        if name != "dlq" {
            return Ok(target);
        }
        // `dlq(to = Failed)` is `Failed`.
        let EntryKind::Block(_, entries) = &entry.kind else {
            return Ok(target);
        };
        let other = entries.iter().find_map(|entry| match &entry.kind {
            EntryKind::Assign(key, value) if key == "to" => match &value.kind {
                ExpressionKind::Name(name) => self.scope.declarations.get(&name.to_string()),
                _ => None,
            },
            _ => None,
        });
        Ok(other.map_or(target, Declaration::target))
    }
}

/// What an iterator of `dynamic` stands for: it has a key and a value.
fn iterated(name: &Ident, steps: Vec<(Step, Span)>) -> Lowered<(Target, Vec<Step>)> {
    match steps.first() {
        Some((Step::Attribute(first), _)) if first == "key" || first == "value" => {}
        first => {
            return Err(Error::new(
                first.map_or(name.span(), |(_, span)| *span),
                format!("an element of `dynamic` has `{name}.key` and `{name}.value`"),
                format!("write `{name}.value`, or what is in it: `{name}.value.name`"),
            ));
        }
    }
    let path = steps.into_iter().map(|(step, _)| step).collect();
    Ok((Target::Scoped(name.to_string()), path))
}

fn is_resource_type(name: &str) -> bool {
    name.contains('_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
