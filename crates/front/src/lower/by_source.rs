//! `key(Source, …)`: the construct of the source decides which keys there are.

use proc_macro2::Span;

use super::resource_schema;
use super::settings::is_name_like;
use crate::constructs::{Key, Settings, Source};
use crate::context::Context;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind};

impl Context<'_> {
    /// Reads the entries with the keys for the kind of source that is named in them.
    pub(super) fn by_source(
        &mut self,
        key: &'static Key,
        sources: &'static [Source],
        span: Span,
        entries: &[Entry],
        module: &str,
    ) -> Settings {
        let unknown = Settings {
            is_faulty: true,
            ..Settings::default()
        };
        let name = key.name;
        let Some(named) = entries.iter().find_map(positional) else {
            let is_broken = |entry: &Entry| matches!(entry.kind, EntryKind::Broken);
            if !entries.iter().any(is_broken) {
                self.errors.add(
                    span,
                    format!("`{name}(…)` does not say of what"),
                    format!("write the source first: `{name}(Events, batch_size = 10)`"),
                );
            }
            return unknown;
        };
        let constructs = sources
            .iter()
            .map(|source| source.construct)
            .collect::<Vec<_>>();
        let (construct, source_name) = match &named.kind {
            // Of another stack's structs the kind is not known here; rustc checks that it is the first.
            ExpressionKind::Path(path) => {
                let construct = constructs.first().copied().unwrap_or_default();
                (construct, path.to_string().replace(' ', ""))
            }
            _ => {
                // `Queues[each.key]` is one of `Queues`.
                let base = match &named.kind {
                    ExpressionKind::Index(base, Some(_)) => base.as_ref(),
                    _ => &named,
                };
                let role = format!("a {name}");
                let Some(declaration) = self.expect_declared(base, &constructs, &role) else {
                    return unknown;
                };
                (declaration.construct.name, declaration.name())
            }
        };
        let Some(source) = sources.iter().find(|source| source.construct == construct) else {
            return unknown;
        };
        self.settings(
            entries,
            source.keys,
            resource_schema(source.resource),
            &format!("`{name}({source_name}, …)`"),
            &format!("{module}::{name}::{construct}"),
        )
    }
}

/// The entry without a key, as an expression.
fn positional(entry: &Entry) -> Option<Expression> {
    match &entry.kind {
        EntryKind::Positional(value) => Some(value.clone()),
        EntryKind::Flag(name) if is_name_like(&name.to_string()) => Some(Expression {
            kind: ExpressionKind::Name(name.clone()),
            span: name.span(),
        }),
        _ => None,
    }
}
