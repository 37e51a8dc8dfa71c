//! The type of a value, as far as it can be known before Terraform runs, and the mistakes that are found
//! on the way: what a function or operator cannot take, attributes that are not there, names that are
//! not bound. Unknown is innocent.

mod convert;
mod operators;
mod path;
mod scope;
mod shape;

pub(super) use convert::{fits, in_words, is_primitive};
pub(super) use shape::Shape;

use super::{catalogue, functions};
use crate::diagnostic::Diagnostic;
use crate::document::Origin;
use crate::expression;
use crate::graph::Resource;
use crate::rules::{Findings, Rule};
use crate::schema::{ObjectAttribute, Type};
use crate::value::{For, Key, Part, Value, ValueKind};
use convert::unified;
use path::Way;

/// How far locals that refer to locals are followed.
const MAX_LOCALS: usize = 8;

/// How many locals are looked into for one value, however they refer to each other.
const BUDGET: usize = 200;

/// A walk through one value of a block.
pub(super) struct Infer<'g, 'f> {
    block: Resource<'g>,
    /// Where mistakes go; without, nothing is reported.
    findings: Option<&'f mut Findings>,
    /// The names on the way to the value, from the block's argument on.
    way: &'f [&'g str],
    /// The names that `for` expressions around bind, innermost last.
    bound: Vec<(String, Shape)>,
    /// Whether a mistake here is one that `try` or `can` catches.
    is_tried: bool,
    locals: usize,
    budget: usize,
}

