//! Bare names, where Terraform takes no expression, and the structs that a key can name.

use webhook_infra_core::{Address, Reference, Value, ValueKind};

use super::{Named, listed, struct_name};
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
            ExpressionKind::Path(_) => return self.address_elsewhere(expression, &[]),
            ExpressionKind::Field(base, part) if matches!(base.kind, ExpressionKind::Path(_)) => {
                return self.address_elsewhere(base, &[part.to_string()]);
            }
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

    /// The address of a struct of another module, or of one of its helpers.
    fn address_elsewhere(&mut self, expression: &Expression, names: &[String]) -> Option<Value> {
        let origin = self.origin(expression.span);
        let ExpressionKind::Path(path) = &expression.kind else {
            return None;
        };
        let elsewhere = self.elsewhere(path)?;
        self.check_trait(&elsewhere, "Declared");
        let target = self.open(&elsewhere, names);
        let path = Vec::new();
        Some(ValueKind::Reference(Reference { target, path }).at(origin))
    }

    /// What an expression names, here or in another module; it has to be of one of these constructs.
    pub(crate) fn expect_named(
        &mut self,
        expression: &Expression,
        constructs: &[&str],
        role: &str,
    ) -> Option<Named<'s>> {
        let path = match &expression.kind {
            ExpressionKind::Path(path) => struct_name(path).map(|_| path),
            _ => None,
        };
        let Some(path) = path else {
            return self
                .expect_declared(expression, constructs, role)
                .map(Named::Here);
        };
        let elsewhere = self.elsewhere(path)?;
        self.check_kind(&elsewhere, constructs.first().copied().unwrap_or_default());
        self.check_single(&elsewhere);
        Some(Named::Elsewhere(elsewhere))
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
