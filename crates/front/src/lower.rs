//! What every construct lowers alike: expressions to values, entries to settings, and arguments that
//! only the provider's schema knows.

use proc_macro2::{Ident, Span};
use quote::ToTokens;
use webhook_infra_core::schema::{self, BlockSchema, Nesting, Type};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{
    Address, Key as EntryKey, Object, Part, Reference, Step, Target, Value, ValueKind,
};

use crate::constructs::{COMMON, Content, Key, Setting, Settings, Shape};
use crate::context::Context;
use crate::errors::Error;
use crate::names;
use crate::syntax::{Entry, EntryKind, Expression, ExpressionKind, parse_interpolation};

type Lowered<T> = Result<T, Error>;

/// Names that Terraform binds everywhere, and those it binds in some blocks.
const SCOPES: [&str; 6] = ["each", "count", "self", "path", "terraform", "provider"];

// ---- expressions ----

impl Context<'_> {
    /// The value of an expression; `None` when it has a mistake, which is then reported.
    pub(crate) fn value(&mut self, expression: &Expression) -> Option<Value> {
        match self.lower(expression) {
            Ok(value) => Some(value),
            Err(error) => {
                self.errors.push(error);
                None
            }
        }
    }

    fn lower(&mut self, expression: &Expression) -> Lowered<Value> {
        let origin = self.origin(expression.span);
        let kind = match &expression.kind {
            ExpressionKind::Bool(flag) => ValueKind::Bool(*flag),
            ExpressionKind::Number(number) => ValueKind::Number(number.clone()),
            ExpressionKind::String(text) => self.template(text, expression.span)?.kind,
            ExpressionKind::Path(tokens) => self.constant(tokens.clone()),
            ExpressionKind::Name(name) => self.lone_name(name)?,
            ExpressionKind::Field(..) | ExpressionKind::Index(..) => self.reference(expression)?,
            ExpressionKind::Call(function, arguments) => ValueKind::Call {
                function: function.clone(),
                arguments: self.lower_all(arguments)?,
                spread: false,
            },
            ExpressionKind::List(items) => ValueKind::List(self.lower_all(items)?),
            ExpressionKind::Map(entries) => ValueKind::Object(self.map(entries)?),
            ExpressionKind::Unary(operator, operand) => {
                ValueKind::Unary(*operator, Box::new(self.lower(operand)?))
            }
            ExpressionKind::Binary(operator, left, right) => ValueKind::Binary(
                *operator,
                Box::new(self.lower(left)?),
                Box::new(self.lower(right)?),
            ),
            ExpressionKind::Conditional(branches) => {
                let [condition, then, otherwise] = branches.as_ref();
                ValueKind::Conditional(Box::new([
                    self.lower(condition)?,
                    self.lower(then)?,
                    self.lower(otherwise)?,
                ]))
            }
            ExpressionKind::Group(inner) => self.lower(inner)?.kind,
        };
        Ok(kind.at(origin))
    }

    fn lower_all(&mut self, expressions: &[Expression]) -> Lowered<Vec<Value>> {
        expressions.iter().map(|item| self.lower(item)).collect()
    }

    fn map(&mut self, entries: &[(Expression, Expression)]) -> Lowered<Object> {
        let mut object = Object::new();
        for (key, value) in entries {
            let name = match &key.kind {
                ExpressionKind::String(text) => text.clone(),
                ExpressionKind::Name(name) => name.to_string(),
                ExpressionKind::Number(number) => number.to_string(),
                _ => {
                    return Err(Error::new(
                        key.span,
                        "a map's key is a text",
                        "write `{ \"key\" = value }`",
                    ));
                }
            };
            let key_origin = self.origin(key.span);
            let value = self.lower(value)?;
            if object
                .set(EntryKey::new(name.clone(), key_origin), value)
                .is_some()
            {
                return Err(Error::new(
                    key.span,
                    format!("the key `{name}` is there twice"),
                    "remove one of the two",
                ));
            }
        }
        Ok(object)
    }

    fn constant(&mut self, tokens: proc_macro2::TokenStream) -> ValueKind {
        let index = u32::try_from(self.constants.len()).unwrap_or(u32::MAX);
        self.constants.push(tokens);
        ValueKind::Constant(index)
    }

    /// Text with `${…}` in it; `$${` is a literal `${`.
    fn template(&mut self, text: &str, span: Span) -> Lowered<Value> {
        if !text.contains("${") {
            return Ok(text.into());
        }
        let mut parts = Vec::new();
        let mut literal = String::new();
        let mut rest = text;
        while let Some(place) = rest.find("${") {
            if rest[..place].ends_with('$') {
                literal.push_str(&rest[..place - 1]);
                literal.push_str("${");
                rest = &rest[place + 2..];
                continue;
            }
            literal.push_str(&rest[..place]);
            let inner = &rest[place + 2..];
            let end = closing_brace(inner).ok_or_else(|| {
                Error::new(
                    span,
                    "`${` is not closed",
                    "close it with `}`, or write `$${` for the text `${`",
                )
            })?;
            parts.push(Part::Text(std::mem::take(&mut literal)));
            let expression = parse_interpolation(&inner[..end], span)?;
            parts.push(Part::Interpolation(self.lower(&expression)?));
            rest = &inner[end + 1..];
        }
        literal.push_str(rest);
        parts.push(Part::Text(literal));
        Ok(Value::template(parts))
    }

    fn lone_name(&mut self, name: &Ident) -> Lowered<ValueKind> {
        let text = name.to_string();
        if let Some(declaration) = self.scope.declarations.get(&text) {
            if let target @ Target::Variable(_) = declaration.target() {
                return Ok(ValueKind::Reference(Reference {
                    target,
                    path: Vec::new(),
                }));
            }
            return Err(Error::new(
                name.span(),
                format!(
                    "`{text}` is a whole {}, not a value",
                    declaration.construct.noun()
                ),
                format!("write one of its attributes, such as `{text}.arn` or `{text}.id`"),
            ));
        }
        if names::is_constant(&text) {
            return Ok(self.constant(name.to_token_stream()));
        }
        if text == "null" {
            return Ok(ValueKind::Null);
        }
        Err(self.unknown_name(name))
    }

    /// The mistake of naming what is not there.
    pub(crate) fn unknown_name(&self, name: &Ident) -> Error {
        let text = name.to_string();
        let near = nearest(&text, self.scope.declarations.keys().map(String::as_str));
        let help = match near.as_slice() {
            [] if text.chars().all(|c| c.is_lowercase() || c == '_') => {
                format!("texts stand in quotes: `\"{text}\"`")
            }
            [] => "declare it as a struct in this module, with the attribute of a construct"
                .to_owned(),
            near => did_you_mean(near),
        };
        Error::new(name.span(), format!("the stack declares no `{text}`"), help)
    }

    /// `Events.arn`, `Events.dlq.arn`, `var.region`, `data.aws_region.current.name`, `list[0]`, `all[*].id`.
    fn reference(&mut self, expression: &Expression) -> Lowered<ValueKind> {
        let mut steps = Vec::new();
        let mut base = expression;
        loop {
            match &base.kind {
                ExpressionKind::Field(inner, name) => {
                    steps.push((Step::Attribute(name.to_string()), name.span()));
                    base = inner;
                }
                ExpressionKind::Index(inner, index) => {
                    let step = match index {
                        None => Step::Splat,
                        Some(index) => Step::Index(self.lower(index)?),
                    };
                    steps.push((step, base.span));
                    base = inner;
                }
                _ => break,
            }
        }
        steps.reverse();
        let ExpressionKind::Name(name) = &base.kind else {
            let value = self.lower(base)?;
            let path = steps.into_iter().map(|(step, _)| step).collect();
            return Ok(ValueKind::Access(Box::new(value), path));
        };
        let (target, path) = self.resolve(name, steps)?;
        Ok(ValueKind::Reference(Reference { target, path }))
    }

    fn resolve(&mut self, name: &Ident, steps: Vec<(Step, Span)>) -> Lowered<(Target, Vec<Step>)> {
        let text = name.to_string();
        if let Some(declaration) = self.scope.declarations.get(&text).copied() {
            return Ok(resolve_declared(&declaration, steps));
        }
        let path = steps.into_iter().map(|(step, _)| step).collect::<Vec<_>>();
        let names = path
            .iter()
            .map_while(|step| match step {
                Step::Attribute(name) => Some(name.clone()),
                _ => None,
            })
            .take(2)
            .collect::<Vec<_>>();
        let (target, used) = match (text.as_str(), names.as_slice()) {
            ("var", [name, ..]) => (Target::Variable(name.clone()), 1),
            ("local", [name, ..]) => (Target::Local(name.clone()), 1),
            ("module", [name, ..]) => (Target::Module(name.clone()), 1),
            ("data", [type_name, name]) => (Target::Data(type_name.clone(), name.clone()), 2),
            ("ephemeral", [type_name, name]) => {
                (Target::Ephemeral(type_name.clone(), name.clone()), 2)
            }
            (scope, _) if SCOPES.contains(&scope) => (Target::Scoped(text), 0),
            (type_name, [name, ..]) if is_resource_type(type_name) => {
                (Target::Resource(type_name.to_owned(), name.clone()), 1)
            }
            _ => return Err(self.unknown_name(name)),
        };
        Ok((target, path.into_iter().skip(used).collect()))
    }

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

    /// The declaration that an expression names, which has to be of one of these constructs; otherwise
    /// that is reported.
    pub(crate) fn expect_declared(
        &mut self,
        expression: &Expression,
        constructs: &[&str],
        role: &str,
    ) -> Option<crate::context::Declaration<'_>> {
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
                    "`{name}` is a {} and cannot be {role}",
                    declaration.construct.noun()
                ),
                help,
            );
            return None;
        }
        Some(declaration)
    }

    fn addresses(&mut self, expression: &Expression) -> Option<Value> {
        let origin = self.origin(expression.span);
        let items = match &expression.kind {
            ExpressionKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(expression),
        };
        let addresses = items.iter().filter_map(|item| self.address(item)).collect();
        Some(ValueKind::List(addresses).at(origin))
    }
}

