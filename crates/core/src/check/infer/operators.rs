//! Operators: what they take, and what they give.

use super::{Infer, fits, in_words};
use crate::check::catalogue;
use crate::document::Origin;
use crate::expression;
use crate::schema::Type;
use crate::value::{BinaryOperator, Value};

impl Infer<'_, '_> {
    pub(super) fn unary(&mut self, operator: char, operand: &Value, origin: Origin) -> Type {
        let wanted = if operator == '!' {
            Type::Bool
        } else {
            Type::Number
        };
        self.operand(operator.encode_utf8(&mut [0; 4]), &wanted, operand, origin);
        wanted
    }

    pub(super) fn binary(
        &mut self,
        operator: BinaryOperator,
        left: &Value,
        right: &Value,
        origin: Origin,
    ) -> Type {
        use BinaryOperator as B;
        let (wanted, result) = match operator {
            B::Or | B::And => (Type::Bool, Type::Bool),
            // Values of different types are just not equal.
            B::Equal | B::NotEqual => (Type::Any, Type::Bool),
            B::Less | B::LessOrEqual | B::Greater | B::GreaterOrEqual => (Type::Number, Type::Bool),
            B::Add | B::Subtract | B::Multiply | B::Divide | B::Modulo => {
                (Type::Number, Type::Number)
            }
        };
        if !self.is_silent() {
            for operand in [left, right] {
                self.operand(operator.symbol(), &wanted, operand, origin);
            }
        }
        result
    }

    fn operand(&mut self, operator: &str, wanted: &Type, operand: &Value, around: Origin) {
        if self.is_silent() {
            return;
        }
        let origin = operand.origin.or(around);
        let found = self.type_of(operand, origin);
        if fits(operand, &found, wanted) {
            return;
        }
        let shown = expression::render(operand);
        let message = format!(
            "`{operator}` takes {}, and `{shown}` is {}",
            if *wanted == Type::Bool {
                "truth values"
            } else {
                "numbers"
            },
            in_words(&found)
        );
        let help = match (operator, wanted, &found) {
            ("+", _, Type::String) => {
                "to join texts, write them into one: `\"${a}${b}\"`".to_owned()
            }
            ("+", _, Type::List(_) | Type::Tuple(_)) => {
                "to join lists, write `concat(a, b)`".to_owned()
            }
            (_, Type::Bool, _) => "write a comparison, such as `x != \"\"`".to_owned(),
            (_, _, Type::List(_) | Type::Set(_) | Type::Tuple(_) | Type::Map(_)) => {
                format!("for how many there are, write `length({shown})`")
            }
            _ => "write a number".to_owned(),
        };
        if let Some(diagnostic) = self.report(&catalogue::WRONG_TYPE, origin, message) {
            diagnostic
                .because("Terraform cannot convert one into the other")
                .help(help);
        }
    }
}
