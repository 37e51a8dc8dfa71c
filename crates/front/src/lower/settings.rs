//! Entries to settings, by a construct's table of keys.

use proc_macro2::Span;
use webhook_infra_core::ValueKind;
use webhook_infra_core::schema::BlockSchema;
use webhook_infra_core::suggest::{did_you_mean, nearest};

use super::shaped::Place;
use super::{in_schema, listed, resource_schema, schema_names};
use crate::constructs::{COMMON, Construct, Content, Key, REPEATABLE, Setting, Settings, Shape};
use crate::context::{Context, Declaration, unknown};
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

impl Context<'_> {
    /// Reads a declaration's own attribute, with the keys and the main resource of its construct.
    pub(crate) fn declared(&mut self, declaration: &Declaration<'_>) -> Settings {
        let Construct {
            name, keys, main, ..
        } = declaration.construct;
        let entries = &declaration.annotation.entries;
        self.settings(
            entries,
            keys,
            resource_schema(main),
            &format!("`#[{name}]`"),
            name,
        )
    }

    /// Reads the entries of an attribute. `shown` names the attribute in messages, `module` the place
    /// of its keys' documentation, and `main` is the type whose other arguments are welcome too.
    pub(crate) fn settings(
        &mut self,
        entries: &[Entry],
        keys: &'static [Key],
        main: Option<BlockSchema<'static>>,
        shown: &str,
        module: &str,
    ) -> Settings {
        let mut settings = Settings::default();
        let mistakes = self.errors.len();
        for entry in entries {
            let Some(name) = entry.key() else {
                match &entry.kind {
                    EntryKind::Positional(value) => settings.positional.push(value.clone()),
                    _ => settings.is_faulty = true,
                }
                continue;
            };
            let text = name.to_string();
            let known = keys.iter().find(|key| key.name == text);
            let common = main.and_then(|_| COMMON.iter().find(|key| key.name == text));
            // What may become a key while it is typed is offered for completion, too.
            let may_become_a_key = common.is_none()
                && !is_name_like(&text)
                && main.is_none_or(|main| !in_schema(main, &text));
            if known.is_some() || may_become_a_key {
                self.seen_keys
                    .entry(module.to_owned())
                    .or_default()
                    .push(name.clone());
            }
            if let Some(key) = known {
                self.setting(key, entry, shown, module, &mut settings);
            } else if common.is_some() && !(module == "data" && text == "id") {
                self.common(entry, !module.contains("::"), &mut settings);
            } else if let Some(main) = main.filter(|main| Self::is_dynamic(*main, entry)) {
                let mut extra = std::mem::take(&mut settings.extra);
                self.dynamic(main, entry, shown, &mut extra);
                settings.extra = extra;
            } else if let Some(main) = main.filter(|main| in_schema(*main, &text)) {
                let same = |setting: &&Setting| setting.key.argument == text;
                if let Some(other) = settings.entries.iter().find(same) {
                    self.errors.add(
                        name.span(),
                        format!(
                            "`{text}` is `{}` of {shown}, which is given already",
                            other.key.name
                        ),
                        "remove one of the two",
                    );
                    continue;
                }
                let mut extra = std::mem::take(&mut settings.extra);
                self.argument(main, entry, shown, &mut extra);
                settings.extra = extra;
            } else if let Some(call) = call_of(entry).filter(|_| module == "output") {
                settings.positional.push(call);
            } else if let (EntryKind::Flag(_), true) = (
                &entry.kind,
                is_name_like(&text) || module == "lambda::alias",
            ) {
                settings.positional.push(Expression {
                    kind: ExpressionKind::Name(name.clone()),
                    span: name.span(),
                });
            } else {
                let mut names = keys.iter().map(|key| key.name).collect::<Vec<_>>();
                if let Some(main) = main {
                    names.extend(schema_names(main));
                    names.extend(COMMON.iter().map(|key| key.name));
                }
                let near = nearest(&text, names.iter().copied());
                let help = match near.as_slice() {
                    [] if keys.is_empty() => {
                        "see the provider's documentation for its arguments".to_owned()
                    }
                    [] => format!("its keys are {}", listed(keys.iter().map(|key| key.name))),
                    near => did_you_mean(near),
                };
                self.errors
                    .add(name.span(), format!("{shown} has no key `{text}`"), help);
            }
        }
        if let Some(extra) = settings.positional.get(positionals(module)) {
            self.errors.add(
                extra.span,
                format!("{shown} has no place for this value"),
                "write `key = value`, or remove it",
            );
        }
        settings.is_faulty |= self.errors.len() > mistakes;
        settings
    }

    fn setting(
        &mut self,
        key: &'static Key,
        entry: &Entry,
        shown: &str,
        module: &str,
        settings: &mut Settings,
    ) {
        let is_block = matches!(
            key.shape,
            Shape::Block(_) | Shape::Resource(..) | Shape::DataBlock(..) | Shape::BySource(_)
        );
        let is_repeatable = is_block && REPEATABLE.contains(&key.name);
        if !is_repeatable && settings.find(key.name).is_some() {
            self.errors.add(
                entry.span,
                format!("`{}` is given twice in {shown}", key.name),
                "remove one of the two",
            );
            return;
        }
        let Some(content) = self.content(key, entry, shown, module) else {
            return;
        };
        let origin = self.origin(entry.span);
        settings.entries.push(Setting {
            key,
            span: entry.span,
            origin,
            content,
        });
    }

    fn content(
        &mut self,
        key: &'static Key,
        entry: &Entry,
        shown: &str,
        module: &str,
    ) -> Option<Content> {
        let origin = self.origin(entry.span);
        let truth = |flag: bool| Content::Value(ValueKind::Bool(flag).at(origin));
        match (key.shape, &entry.kind) {
            (Shape::Block(keys), EntryKind::Block(_, entries)) => {
                let shown = format!("`{}(…)` of {shown}", key.name);
                let module = format!("{module}::{}", key.name);
                Some(Content::Block(
                    self.settings(entries, keys, None, &shown, &module),
                ))
            }
            (Shape::Resource(keys, type_name), EntryKind::Block(_, entries)) => {
                let shown = format!("`{}(…)` of {shown}", key.name);
                let module = format!("{module}::{}", key.name);
                let schema = resource_schema(type_name);
                Some(Content::Block(
                    self.settings(entries, keys, schema, &shown, &module),
                ))
            }
            (Shape::DataBlock(type_name, block), EntryKind::Block(..)) => {
                let schema = webhook_infra_core::schema::aws().data_source(type_name)?;
                let body = self.nested(schema.block(block)?.block, entry, shown)?;
                Some(Content::Value(ValueKind::Object(body).at(origin)))
            }
            (Shape::BySource(sources), EntryKind::Block(_, entries)) => {
                let settings = self.by_source(key, sources, entry.span, entries, module);
                Some(Content::Block(settings))
            }
            (Shape::Block(_) | Shape::Resource(..), EntryKind::Flag(_)) => {
                Some(Content::Block(Settings::default()))
            }
            (
                Shape::Flag | Shape::Switch | Shape::FlagOrText | Shape::FlagOrDays,
                EntryKind::Flag(_),
            ) => Some(truth(true)),
            (Shape::Raw, EntryKind::Assign(_, value)) => Some(Content::Raw(value.clone())),
            (Shape::Value, EntryKind::Block(_, entries)) => {
                let object = self.free_object(entries, shown);
                Some(Content::Value(ValueKind::Object(object).at(origin)))
            }
            (
                Shape::Block(_)
                | Shape::Resource(..)
                | Shape::DataBlock(..)
                | Shape::BySource(_)
                | Shape::Raw,
                _,
            ) => {
                self.wrong_shape(key, entry.span, shown);
                None
            }
            (_, EntryKind::Assign(_, expression)) => {
                // A mistake in the value is one mistake: for everything else the key is there.
                let unknown = unknown().kind.at(origin);
                let value = self.value(expression).and_then(|value| {
                    self.shaped(&Place { key, shown, module }, value, expression.span)
                });
                Some(Content::Value(value.unwrap_or(unknown)))
            }
            _ => {
                self.wrong_shape(key, entry.span, shown);
                None
            }
        }
    }

    fn wrong_shape(&mut self, key: &Key, span: Span, shown: &str) {
        self.errors.add(
            span,
            format!("`{}` of {shown} is not written like this", key.name),
            format!("write {}", key.shape.example(key.name)),
        );
    }
}