/// The target and path of a way that starts at a declaration.
fn resolve_declared(
    declaration: &crate::context::Declaration<'_>,
    steps: Vec<(Step, Span)>,
) -> (Target, Vec<Step>) {
    let mut path = steps.into_iter().map(|(step, _)| step).peekable();
    let mut target = declaration.target();
    if let Some(Step::Attribute(first)) = path.peek() {
        if let Some(part) = declaration.part(first) {
            target = part;
            path.next();
        } else if let Some((_, to)) = declaration
            .construct
            .aliases
            .iter()
            .find(|(from, _)| from == first)
        {
            path.next();
            let mut steps = to.split('.').collect::<Vec<_>>();
            if let Some(part) = declaration.part(steps[0]) {
                target = part;
                steps.remove(0);
            }
            let aliased = steps
                .into_iter()
                .map(|step| Step::Attribute(step.to_owned()));
            return (target, aliased.chain(path).collect());
        }
    }
    (target, path.collect())
}

fn is_resource_type(name: &str) -> bool {
    name.contains('_')
        && name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
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

/// The place of the `}` that closes an interpolation.
fn closing_brace(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (place, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            '{' if !quoted => depth += 1,
            '}' if !quoted && depth == 0 => return Some(place),
            '}' if !quoted => depth -= 1,
            _ => {}
        }
    }
    None
}

