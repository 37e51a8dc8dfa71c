//! `alias(…)` of a function: a name for its newest version, which everything that invokes it then uses.

use webhook_infra_core::{Block, Key as EntryKey, Object, Target, Value};

use super::{Key, Settings, Shape};
use crate::context::{Context, Declaration, attribute};
use crate::lower::Named;
use crate::names;
use crate::syntax::ExpressionKind;

pub(super) const ALIAS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "The alias's name; as short as `alias(live)`. Default: `\"live\"`.",
    ),
    Key::new(
        "provisioned",
        Shape::Number,
        "Provisioned concurrency: how many environments are kept warm and paid for. Not more than `reserved`.",
    ),
];

/// Makes the alias. Every change of the function publishes a version, and the alias follows.
pub(super) fn lower(context: &mut Context<'_>, declaration: &Declaration<'_>, settings: &Settings) {
    let Some((setting, block)) = settings.find("alias").zip(settings.block("alias")) else {
        return;
    };
    let id = declaration.id;
    let function = declaration.target();
    let name = match block
        .positional
        .first()
        .map(|first| (&first.kind, first.span))
    {
        Some((ExpressionKind::Name(name), span)) => {
            let origin = context.origin(span);
            webhook_infra_core::ValueKind::String(name.to_string()).at(origin)
        }
        _ => block.value_or("name", "live"),
    };
    let mut body = block.arguments();
    body.set("name", name);
    body.set("function_name", attribute(&function, "function_name"));
    body.set("function_version", attribute(&function, "version"));
    let mut alias = Block::resource("aws_lambda_alias", id);
    alias.origin = setting.origin;
    alias.body = body;
    context.push(alias);
    let Some((setting, provisioned)) = block.find("provisioned").zip(block.value("provisioned"))
    else {
        return;
    };
    let alias = Target::Resource("aws_lambda_alias".to_owned(), id.to_owned());
    let mut config = Block::resource("aws_lambda_provisioned_concurrency_config", id);
    config.origin = setting.origin;
    config.body = Object::new()
        .with("function_name", attribute(&function, "function_name"))
        .with("qualifier", attribute(&alias, "name"))
        .with(
            EntryKey::new("provisioned_concurrent_executions", setting.origin),
            provisioned.clone(),
        );
    context.push(config);
}

/// What of a function is invoked.
pub(super) struct Invoked {
    /// The function, or its alias: both have `arn` and `invoke_arn`.
    pub(super) target: Target,
    function: Target,
    /// The alias's name, when there is one.
    alias: Option<Value>,
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
        alias: alias.map(|alias| attribute(&alias, "name")),
    }
}

/// What of a function is invoked, here or in another module.
pub(super) fn invoked_of(context: &mut Context<'_>, function: &Named<'_>) -> Invoked {
    match function {
        Named::Here(function) => invoked(function),
        // Whether it has an alias turns out when the other stack is there.
        Named::Elsewhere(function) => Invoked {
            target: context.open_invoked(function),
            function: context.open(function, &[]),
            alias: Some(context.open_alias_name(function).into()),
        },
    }
}

impl Invoked {
    /// The alias's name, when there is one.
    pub(super) fn alias_name(&self) -> Option<Value> {
        self.alias.clone()
    }

    /// Whether there is an alias.
    pub(super) fn has_alias(&self) -> bool {
        self.alias.is_some()
    }

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
        // The statements of a function's policy are told apart by their ids.
        let statement = format!("Allow{what}{}", names::pascal(id)).into();
        let mut body = Object::new()
            .with("statement_id", context.told_apart(statement))
            .with("action", "lambda:InvokeFunction")
            .with("function_name", attribute(&self.function, "function_name"));
        if let Some(alias) = self.alias_name() {
            body.set("qualifier", alias);
        }
        body.set("principal", service);
        body.set("source_arn", source_arn);
        context.resource("aws_lambda_permission", id, body)
    }
}
