//! Attributes that stand beside a construct's: where its blocks were before, and what they take over.

use webhook_infra_core::{Address, Block, BlockKind, Object, Origin, Target, Value, ValueKind};

use super::{Key, Shape};
use crate::context::{Context, Declaration};
use crate::names;
use crate::syntax::{Annotation, Expression, ExpressionKind};

/// An attribute beside a construct's.
pub struct Addition {
    /// The attribute's name.
    pub name: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// The keys.
    pub keys: &'static [Key],
}

const TO: Key = Key::new(
    "to",
    Shape::Raw,
    "Which block is meant, when it is not the main one: `Events.dlq`, or `Events[\"a\"]` of several. After a name, `Events[\"a\"]` is that instance of every block.",
);

const MOVED: Addition = Addition {
    name: "moved",
    summary: "The blocks of the struct were called something else: `#[moved(from = old_name)]`. Several stand in the order of history, the oldest first",
    keys: &[
        Key::new(
            "from",
            Shape::Raw,
            "The old name, `old_name` or `OldName`, for every block of the struct; its own name, where it has become one of several or was one; or one old address: `aws_sqs_queue.old`, `module.old`.",
        ),
        TO,
    ],
};

const IMPORT: Addition = Addition {
    name: "import",
    summary: "The resource exists already and is taken over: `#[import(id = \"…\")]`",
    keys: &[
        Key::new(
            "id",
            Shape::Text,
            "The id by which the provider finds it. Its form is the type's own.",
        ),
        Key::new(
            "identity",
            Shape::Value,
            "Instead of `id`, the attributes that identify it: `identity(name = \"…\")` (Terraform 1.12).",
        ),
        Key::new(
            "for_each",
            Shape::Value,
            "A map or set, with `each.key` the key of the resource's instance (Terraform 1.7).",
        ),
        Key::new(
            "provider",
            Shape::Raw,
            "The provider's configuration to read it with: `aws.west`.",
        ),
        TO,
    ],
};

/// All of them, by name.
pub static ADDITIONS: &[&Addition] = &[&IMPORT, &MOVED];

/// The addition with this name.
pub(crate) fn find(name: &str) -> Option<&'static Addition> {
    ADDITIONS
        .iter()
        .copied()
        .find(|addition| addition.name == name)
}

/// Adds what the additions of a declaration say about the blocks that it made.
pub(crate) fn lower<'s>(
    context: &mut Context<'s>,
    declaration: &Declaration<'s>,
    annotations: &'s [Annotation],
) {
    let additions = annotations
        .iter()
        .filter_map(|annotation| Some((annotation, find(&annotation.name.to_string())?)))
        .collect::<Vec<_>>();
    let Some((first, _)) = additions.first() else {
        return;
    };
    let Some(main) = main_of(declaration) else {
        context.errors.add(
            first.name.span(),
            format!(
                "{} has no place in Terraform's state, so there is nothing to {}",
                declaration.construct.a_noun(),
                if first.name == "moved" {
                    "move"
                } else {
                    "import"
                }
            ),
            "put the attribute on a resource or a module",
        );
        return;
    };
    let mut moves = Vec::new();
    for (annotation, addition) in additions {
        let shown = format!("`#[{}]`", addition.name);
        let settings = context.settings(
            &annotation.entries,
            addition.keys,
            None,
            &shown,
            addition.name,
        );
        let to = settings.raw("to").cloned();
        if addition.name == "import" {
            import(context, &settings, annotation, &main, to.as_ref());
            continue;
        }
        match settings.raw("from") {
            Some(from) => moves.extend(moves_of(context, declaration, from, to.as_ref())),
            None if settings.is_faulty => {}
            None => context.errors.add(
                annotation.name.span(),
                "`#[moved]` does not say from where",
                "write `#[moved(from = old_name)]`",
            ),
        }
    }
    push_moves(context, &moves);
}

/// The main block, when it is kept in the state.
fn main_of(declaration: &Declaration<'_>) -> Option<Target> {
    let target = declaration.target();
    matches!(target, Target::Resource(..) | Target::Module(_)).then_some(target)
}