impl<'g, 'f> Infer<'g, 'f> {
    /// Reports what it finds.
    pub(super) fn reporting(
        block: Resource<'g>,
        way: &'f [&'g str],
        findings: &'f mut Findings,
    ) -> Self {
        Self {
            findings: Some(findings),
            ..Self::silent(block, way)
        }
    }

    /// Only finds types.
    pub(super) fn silent(block: Resource<'g>, way: &'f [&'g str]) -> Self {
        Self {
            block,
            findings: None,
            way,
            bound: Vec::new(),
            is_tried: false,
            locals: 0,
            budget: BUDGET,
        }
    }

    pub(super) fn block(&self) -> Resource<'g> {
        self.block
    }

    /// Whether nothing is reported, so that what cannot change a type need not be looked at.
    pub(super) fn is_silent(&self) -> bool {
        self.findings.is_none()
    }

    /// A mistake, unless it is one that `try` or `can` catches, or nothing is reported.
    pub(super) fn report(
        &mut self,
        rule: &'static Rule,
        origin: Origin,
        message: impl Into<String>,
    ) -> Option<&mut Diagnostic> {
        if self.is_tried {
            return None;
        }
        self.report_always(rule, origin, message)
    }

    /// A mistake that Terraform finds before it evaluates anything.
    pub(super) fn report_always(
        &mut self,
        rule: &'static Rule,
        origin: Origin,
        message: impl Into<String>,
    ) -> Option<&mut Diagnostic> {
        let block = self.block;
        let findings = self.findings.as_deref_mut()?;
        Some(findings.under(rule, block, origin, message.into()))
    }

    /// The type of a value.
    pub(super) fn type_of(&mut self, value: &Value, around: Origin) -> Type {
        self.value(value, around).into_type()
    }

    /// What is known of a value.
    pub(super) fn value(&mut self, value: &Value, around: Origin) -> Shape {
        let origin = value.origin.or(around);
        Shape::Type(match &value.kind {
            ValueKind::Null | ValueKind::Constant(_) => Type::Any,
            ValueKind::Bool(_) => Type::Bool,
            ValueKind::Number(_) => Type::Number,
            ValueKind::String(_) | ValueKind::Address(_) => Type::String,
            ValueKind::Template(parts) => {
                self.template(parts, origin);
                Type::String
            }
            ValueKind::List(items) => {
                let types = items.iter().map(|item| self.type_of(item, origin));
                Type::Tuple(types.collect())
            }
            ValueKind::Object(object) => self.object(object, origin),
            ValueKind::Reference(reference) => return self.reference(reference, origin),
            ValueKind::Call {
                function,
                arguments,
                spread,
            } => return functions::call(self, function, arguments, *spread, origin),
            ValueKind::Unary(operator, operand) => self.unary(*operator, operand, origin),
            ValueKind::Binary(operator, left, right) => self.binary(*operator, left, right, origin),
            ValueKind::Conditional(branches) => self.conditional(branches, origin),
            ValueKind::Access(base, steps) => {
                let shape = self.value(base, origin);
                return self.walk(shape, steps, &mut Way::of_value(base, origin));
            }
            ValueKind::For(clause) => self.clause(clause, origin),
            ValueKind::Raw { text, template } => {
                if !self.is_silent() {
                    for reference in expression::scan(text, *template) {
                        self.reference(&reference, origin);
                    }
                }
                Type::Any
            }
        })
    }

    fn template(&mut self, parts: &[Part], origin: Origin) {
        if self.is_silent() {
            return;
        }
        for part in parts {
            let Part::Interpolation(value) = part else {
                continue;
            };
            let found = self.type_of(value, origin);
            if fits(value, &found, &Type::String) {
                continue;
            }
            let shown = expression::render(value);
            if let Some(diagnostic) = self.report(
                &catalogue::WRONG_TYPE,
                value.origin.or(origin),
                format!(
                    "`{shown}` is {}, which has no place in a text",
                    in_words(&found)
                ),
            ) {
                diagnostic
                    .because("Terraform puts strings, numbers and truth values into a text, and nothing else")
                    .help(format!(
                        "write one element of it, `join(\", \", {shown})` or `jsonencode({shown})`"
                    ));
            }
        }
    }

    fn object(&mut self, object: &crate::value::Object, origin: Origin) -> Type {
        let mut attributes = Vec::new();
        let mut is_open = false;
        for (key, value) in object.iter() {
            if key.template {
                is_open = true;
                self.key(key, origin);
            }
            attributes.push(ObjectAttribute {
                name: key.name.clone(),
                type_: self.type_of(value, key.origin.or(origin)),
                optional: false,
            });
        }
        if is_open {
            return Type::Map(Box::new(Type::Any));
        }
        attributes.sort_by(|a, b| a.name.cmp(&b.name));
        Type::Object(attributes)
    }

    /// A key that is an expression.
    fn key(&mut self, key: &Key, origin: Origin) {
        if !self.is_silent() {
            let value = expression::parse_template(&key.name);
            self.value(&value, key.origin.or(origin));
        }
    }

    fn conditional(&mut self, branches: &[Value; 3], origin: Origin) -> Type {
        let [condition, then, otherwise] = branches;
        if !self.is_silent() {
            self.wants(&Type::Bool, condition, origin, "a condition");
        }
        let one = self.type_of(then, origin);
        let other = self.type_of(otherwise, origin);
        if let Some(type_) = unified(&one, &other) {
            return type_;
        }
        let message = format!(
            "this condition gives {} or {}",
            in_words(&one),
            in_words(&other)
        );
        if let Some(diagnostic) = self.report(&catalogue::WRONG_TYPE, origin, message) {
            diagnostic
                .because("Terraform wants both results of a condition to be of one type")
                .help("give both the same type; `null` goes with every type");
        }
        Type::Any
    }

    /// Checks that a value can be what stands here, and gives its type.
    pub(super) fn wants(
        &mut self,
        wanted: &Type,
        value: &Value,
        around: Origin,
        place: &str,
    ) -> Type {
        let origin = value.origin.or(around);
        let shape = self.value(value, origin);
        self.wants_known(wanted, value, &shape, origin, place)
    }

    /// Checks that a value that was looked at already can be what stands here, and gives its type.
    pub(super) fn wants_known(
        &mut self,
        wanted: &Type,
        value: &Value,
        shape: &Shape,
        origin: Origin,
        place: &str,
    ) -> Type {
        let found = shape.clone().into_type();
        if !fits(value, &found, wanted) {
            let message = format!(
                "{place} wants {}, and `{}` is {}",
                in_words(wanted),
                expression::render(value),
                in_words(&found)
            );
            if let Some(diagnostic) = self.report(&catalogue::WRONG_TYPE, origin, message) {
                diagnostic.because("Terraform cannot convert one into the other");
                if *wanted == Type::Bool {
                    diagnostic.help("write a comparison, such as `x != \"\"` or `length(x) > 0`");
                }
            }
        }
        found
    }

    fn clause(&mut self, clause: &For, origin: Origin) -> Type {
        let collection = self.value(&clause.collection, origin);
        let Some(item) = collection.element() else {
            let found = collection.into_type();
            let message = format!(
                "`for` goes through lists, sets and maps, and `{}` is {}",
                expression::render(&clause.collection),
                in_words(&found)
            );
            let origin = clause.collection.origin.or(origin);
            if let Some(diagnostic) = self.report(&catalogue::WRONG_TYPE, origin, message) {
                diagnostic
                    .because("Terraform cannot go through a single value")
                    .help("write a list: `[a, b]`, or `split(\",\", text)`");
            }
            return Type::Any;
        };
        let key = if collection.is_mapping() {
            Shape::Type(Type::String)
        } else if collection.is_set() {
            item.clone()
        } else if matches!(collection, Shape::Type(Type::Any)) {
            Shape::ANY
        } else {
            Shape::Type(Type::Number)
        };
        let outer = self.bound.len();
        if let Some(name) = &clause.key {
            self.bound.push((name.clone(), key));
        }
        self.bound.push((clause.item.clone(), item));
        let mut result = self.type_of(&clause.result, origin);
        if let Some(key) = &clause.result_key {
            self.wants(&Type::String, key, origin, "a key of a map");
            if clause.grouped {
                result = Type::List(Box::new(result));
            }
            result = Type::Map(Box::new(result));
        } else {
            result = Type::List(Box::new(result));
        }
        if let Some(condition) = &clause.condition {
            self.wants(&Type::Bool, condition, origin, "the `if` of a `for`");
        }
        self.bound.truncate(outer);
        result
    }

    /// Looks at values whose mistakes `try` or `can` catches.
    pub(super) fn tried(&mut self, values: &[Value], origin: Origin) -> Vec<Type> {
        let before = std::mem::replace(&mut self.is_tried, true);
        let types = values.iter().map(|value| self.type_of(value, origin));
        let types = types.collect();
        self.is_tried = before;
        types
    }
}
