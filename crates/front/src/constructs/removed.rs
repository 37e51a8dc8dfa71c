//! `#[removed]`: what the stack declared once, and Terraform still knows.

use webhook_infra_core::{Address, Block, BlockKind, Object, Target, ValueKind};

use super::addition::{is_stateless, written_address};
use super::{Construct, Key, Shape};
use crate::context::{Context, Declaration};
use crate::syntax::ExpressionKind;

const KEYS: &[Key] = &[
    Key::new(
        "from",
        Shape::Raw,
        "The address, or a list of them: `[aws_sqs_queue.old, aws_sqs_queue.old_dlq]`, `module.old`. Required.",
    ),
    Key::new(
        "destroy",
        Shape::Switch,
        "`destroy = false`: Terraform forgets it, and AWS keeps it. `destroy`: AWS loses it. Required.",
    ),
];

pub(super) static REMOVED: Construct = Construct {
    name: "removed",
    summary: "What the stack no longer declares, and whether AWS keeps it: `#[removed(from = aws_sqs_queue.old, destroy = false)]`",
    main: "",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    // Nothing can refer to it; the target only gives messages a name.
    target: |declaration| Target::Scoped(format!("removed.{}", declaration.id)),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let Some(from) = settings.raw("from").cloned() else {
        if !settings.is_faulty {
            context.errors.add(
                declaration.span(),
                "`#[removed]` does not say what was removed",
                "write `#[removed(from = aws_sqs_queue.old, destroy = false)]`",
            );
        }
        return;
    };
    let Some(destroy) = settings.value("destroy").cloned() else {
        if !settings.is_faulty {
            context.errors.add(
                declaration.span(),
                "`#[removed]` does not say whether AWS keeps what was removed",
                "write `destroy = false` to keep it, or `destroy = true` to lose it with all it holds",
            );
        }
        return;
    };
    let items = match &from.kind {
        ExpressionKind::List(items) => items.as_slice(),
        _ => std::slice::from_ref(&from),
    };
    for item in items {
        let origin = context.origin(item.span);
        let address =
            written_address(item).filter(|address| address.contains('.') && !is_stateless(address));
        let Some(address) = address else {
            context.errors.add(
                item.span,
                "`from` takes the address of a resource or module that Terraform knows",
                "write its type and name: `from = aws_sqs_queue.old`, or `from = module.old`",
            );
            continue;
        };
        if address.contains('[') {
            context.errors.add(
                item.span,
                "`from` takes a whole resource or module, not one instance of it",
                format!(
                    "write `from = {}`",
                    address.split('[').next().unwrap_or_default()
                ),
            );
            continue;
        }
        let mut block = Block::new(BlockKind::Removed, &[]);
        block.origin = origin;
        Context::comment(&mut block.body, &declaration.item.docs);
        block
            .body
            .set("from", ValueKind::Address(Address::new(address)).at(origin));
        block
            .body
            .set("lifecycle", Object::new().with("destroy", destroy.clone()));
        context.push(block);
    }
}