/// How many values without a key an attribute takes: what an output shows, what an alarm compares, a
/// trigger's queue, a route's path.
fn positionals(module: &str) -> usize {
    match module {
        "output"
        | "input"
        | "alarm"
        | "log_metric_filter"
        | "rest_api::route"
        | "http_api::route"
        | "http_api::default_route"
        | "schedule"
        | "event_rule::target"
        | "lambda::alias"
        | "sqs::subscribe"
        | "s3::notify"
        | "dashboard::text"
        | "cloudfront::origin"
        | "cloudfront::log" => 1,
        "dashboard::metric" | "dashboard::alarm" | "dashboard::log" => usize::MAX,
        _ if module.starts_with("lambda::trigger") => 1,
        _ => 0,
    }
}

/// `jsonencode({…})` where a value may stand reads like a block at first.
pub(crate) fn call_of(entry: &Entry) -> Option<Expression> {
    let EntryKind::Block(name, entries) = &entry.kind else {
        return None;
    };
    let arguments = entries
        .iter()
        .map(|entry| match &entry.kind {
            EntryKind::Positional(value) => Some(value.clone()),
            EntryKind::Flag(name) => Some(Expression {
                kind: match name.to_string().as_str() {
                    "true" => ExpressionKind::Bool(true),
                    "false" => ExpressionKind::Bool(false),
                    _ => ExpressionKind::Name(name.clone()),
                },
                span: name.span(),
            }),
            EntryKind::Block(..) => call_of(entry),
            _ => None,
        })
        .collect::<Option<Vec<_>>>()?;
    Some(Expression {
        kind: ExpressionKind::Call(name.to_string(), arguments),
        span: entry.span,
    })
}

pub(super) fn is_name_like(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase()) || text.starts_with("aws_")
}
