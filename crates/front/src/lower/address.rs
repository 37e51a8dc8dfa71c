//! Bare names, where Terraform takes no expression, and the structs that a key can name.

use webhook_infra_core::{Address, Value, ValueKind};

use super::listed;
use crate::context::{Context, Declaration};
use crate::syntax::{Expression, ExpressionKind};

impl<'s> Context<'s> {
    /// The bare address of a declaration, or of an address that is written out.
    pub(crate) fn address(&mut self, expression: &Expression) -> Option<Value> {
        let origin = self.origin(expression.span);
        let address = match &expression.kind {
            ExpressionKind::Name(name) => match self.scope.declarations.get(&name.to_string()) {
                Some(declaration) => Address::from(&declaration.target()),
                // `aws.west`, `all`, or an attribute of the block itself.
                None if name.to_string().chars().all(|c| !c.is_uppercase()) => {
                    Address::new(name.to_string())
                }
                None => {
                    let error = self.unknown_name(name);
                    self.errors.push(error);
                    return None;
                }
            },
            ExpressionKind::String(text) => Address::new(text.clone()),
            ExpressionKind::Field(base, name) if is_plain_name(base) => {
                // `aws.west` names a provider; everything else is a reference.
                match self.reference(expression) {
                    Ok(ValueKind::Reference(reference)) => Address::new(reference.to_string()),
                    _ => Address::new(format!("{}.{name}", spelled(base))),
                }
            }
            _ => match self.reference(expression) {
                Ok(ValueKind::Reference(reference)) => Address::new(reference.to_string()),
                Ok(_) => {
                    self.errors.add(
                        expression.span,
                        "expected a name",
                        "write the name of a struct",
                    );
                    return None;
                }
                Err(error) => {
                    self.errors.push(error);
                    return None;
                }
            },
        };
        Some(ValueKind::Address(address).at(origin))
    }

    /// The declaration that an expression names, which has to be of one of these constructs; otherwise
    /// that is reported.
    pub(crate) fn expect_declared(
        &mut self,
        expression: &Expression,
        constructs: &[&str],
        role: &str,
    ) -> Option<Declaration<'s>> {
        let wanted = listed(constructs.iter().copied()).replace("`, `", "]` or `#[");
        let help = format!(
            "write the name of a struct with {}",
            wanted
                .replacen('`', "`#[", 1)
                .trim_end_matches('`')
                .to_owned()
                + "]`"
        );
        let ExpressionKind::Name(name) = &expression.kind else {
            self.errors.add(
                expression.span,
                format!("{role} is named by its struct"),
                help,
            );
            return None;
        };
        let Some(declaration) = self.scope.declarations.get(&name.to_string()).copied() else {
            let error = self.unknown_name(name);
            self.errors.push(error);
            return None;
        };
        if !constructs.contains(&declaration.construct.name) {
            self.errors.add(
                name.span(),
                format!(
                    "`{name}` is {} and cannot be {role}",
                    declaration.construct.a_noun()
                ),
                help,
            );
            return None;
        }
        Some(declaration)
    }

    pub(crate) fn addresses(&mut self, expression: &Expression) -> Value {
        let origin = self.origin(expression.span);
        let items = match &expression.kind {
            ExpressionKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(expression),
        };
        let addresses = items.iter().filter_map(|item| self.address(item)).collect();
        ValueKind::List(addresses).at(origin)
    }
}

fn is_plain_name(expression: &Expression) -> bool {
    matches!(expression.kind, ExpressionKind::Name(_))
}

fn spelled(expression: &Expression) -> String {
    match &expression.kind {
        ExpressionKind::Name(name) => name.to_string(),
        _ => String::new(),
    }
}
