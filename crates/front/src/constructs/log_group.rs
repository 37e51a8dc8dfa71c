//! `#[log_group]`: a log group of one's own. Those of functions and APIs are made with them.

use super::{Construct, Key, Shape, encryption};
use crate::context::{Context, Declaration};

const KEYS: &[Key] = &[
    Key::sets(
        "name",
        "name",
        Shape::Text,
        "The group's name in AWS. At most 512 letters, digits and `-_/.#`. Default: `/`, the stack's name, `/` and the struct's.",
    ),
    Key::sets(
        "retention_in_days",
        "retention",
        Shape::Days,
        "How long events are kept. CloudWatch knows 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 and 3653 days.",
    ),
    Key::new(
        "key",
        Shape::Raw,
        "The `#[kms_key]` struct, or the ARN of a key, to encrypt the events with.",
    ),
    Key::sets(
        "log_group_class",
        "class",
        Shape::OneOf(&[
            ("standard", "STANDARD"),
            ("infrequent_access", "INFREQUENT_ACCESS"),
            ("delivery", "DELIVERY"),
        ]),
        "`\"standard\"`, or `\"infrequent_access\"`, which is cheaper and has no metric filters and no subscriptions. It cannot be changed later. Default: `\"standard\"`.",
    ),
];

pub(super) static LOG_GROUP: Construct = Construct {
    name: "log_group",
    summary: "A log group of CloudWatch Logs, for events that no function of the stack writes by itself",
    main: "aws_cloudwatch_log_group",
    keys: KEYS,
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "LogGroup",
    target: |declaration| declaration.resource(),
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    let settings = context.declared(declaration);
    let mut body = settings.arguments();
    Context::comment(&mut body, &declaration.item.docs);
    if body.get("name_prefix").is_none() {
        body.set_default("name", context.path_name("/", declaration));
    }
    encryption::set(context, &settings, declaration, &mut body, "kms_key_id");
    context.resource("aws_cloudwatch_log_group", declaration.id, body);
}