struct Move {
    from: String,
    to: String,
    origin: Origin,
}

fn moves_of(
    context: &mut Context<'_>,
    declaration: &Declaration<'_>,
    from: &Expression,
    to: Option<&Expression>,
) -> Vec<Move> {
    let span = from.span;
    let origin = context.origin(span);
    let main = declaration.target().to_string();
    let mut blocks = context
        .document
        .blocks
        .iter()
        .filter(|block| block.owner.is_some() && block.owner == context.owner)
        .filter(|block| matches!(block.kind, BlockKind::Resource | BlockKind::Module))
        .map(|block| {
            let is_repeated = ["count", "for_each"].map(|name| block.body.get(name).is_some());
            let address = block.address().as_str().to_owned();
            (block.labels.clone(), address, is_repeated.contains(&true))
        })
        .collect::<Vec<_>>();
    // The main block comes first: what is wrong with all of them is told about it.
    blocks.sort_by_key(|(_, address, _)| *address != main);
    let Some(text) = written_address(from) else {
        context.errors.add(
            span,
            "`from` takes an old name or an old address",
            "write `from = old_name`, or one address: `from = aws_sqs_queue.old`",
        );
        return Vec::new();
    };
    if is_stateless(&text) {
        context.errors.add(
            span,
            format!("`{text}` has no place in Terraform's state, so it cannot have moved"),
            "write the old address of a resource or module: `from = aws_sqs_queue.old`",
        );
        return Vec::new();
    }
    let (name, key) = split_key(&text);
    let is_address = name.contains('.');
    let to = match to.map(|to| context.address(to).map(|value| value.kind)) {
        None => None,
        Some(None) => return Vec::new(),
        Some(Some(ValueKind::Address(to))) if is_address => {
            return vec![Move {
                from: text,
                to: to.as_str().to_owned(),
                origin,
            }];
        }
        // An instance of the declaration is one of everything that belongs to it.
        Some(Some(ValueKind::Address(to))) if is_instance(to.as_str(), &main) => {
            Some(to.as_str()[main.len()..].to_owned())
        }
        Some(Some(_)) => {
            context.errors.add(
                span,
                "`to` names one block, so `from` has to be one address",
                "write the old address with its type: `from = aws_sqs_queue.old`",
            );
            return Vec::new();
        }
    };
    if is_address {
        let to = counterpart(declaration, &text, &blocks);
        return vec![Move {
            from: text,
            to,
            origin,
        }];
    }
    let old = match &from.kind {
        ExpressionKind::String(_) => name.to_owned(),
        _ => names::snake(name),
    };
    let new_key = to.as_deref().unwrap_or_default();
    if old == declaration.id && key == new_key {
        context.errors.add(
            span,
            format!("`{}` is called `{old}{key}` now", declaration.name()),
            "write the name that it had before",
        );
        return Vec::new();
    }
    // Only what is named after the declaration has changed its name with it.
    let renamed = blocks.iter().filter_map(|(labels, to, is_repeated)| {
        let suffix = labels.last()?.strip_prefix(declaration.id)?;
        let from = match labels.as_slice() {
            [type_name, _] => format!("{type_name}.{old}{suffix}{key}"),
            _ => format!("module.{old}{suffix}{key}"),
        };
        let to = if *is_repeated {
            format!("{to}{new_key}")
        } else {
            to.clone()
        };
        (from != to).then_some(Move { from, to, origin })
    });
    renamed.collect()
}

/// The name and the key in brackets, with them: `orders` and `["a"]`.
fn split_key(text: &str) -> (&str, &str) {
    match text.find('[') {
        Some(place) if text.ends_with(']') && !text[..place].contains('.') => text.split_at(place),
        _ => (text, ""),
    }
}

/// Whether the address is that of an instance of `main`.
fn is_instance(address: &str, main: &str) -> bool {
    address
        .strip_prefix(main)
        .is_some_and(|key| key.starts_with('[') && key.ends_with(']'))
}

