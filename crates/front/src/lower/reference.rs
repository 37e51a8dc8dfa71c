//! Ways through the stack: `Events.dlq.arn`.

use proc_macro2::{Ident, Span};
use webhook_infra_core::{Reference, Step, Target, ValueKind};

use super::Lowered;
use crate::context::{Context, Declaration};
use crate::syntax::{Expression, ExpressionKind};

/// Names that Terraform binds everywhere, and those it binds in some blocks.
const SCOPES: [&str; 6] = ["each", "count", "self", "path", "terraform", "provider"];

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
        let ExpressionKind::Name(name) = &base.kind else {
            let value = self.lower(base)?;
            let path = steps.into_iter().map(|(step, _)| step).collect();
            return Ok(ValueKind::Access(Box::new(value), path));
        };
        let (target, path) = self.resolve(name, steps)?;
        Ok(ValueKind::Reference(Reference { target, path }))
    }

    fn resolve(&mut self, name: &Ident, steps: Vec<(Step, Span)>) -> Lowered<(Target, Vec<Step>)> {
        let text = name.to_string();
        if let Some(declaration) = self.scope.declarations.get(&text).copied() {
            return Ok(resolve_declared(&declaration, steps));
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

/// The target and path of a way that starts at a declaration.
fn resolve_declared(
    declaration: &Declaration<'_>,
    steps: Vec<(Step, Span)>,
) -> (Target, Vec<Step>) {
    let mut path = steps.into_iter().map(|(step, _)| step).peekable();
    let mut target = declaration.target();
    if let Some(Step::Attribute(first)) = path.peek() {
        if let Some(part) = declaration.part(first) {
            target = part;
            path.next();
        } else if let Some((_, to)) = declaration
            .construct
            .aliases
            .iter()
            .find(|(from, _)| from == first)
        {
            path.next();
            let mut steps = to.split('.').collect::<Vec<_>>();
            if let Some(part) = declaration.part(steps[0]) {
                target = part;
                steps.remove(0);
            }
            let aliased = steps
                .into_iter()
                .map(|step| Step::Attribute(step.to_owned()));
            return (target, aliased.chain(path).collect());
        }
    }
    (target, path.collect())
}

fn is_resource_type(name: &str) -> bool {
    name.contains('_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}