// ---- settings ----

impl Context<'_> {
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
        for entry in entries {
            let Some(name) = entry.key() else {
                if let EntryKind::Positional(value) = &entry.kind {
                    settings.positional.push(value.clone());
                }
                continue;
            };
            let text = name.to_string();
            let known = keys.iter().find(|key| key.name == text);
            if known.is_some() || main.is_none_or(|main| !in_schema(main, &text)) {
                self.seen_keys
                    .entry(module.to_owned())
                    .or_default()
                    .push(name.clone());
            }
            let common = main.and_then(|_| COMMON.iter().find(|key| key.name == text));
            if let Some(key) = known {
                self.setting(key, entry, shown, module, &mut settings);
            } else if let Some(main) = main.filter(|main| in_schema(*main, &text)) {
                let mut extra = std::mem::take(&mut settings.extra);
                self.argument(main, entry, shown, &mut extra);
                settings.extra = extra;
            } else if common.is_some() {
                self.common(entry, &mut settings);
            } else if let (EntryKind::Flag(_), true) = (&entry.kind, is_name_like(&text)) {
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
        let is_repeatable = matches!(key.shape, Shape::Block(_) | Shape::Resource(..));
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
            (Shape::Block(_) | Shape::Resource(..), EntryKind::Flag(_)) => {
                Some(Content::Block(Settings::default()))
            }
            (Shape::Flag | Shape::FlagOrText, EntryKind::Flag(_)) => Some(truth(true)),
            (Shape::Raw, EntryKind::Assign(_, value)) => Some(Content::Raw(value.clone())),
            (Shape::Value, EntryKind::Block(_, entries)) => {
                let object = self.free_object(entries, shown);
                Some(Content::Value(ValueKind::Object(object).at(origin)))
            }
            (Shape::Block(_) | Shape::Resource(..) | Shape::Raw, _) => {
                self.wrong_shape(key, entry.span, shown);
                None
            }
            (_, EntryKind::Assign(_, expression)) => {
                // A mistake in the value is one mistake: for everything else the key is there.
                let unknown = ValueKind::Raw {
                    text: "null".to_owned(),
                    template: false,
                }
                .at(origin);
                let value = self
                    .value(expression)
                    .and_then(|value| self.shaped(key, value, expression.span, shown));
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

    /// A literal in the unit that Terraform wants. What is not known yet passes.
    fn shaped(&mut self, key: &Key, value: Value, span: Span, shown: &str) -> Option<Value> {
        let is_open = !matches!(
            value.kind,
            ValueKind::Bool(_)
                | ValueKind::Number(_)
                | ValueKind::String(_)
                | ValueKind::List(_)
                | ValueKind::Object(_)
        );
        if is_open {
            return Some(value);
        }
        let origin = value.origin;
        let shaped = match (key.shape, &value.kind) {
            (Shape::Flag | Shape::FlagOrText, ValueKind::Bool(_))
            | (Shape::FlagOrText | Shape::Text, ValueKind::String(_))
            | (
                Shape::Number | Shape::Seconds | Shape::Days | Shape::Megabytes,
                ValueKind::Number(_),
            )
            | (Shape::Value, _) => return Some(value),
            (Shape::Seconds, ValueKind::String(text)) => duration(text).map(Value::from),
            (Shape::Days, ValueKind::String(text)) => duration(text)
                .filter(|seconds| seconds % 86_400 == 0)
                .map(|seconds| Value::from(seconds / 86_400)),
            (Shape::Megabytes, ValueKind::String(text)) => megabytes(text).map(Value::from),
            (Shape::OneOf(values), ValueKind::String(text)) => {
                let found = values.iter().find(|(name, to)| name == text || to == text);
                if found.is_none() {
                    let near = nearest(text, values.iter().map(|(name, _)| *name));
                    let help = match near.as_slice() {
                        [] => format!(
                            "write {}",
                            listed(values.iter().map(|(name, _)| *name)).replace('`', "\"")
                        ),
                        near => did_you_mean(near).replace('`', "\""),
                    };
                    self.errors.add(
                        span,
                        format!("`{}` of {shown} has no value \"{text}\"", key.name),
                        help,
                    );
                    return None;
                }
                found.map(|(_, to)| Value::from(*to))
            }
            _ => None,
        };
        if let Some(mut shaped) = shaped {
            shaped.origin = origin;
            return Some(shaped);
        }
        let wanted = match key.shape {
            Shape::Flag => "`true` or `false`",
            Shape::FlagOrText => "`true`, `false` or a text",
            Shape::Text | Shape::OneOf(_) => "a text",
            Shape::Number => "a number",
            Shape::Seconds => "a duration: a number with `s`, `m`, `h`, `d` or `w`",
            Shape::Days => "a duration in whole days",
            Shape::Megabytes => "a size: a number of megabytes, or a number with `MB` or `GB`",
            Shape::Value | Shape::Raw | Shape::Block(_) | Shape::Resource(..) => "something else",
        };
        self.errors.add(
            span,
            format!("`{}` of {shown} takes {wanted}", key.name),
            format!("write {}", key.shape.example(key.name)),
        );
        None
    }

    fn common(&mut self, entry: &Entry, settings: &mut Settings) {
        match &entry.kind {
            // Read when the scope was made.
            EntryKind::Assign(name, _) if name == "id" => {}
            EntryKind::Assign(name, value) if name == "depends_on" => {
                let key = EntryKey::new("depends_on", self.document.origin(entry.span));
                if let Some(addresses) = self.addresses(value) {
                    settings.extra.set(key, addresses);
                }
            }
            EntryKind::Block(name, entries) if name == "lifecycle" => {
                let key = EntryKey::new("lifecycle", self.document.origin(entry.span));
                let lifecycle = self.lifecycle(entries);
                settings.extra.set(key, lifecycle);
            }
            _ => {
                let key = entry.key().map(ToString::to_string).unwrap_or_default();
                let help = match key.as_str() {
                    "lifecycle" => "write `lifecycle(prevent_destroy, ignore_changes = [tags])`",
                    "id" => "write `id = \"name\"`",
                    _ => "write `depends_on = [Name, …]`",
                };
                self.errors.add(
                    entry.span,
                    format!("`{key}` is not written like this"),
                    help,
                );
            }
        }
    }

    fn lifecycle(&mut self, entries: &[Entry]) -> Object {
        const NAMES: [&str; 6] = [
            "prevent_destroy",
            "create_before_destroy",
            "ignore_changes",
            "replace_triggered_by",
            "precondition",
            "postcondition",
        ];
        let mut lifecycle = Object::new();
        for entry in entries {
            let Some(name) = entry.key() else {
                self.errors.add(
                    entry.span,
                    "`lifecycle(…)` takes keys",
                    format!("its keys are {}", listed(NAMES)),
                );
                continue;
            };
            let text = name.to_string();
            let key = EntryKey::new(text.clone(), self.document.origin(entry.span));
            match (text.as_str(), &entry.kind) {
                ("prevent_destroy" | "create_before_destroy", EntryKind::Flag(_)) => {
                    lifecycle.set(key, true);
                }
                ("prevent_destroy" | "create_before_destroy", EntryKind::Assign(_, value)) => {
                    if let Some(value) = self.value(value) {
                        lifecycle.set(key, value);
                    }
                }
                (
                    "ignore_changes",
                    EntryKind::Assign(
                        _,
                        Expression {
                            kind: ExpressionKind::Name(all),
                            ..
                        },
                    ),
                ) if all == "all" => {
                    lifecycle.set(key, Address::new("all"));
                }
                ("ignore_changes" | "replace_triggered_by", EntryKind::Assign(_, value)) => {
                    if let Some(addresses) = self.addresses(value) {
                        lifecycle.set(key, addresses);
                    }
                }
                ("ignore_changes", EntryKind::Block(_, entries)) => {
                    let addresses = entries
                        .iter()
                        .filter_map(|entry| {
                            let origin = self.document.origin(entry.span);
                            Some(
                                ValueKind::Address(Address::new(entry.key()?.to_string()))
                                    .at(origin),
                            )
                        })
                        .collect::<Vec<_>>();
                    lifecycle.set(key, addresses);
                }
                ("precondition" | "postcondition", EntryKind::Block(_, entries)) => {
                    let condition = self.free_object(entries, "`lifecycle(…)`");
                    lifecycle.push_block(key, condition.into());
                }
                _ => {
                    let near = nearest(&text, NAMES);
                    let help = match near.as_slice() {
                        [] => format!("its keys are {}", listed(NAMES)),
                        near => did_you_mean(near),
                    };
                    self.errors.add(
                        entry.span,
                        format!("`lifecycle(…)` has no key `{text}` in this form"),
                        help,
                    );
                }
            }
        }
        lifecycle
    }

    // ---- what only the schema knows ----

    /// Adds an argument or nested block that the schema knows.
    pub(crate) fn argument(
        &mut self,
        schema: BlockSchema<'static>,
        entry: &Entry,
        shown: &str,
        body: &mut Object,
    ) {
        let Some(name) = entry.key() else {
            self.errors.add(
                entry.span,
                format!("a value without a key in {shown}"),
                "write `key = value`",
            );
            return;
        };
        let text = name.to_string();
        let origin = self.origin(name.span());
        let key = EntryKey::new(text.clone(), origin);
        if let Some(nested) = schema.block(&text) {
            let Some(block) = self.nested(nested.block, entry, shown) else {
                return;
            };
            let block = ValueKind::Object(block).at(origin);
            match nested.nesting {
                Nesting::Single | Nesting::Group => {
                    body.set(key, block);
                }
                _ => body.push_block(key, block),
            }
            return;
        }
        let Some(attribute) = schema.attribute(&text) else {
            let names = schema_names(schema);
            let near = nearest(&text, names.iter().copied());
            let help = match near.as_slice() {
                [] => format!("its arguments are {}", listed(names)),
                near => did_you_mean(near),
            };
            self.errors.add(
                name.span(),
                format!("{shown} has no argument `{text}`"),
                help,
            );
            return;
        };
        let value = match &entry.kind {
            EntryKind::Flag(_) if attribute.type_() == Type::Bool => {
                ValueKind::Bool(true).at(origin)
            }
            EntryKind::Flag(_) => {
                self.errors.add(
                    name.span(),
                    format!("`{text}` of {shown} takes a {}", attribute.type_()),
                    format!("write `{text} = …`"),
                );
                return;
            }
            EntryKind::Block(_, entries) => {
                let object = self.free_object(entries, shown);
                ValueKind::Object(object).at(origin)
            }
            EntryKind::Assign(_, value) => match self.value(value) {
                Some(value) => value,
                None => return,
            },
            EntryKind::Positional(_) => return,
        };
        if body.set(key, value).is_some() {
            self.errors.add(
                name.span(),
                format!("`{text}` is given twice in {shown}"),
                "remove one of the two",
            );
        }
    }

    fn nested(
        &mut self,
        schema: BlockSchema<'static>,
        entry: &Entry,
        shown: &str,
    ) -> Option<Object> {
        let name = entry.key().map(ToString::to_string).unwrap_or_default();
        let shown = format!("`{name}(…)` of {shown}");
        let mut body = Object::new();
        match &entry.kind {
            EntryKind::Flag(_) => {}
            EntryKind::Block(_, entries) => {
                for entry in entries {
                    self.argument(schema, entry, &shown, &mut body);
                }
            }
            EntryKind::Assign(_, value) => match self.value(value)?.kind {
                ValueKind::Object(object) => body = object,
                _ => {
                    self.errors.add(
                        entry.span,
                        format!("{shown} is a nested block"),
                        format!("write `{name}(argument = value, …)`"),
                    );
                    return None;
                }
            },
            EntryKind::Positional(_) => return None,
        }
        Some(body)
    }

    /// Entries as a map, where there is no schema to hold them against.
    pub(crate) fn free_object(&mut self, entries: &[Entry], shown: &str) -> Object {
        let mut object = Object::new();
        for entry in entries {
            let origin = self.origin(entry.span);
            let value = match &entry.kind {
                EntryKind::Flag(_) => Some(ValueKind::Bool(true).at(origin)),
                EntryKind::Assign(_, value) => self.value(value),
                EntryKind::Block(_, entries) => {
                    let inner = self.free_object(entries, shown);
                    Some(ValueKind::Object(inner).at(origin))
                }
                EntryKind::Positional(_) => {
                    self.errors.add(
                        entry.span,
                        format!("a value without a key in {shown}"),
                        "write `key = value`",
                    );
                    None
                }
            };
            if let (Some(name), Some(value)) = (entry.key(), value) {
                object.set(EntryKey::new(name.to_string(), origin), value);
            }
        }
        object
    }
}

fn is_name_like(text: &str) -> bool {
    text.starts_with(|c: char| c.is_uppercase()) || text.starts_with("aws_")
}

fn in_schema(schema: BlockSchema<'_>, name: &str) -> bool {
    schema.attribute(name).is_some() || schema.block(name).is_some()
}

fn schema_names(schema: BlockSchema<'static>) -> Vec<&'static str> {
    schema
        .attributes()
        .filter(|attribute| attribute.is_settable())
        .map(|attribute| attribute.name)
        .chain(schema.blocks().map(|nested| nested.name))
        .collect()
}

/// The schema of a resource type.
pub(crate) fn resource_schema(type_name: &str) -> Option<BlockSchema<'static>> {
    schema::aws().resource(type_name)
}

pub(crate) fn listed<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    names
        .into_iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// `"5m"` in seconds.
fn duration(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = match unit.trim() {
        "s" => 1,
        "m" => 60,
        "h" => 3_600,
        "d" => 86_400,
        "w" => 604_800,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

/// `"1GB"` in mebibytes, which is what AWS means by MB.
fn megabytes(text: &str) -> Option<u64> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
    let unit = match unit.trim() {
        "MB" | "MiB" => 1,
        "GB" | "GiB" => 1_024,
        _ => return None,
    };
    number.parse::<u64>().ok()?.checked_mul(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_and_sizes_have_units() {
        assert_eq!(duration("5m"), Some(300));
        assert_eq!(duration("14d"), Some(1_209_600));
        assert_eq!(duration("5"), None);
        assert_eq!(duration("5 minutes"), None);
        assert_eq!(duration("-5m"), None);
        assert_eq!(duration("99999999999999999w"), None);
        assert_eq!(megabytes("1GB"), Some(1_024));
        assert_eq!(megabytes("512MB"), Some(512));
        assert_eq!(megabytes("512"), None);
    }

    #[test]
    fn an_interpolation_ends_at_its_own_brace() {
        assert_eq!(closing_brace("a.b}c"), Some(3));
        assert_eq!(closing_brace("f({a = \"}\"})}x"), Some(12));
        assert_eq!(closing_brace("a"), None);
    }
}