/// The block that an old address is now: the main one, or the only one of the address's type.
fn counterpart(
    declaration: &Declaration<'_>,
    from: &str,
    blocks: &[(Vec<String>, String, bool)],
) -> String {
    let main = declaration.target();
    let parts = from.split('.').collect::<Vec<_>>();
    let type_name = parts
        .len()
        .checked_sub(2)
        .and_then(|place| parts.get(place))
        .copied()
        .unwrap_or_default();
    let same = blocks
        .iter()
        .filter(|(labels, ..)| labels.len() == 2 && labels[0] == type_name)
        .collect::<Vec<_>>();
    match (same.as_slice(), &main) {
        ([(_, only, _)], Target::Resource(main_type, _)) if main_type != type_name => only.clone(),
        _ => main.to_string(),
    }
}

/// Several moves to one block are a history: each old name became the next one.
fn push_moves(context: &mut Context<'_>, moves: &[Move]) {
    for (place, step) in moves.iter().enumerate() {
        let next = moves[place + 1..].iter().find(|later| later.to == step.to);
        let to = next.map_or(&step.to, |later| &later.from);
        let origin = step.origin;
        let address = |text: &str| ValueKind::Address(Address::new(text)).at(origin);
        let mut block = Block::new(BlockKind::Moved, &[]);
        block.origin = origin;
        block.body = Object::new()
            .with("from", address(&step.from))
            .with("to", address(to));
        context.push(block);
    }
}

fn import(
    context: &mut Context<'_>,
    settings: &super::Settings,
    annotation: &Annotation,
    main: &Target,
    to: Option<&Expression>,
) {
    let origin = context.origin(annotation.name.span());
    let mut block = Block::new(BlockKind::Import, &[]);
    block.origin = origin;
    let to = match to {
        Some(to) => match context.address(to) {
            Some(to) => to,
            None => return,
        },
        None if settings.value("for_each").is_some() => {
            ValueKind::Address(Address::new(format!("{main}[each.key]"))).at(origin)
        }
        None => ValueKind::Address(Address::from(main)).at(origin),
    };
    block.body.set("to", to);
    for name in ["for_each", "id", "identity"] {
        if let Some(setting) = settings.find(name) {
            let value = settings.value(name).cloned();
            let key = webhook_infra_core::Key::new(name, setting.origin);
            block
                .body
                .set(key, value.unwrap_or_else(|| Value::from(ValueKind::Null)));
        }
    }
    if let Some(provider) = settings.raw("provider").cloned() {
        if let Some(provider) = context.address(&provider) {
            block.body.set("provider", provider);
        }
    }
    match (settings.value("id"), settings.value("identity")) {
        (Some(_), Some(_)) => {
            let span = settings
                .find("identity")
                .map_or(annotation.name.span(), |setting| setting.span);
            context.errors.add(
                span,
                "`#[import]` has both `id` and `identity`",
                "remove one of the two",
            );
        }
        (None, None) if !settings.is_faulty => context.errors.add(
            annotation.name.span(),
            "`#[import]` does not say what is imported",
            "write `#[import(id = \"…\")]`",
        ),
        _ => context.push(block),
    }
}

/// Whether an address is of something that Terraform does not keep.
pub(crate) fn is_stateless(address: &str) -> bool {
    [
        "data.",
        "var.",
        "local.",
        "ephemeral.",
        "output.",
        "each.",
        "self.",
    ]
    .iter()
    .any(|start| address.starts_with(start) || address.contains(&format!(".{start}")))
}

/// An address as it was written, whether or not the stack declares it.
pub(crate) fn written_address(expression: &Expression) -> Option<String> {
    match &expression.kind {
        ExpressionKind::Name(name) => Some(name.to_string()),
        ExpressionKind::String(text) if !text.is_empty() && !text.contains(['$', ' ']) => {
            Some(text.clone())
        }
        ExpressionKind::Field(base, name) => Some(format!("{}.{name}", written_address(base)?)),
        ExpressionKind::Index(base, Some(index)) => {
            let base = written_address(base)?;
            match &index.kind {
                ExpressionKind::Number(number) => Some(format!("{base}[{number}]")),
                ExpressionKind::String(key) => Some(format!("{base}[{key:?}]")),
                _ => None,
            }
        }
        ExpressionKind::Group(inner) => written_address(inner),
        _ => None,
    }
}
