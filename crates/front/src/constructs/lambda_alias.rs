//! `alias(…)` of a function: a name for its newest version, which everything that invokes it then uses.

use webhook_infra_core::{Object, Target, Value};

use crate::context::{Context, Declaration, attribute};
use crate::names;

/// What of a function is invoked.
pub(super) struct Invoked {
    /// The function, or its alias: both have `arn` and `invoke_arn`.
    pub(super) target: Target,
    function: Target,
    /// The alias, when there is one.
    alias: Option<Target>,
}

/// What of a function is invoked: its alias when it has one.
pub(super) fn invoked(function: &Declaration<'_>) -> Invoked {
    let entries = &function.annotation.entries;
    let has_alias = entries
        .iter()
        .any(|entry| entry.key().is_some_and(|key| key == "alias"));
    let alias = function.part("alias").filter(|_| has_alias);
    Invoked {
        target: alias.clone().unwrap_or_else(|| function.target()),
        function: function.target(),
        alias,
    }
}

impl Invoked {
    /// Lets a service invoke it on behalf of one source. `id` is the permission's name in Terraform and
    /// `what` goes before it in the statement's.
    pub(super) fn permit(
        &self,
        context: &mut Context<'_>,
        id: &str,
        service: &str,
        what: &str,
        source_arn: Value,
    ) -> Target {
        let mut body = Object::new()
            .with("statement_id", format!("Allow{what}{}", names::pascal(id)))
            .with("action", "lambda:InvokeFunction")
            .with("function_name", attribute(&self.function, "function_name"));
        if let Some(alias) = &self.alias {
            body.set("qualifier", attribute(alias, "name"));
        }
        body.set("principal", service);
        body.set("source_arn", source_arn);
        context.resource("aws_lambda_permission", id, body)
    }
}
