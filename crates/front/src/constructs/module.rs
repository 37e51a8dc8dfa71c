//! `#[module]`: a Terraform module, with its outputs as the fields of the struct.

use webhook_infra_core::{Block, BlockKind, Key as EntryKey, Object, Target, Value, ValueKind};

use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration};
use crate::lower::object_type;
use crate::syntax::{Expression, ExpressionKind};

use super::addition::written_address;

const KEYS: &[Key] = &[
    Key::new(
        "source",
        Shape::Text,
        "Where it comes from: a folder (`\"./modules/queue\"`, seen from the output folder), a registry (`\"terraform-aws-modules/vpc/aws\"`) or an address (`\"git::https://…?ref=v1.2.0\"`). A literal. Required.",
    ),
    Key::new(
        "version",
        Shape::Text,
        "Which versions will do, for a module of a registry: `\"~> 5.0\"`. A literal.",
    ),
    Key::new(
        "providers",
        Shape::Raw,
        "The provider's configurations that it uses, by the names that it has for them: `{ aws = West }`.",
    ),
    Key::new(
        "id",
        Shape::Raw,
        "The name in Terraform's address. Default: the struct's name in snake case.",
    ),
    Key::new(
        "count",
        Shape::Value,
        "How many there are: `Vpc[0].vpc_id`.",
    ),
    Key::new(
        "for_each",
        Shape::Value,
        "A map or set with an element for each: `Vpc[\"a\"].vpc_id`.",
    ),
    Key::new(
        "depends_on",
        Shape::Raw,
        "Structs that have to exist before anything in it: `[Events, Alerts]`.",
    ),
];

pub(super) static MODULE: Construct = Construct {
    name: "module",
    summary: "A Terraform module; every other key is one of its inputs, and the fields are its outputs: `Vpc.vpc_id`",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| Target::Module(declaration.id.to_owned()),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let type_ = object_type(declaration, context.scope);
    if let Some(owner) = context.owner {
        context.document.owners[owner.0 as usize].type_ = type_;
    }
    let is_meta = |name: &str| KEYS.iter().any(|key| key.name == name);
    let (meta, inputs): (Vec<_>, Vec<_>) = declaration
        .annotation
        .entries
        .iter()
        .cloned()
        .partition(|entry| entry.key().is_some_and(|key| is_meta(&key.to_string())));
    let settings = context.settings(&meta, KEYS, None, "`#[module]`", "module");
    let mut block = Block::new(BlockKind::Module, &[declaration.id]);
    Context::comment(&mut block.body, &declaration.item.docs);
    for name in ["source", "version", "count", "for_each"] {
        if let Some(setting) = settings.find(name) {
            if let Some(value) = settings.value(name) {
                block
                    .body
                    .set(EntryKey::new(name, setting.origin), value.clone());
            }
        }
    }
    if settings.value("source").is_none() && !settings.is_faulty {
        context.errors.add(
            declaration.span(),
            format!("module `{}` has no source", declaration.name()),
            "write where it comes from: `#[module(source = \"./modules/queue\")]`",
        );
        return;
    }
    if let Some(expression) = settings.raw("providers").cloned() {
        if let Some(providers) = providers(context, &expression) {
            block.body.set("providers", providers);
        }
    }
    if let Some(expression) = settings.raw("depends_on") {
        let addresses = context.addresses(expression);
        block.body.set("depends_on", addresses);
    }
    let inputs = context.free_object(&inputs, "`#[module]`");
    for (key, value) in inputs.iter() {
        block.body.set(key.clone(), value.clone());
    }
    context.push(block);
}

/// `{ aws = West, aws.east = aws.us }`.
fn providers(context: &mut Context<'_>, expression: &Expression) -> Option<Value> {
    let ExpressionKind::Map(entries) = &expression.kind else {
        context.errors.add(
            expression.span,
            "`providers` takes a map",
            "write the names that the module has for them: `providers = { aws = West }`",
        );
        return None;
    };
    let mut object = Object::new();
    for (key, value) in entries {
        let Some(name) = written_address(key) else {
            context.errors.add(
                key.span,
                "a provider is named by its name, and its alias",
                "write `aws = West`, or `aws.east = West`",
            );
            continue;
        };
        let origin = context.origin(key.span);
        if let Some(address) = context.address(value) {
            object.set(EntryKey::new(name, origin), address);
        }
    }
    let origin = context.origin(expression.span);
    Some(ValueKind::Object(object).at(origin))
}
