//! `#[event_bus]`: an event bus of EventBridge.

use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration};

const KEYS: &[Key] = &[Key::sets(
    "name",
    "name",
    Shape::Text,
    "The bus's name. At most 256 letters, digits and `-_./`. Default: the stack's name and the struct's.",
)];

pub(super) static EVENT_BUS: Construct = Construct {
    name: "event_bus",
    summary: "An event bus; `#[event_rule]`s say where its events go",
    main: "aws_cloudwatch_event_bus",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "EventBus",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let name = context.physical_name(&settings, declaration);
    let mut body = settings.arguments();
    if !declaration.item.docs.is_empty() {
        body.set_default(
            "description",
            crate::context::one_line(&declaration.item.docs),
        );
    }
    body.set_default("name", name);
    context.resource("aws_cloudwatch_event_bus", declaration.id, body);
}
