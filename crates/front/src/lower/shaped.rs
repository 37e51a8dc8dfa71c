//! Values in the form that a key takes: texts with a unit become numbers, wherever in the value they stand.

use proc_macro2::Span;
use quote::quote_spanned;
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::units::Unit;
use webhook_infra_core::value::BinaryOperator;
use webhook_infra_core::{Reference, Step, Target, Value, ValueKind};

use super::listed;
use crate::constructs::{Key, Shape, local_value};
use crate::context::Context;
use crate::syntax::{EntryKind, Expression, ExpressionKind};

/// Functions that give one of their arguments.
const CHOICES: [&str; 4] = ["coalesce", "max", "min", "try"];

/// Constructs whose flags Terraform itself takes only as literals.
const LITERAL: [&str; 3] = ["output", "variable", "removed"];

/// The key that a value is for.
pub(super) struct Place<'k> {
    pub(super) key: &'k Key,
    /// The attribute, in messages.
    pub(super) shown: &'k str,
    /// The place of the keys' documentation.
    pub(super) module: &'k str,
}

impl Context<'_> {
    /// The value in the unit that Terraform wants. What is not known yet passes.
    pub(super) fn shaped(
        &mut self,
        place: &Place<'_>,
        mut value: Value,
        span: Span,
    ) -> Option<Value> {
        let is_open = !matches!(
            value.kind,
            ValueKind::Bool(_)
                | ValueKind::Number(_)
                | ValueKind::String(_)
                | ValueKind::List(_)
                | ValueKind::Object(_)
        );
        if !is_open {
            return self.shaped_literal(place, value, span);
        }
        let is_settled = match place.key.shape {
            Shape::Switch => true,
            Shape::FlagOrText => is_truth(&value),
            _ => false,
        };
        if is_settled {
            self.not_literal(place, &value, span);
            return None;
        }
        let Some(unit) = place.key.shape.unit() else {
            return Some(value);
        };
        match &mut value.kind {
            ValueKind::Constant(constant) => *constant = self.in_unit(*constant, unit, span),
            ValueKind::Reference(reference) => self.named_text(place, unit, reference, span)?,
            _ => {}
        }
        let mut is_faulty = false;
        for choice in choices(&mut value) {
            let span = self.document.provenance(choice.origin).copied();
            let span = span.unwrap_or_else(Span::call_site);
            match self.shaped(place, choice.clone(), span) {
                Some(shaped) => *choice = shaped,
                None => is_faulty = true,
            }
        }
        (!is_faulty).then_some(value)
    }

    fn shaped_literal(&mut self, place: &Place<'_>, value: Value, span: Span) -> Option<Value> {
        let Place { key, shown, .. } = *place;
        match (key.shape, &value.kind) {
            (
                Shape::Flag | Shape::Switch | Shape::FlagOrText | Shape::FlagOrDays,
                ValueKind::Bool(_),
            )
            | (Shape::FlagOrText | Shape::Text, ValueKind::String(_))
            | (
                Shape::Number
                | Shape::Seconds
                | Shape::Hours
                | Shape::Days
                | Shape::FlagOrDays
                | Shape::Megabytes,
                ValueKind::Number(_),
            )
            | (Shape::Value, _) => return Some(value),
            (shape, ValueKind::String(text)) => {
                if let Some(mut shaped) = shape.unit().and_then(|unit| unit.of(text)) {
                    shaped.origin = value.origin;
                    return Some(shaped);
                }
                if let Shape::OneOf(values) = shape {
                    self.errors.add(
                        span,
                        format!("`{}` of {shown} has no value \"{text}\"", key.name),
                        one_of(text, values),
                    );
                    return None;
                }
            }
            _ => {}
        }
        let wanted = match key.shape {
            Shape::Flag | Shape::Switch => "`true` or `false`",
            Shape::FlagOrText => "`true`, `false` or a text",
            Shape::FlagOrDays => "`true`, `false` or a duration in whole days",
            Shape::Text | Shape::OneOf(_) => "a text",
            Shape::Number => "a number",
            Shape::Seconds => "a duration: a number with `s`, `m`, `h`, `d` or `w`",
            Shape::Hours => "a duration in whole hours",
            Shape::Days => "a duration in whole days",
            Shape::Megabytes => "a size: a number of megabytes, or a number with `MB` or `GB`",
            Shape::Value
            | Shape::Raw
            | Shape::Block(_)
            | Shape::Resource(..)
            | Shape::DataBlock(..)
            | Shape::BySource(_) => "something else",
        };
        self.errors.add(
            span,
            format!("`{}` of {shown} takes {wanted}", key.name),
            format!("write {}", key.shape.example(key.name)),
        );
        None
    }

    /// A flag that cannot wait for Terraform.
    fn not_literal(&mut self, place: &Place<'_>, value: &Value, span: Span) {
        let Place { key, shown, module } = *place;
        let name = key.name;
        let decides = "decides what is made";
        let (why, more) = if matches!(value.kind, ValueKind::Constant(_)) {
            (decides, " itself: the macro cannot see what a constant is")
        } else if LITERAL.contains(&module) {
            ("is read before Terraform evaluates anything", "")
        } else if module == "stack" {
            (decides, "")
        } else {
            (
                decides,
                "; where stages differ, declare it twice, each with a `count` such as `if Stage == \"live\" { 1 } else { 0 }`",
            )
        };
        let wanted = match key.shape {
            Shape::FlagOrText => "`true`, `false` or a text",
            _ => "`true` or `false`",
        };
        self.errors.add(
            span,
            format!("`{name}` of {shown} {why}, so it is {wanted}"),
            format!("write `{name}` or `{name} = false`{more}"),
        );
    }

    /// The constant, with `build()` turning its text into what Terraform wants.
    fn in_unit(&mut self, constant: u32, unit: Unit, span: Span) -> u32 {
        // What other values share is left as it is.
        let is_shared = self.holes.values().any(|hole| *hole == constant);
        let place = usize::try_from(constant).ok();
        let Some(tokens) = place
            .and_then(|place| self.constants.get_mut(place))
            .filter(|_| !is_shared)
        else {
            return constant;
        };
        let unit = match unit {
            Unit::Seconds => quote_spanned! {span=> Seconds },
            Unit::Hours => quote_spanned! {span=> Hours },
            Unit::Days => quote_spanned! {span=> Days },
            Unit::Megabytes => quote_spanned! {span=> Megabytes },
            Unit::OneOf(values) => {
                let values = values
                    .iter()
                    .map(|(name, to)| quote_spanned! {span=> (#name, #to) });
                quote_spanned! {span=> OneOf(&[#(#values),*]) }
            }
        };
        *tokens = quote_spanned! {span=>
            ::webhook_infra::__::InUnit(&#tokens, ::webhook_infra::__::Unit::#unit)
        };
        constant
    }

    /// A variable or local of the stack, which goes to Terraform as it is: its text had better be what
    /// Terraform wants.
    fn named_text(
        &mut self,
        place: &Place<'_>,
        unit: Unit,
        reference: &Reference,
        span: Span,
    ) -> Option<()> {
        if !reference.path.is_empty() {
            return Some(());
        }
        let Some((noun, name, text)) = self.literal_of(&reference.target) else {
            return Some(());
        };
        let wanted = match unit.of(&text) {
            Some(wanted) if wanted.as_str() != Some(text.as_str()) => wanted,
            _ => return Some(()),
        };
        let wanted = match &wanted.kind {
            ValueKind::String(name) => format!("\"{name}\""),
            ValueKind::Number(number) => number.to_string(),
            _ => return Some(()),
        };
        self.errors.add(
            span,
            format!(
                "`{}` of {} is Terraform's {} here, and {noun} `{name}` is the text \"{text}\"",
                place.key.name,
                place.shown,
                unit.noun()
            ),
            format!("give the {noun} `{wanted}`"),
        );
        None
    }

    /// The literal text of a variable's default, or of a local.
    fn literal_of(&self, target: &Target) -> Option<(&'static str, String, String)> {
        if !matches!(target, Target::Variable(_) | Target::Local(_)) {
            return None;
        }
        let declaration = self
            .scope
            .declarations
            .values()
            .find(|declaration| declaration.target() == *target)?;
        let value = match target {
            Target::Local(_) => local_value(declaration)?,
            _ => declaration
                .annotation
                .entries
                .iter()
                .find_map(|entry| match &entry.kind {
                    EntryKind::Assign(key, value) if key == "default" => Some(value.clone()),
                    _ => None,
                })?,
        };
        let text = text_of(&value)?;
        Some((declaration.construct.noun(), declaration.name(), text))
    }
}

fn text_of(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::String(text) => Some(text.clone()),
        ExpressionKind::Group(inner) => text_of(inner),
        _ => None,
    }
}

/// The values that an expression chooses between.
fn choices(value: &mut Value) -> Vec<&mut Value> {
    match &mut value.kind {
        ValueKind::Conditional(branches) => {
            let [_, then, otherwise] = branches.as_mut();
            vec![then, otherwise]
        }
        ValueKind::Access(from, path)
            if matches!(path.as_slice(), [Step::Index(_) | Step::Attribute(_)]) =>
        {
            elements(from)
        }
        ValueKind::Call {
            function,
            arguments,
            spread: false,
        } => match (function.as_str(), arguments.as_mut_slice()) {
            ("element" | "lookup", [from, _]) => elements(from),
            ("lookup", [from, _, default]) => {
                let mut values = elements(from);
                values.push(default);
                values
            }
            (function, arguments) if CHOICES.contains(&function) => arguments.iter_mut().collect(),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

fn elements(value: &mut Value) -> Vec<&mut Value> {
    match &mut value.kind {
        ValueKind::List(items) => items.iter_mut().collect(),
        ValueKind::Object(object) => object.iter_mut().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    }
}

fn one_of(text: &str, values: &[(&'static str, &'static str)]) -> String {
    let near = nearest(text, values.iter().map(|(name, _)| *name));
    match near.as_slice() {
        [] => format!(
            "write {}",
            listed(values.iter().map(|(name, _)| *name))
                .replace('`', "\"")
                .replace(", ", " or ")
        ),
        near => did_you_mean(near).replace('`', "\""),
    }
}

/// Whether a value is certainly `true` or `false`, and no text or number.
pub(crate) fn is_truth(value: &Value) -> bool {
    use BinaryOperator as Operator;
    match &value.kind {
        ValueKind::Bool(_) | ValueKind::Unary('!', _) => true,
        ValueKind::Binary(operator, ..) => !matches!(
            operator,
            Operator::Add
                | Operator::Subtract
                | Operator::Multiply
                | Operator::Divide
                | Operator::Modulo
        ),
        ValueKind::Conditional(branches) => branches[1..].iter().all(is_truth),
        _ => false,
    }
}
