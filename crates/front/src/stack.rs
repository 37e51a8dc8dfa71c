//! `#[stack]`: the attribute's own keys, the names of the module, and the order of the steps.

use std::collections::HashMap;

use proc_macro2::{Span, TokenStream, TokenTree};
use webhook_infra_core::check::{self, Outcome};
use webhook_infra_core::suggest::{did_you_mean, nearest};
use webhook_infra_core::{
    Block, BlockKind, Diagnostic, Document, Object, Origin, Owner, OwnerId, Severity, Suppression,
    SuppressionKind, Value, schema,
};

use crate::constructs::{self, Key, Settings, Shape};
use crate::context::{Context, Declaration, Scope, StackSettings};
use crate::errors::{Error, Errors};
use crate::lower::listed;
use crate::names;
use crate::syntax::{
    Annotation, Entry, EntryKind, ExpressionKind, Item, Module, StructItem, parse_entries,
};

/// The keys of `#[stack]`.
pub(crate) const KEYS: &[Key] = &[
    Key::new(
        "name",
        Shape::Text,
        "What every name in AWS starts with; `\"orders-${var.stage}\"` keeps environments apart. Required.",
    ),
    Key::new(
        "region",
        Shape::Value,
        "The AWS region. Default: what the environment of Terraform says.",
    ),
    Key::new(
        "tags",
        Shape::Value,
        "Tags of every resource (the provider's `default_tags`): `tags(service = \"orders\")`.",
    ),
    Key::new(
        "artifacts",
        Shape::Text,
        "Where the archives of the functions are, seen from the output folder. Default: `\"../target/lambda\"`, where `cargo lambda` puts them.",
    ),
    Key::new(
        "tracing",
        Shape::Flag,
        "X-Ray for every function and API of the stack. Off when absent.",
    ),
    Key::new(
        "backend",
        Shape::Raw,
        "Where the state is kept: `backend(s3, bucket = \"…\", key = \"…\")`. Literals only.",
    ),
    Key::new(
        "required_version",
        Shape::Text,
        "The versions of Terraform that will do. Default: `\">= 1.5\"`.",
    ),
];

/// A stack that was read, lowered and checked.
pub(crate) struct Stack {
    pub(crate) document: Document<Span>,
    pub(crate) constants: Vec<TokenStream>,
    pub(crate) errors: Errors,
    pub(crate) seen_keys: Vec<(String, Vec<proc_macro2::Ident>)>,
    /// The declared structs with the trait that marks each, and the address it stands for.
    pub(crate) markers: Vec<(proc_macro2::Ident, &'static str, String)>,
    pub(crate) name: String,
}

/// Reads, lowers and checks the module.
pub(crate) fn read(attribute: TokenStream, module: &Module, mut errors: Errors) -> Stack {
    let entries = parse_entries(attribute, Span::call_site(), &mut errors);
    let structs = module
        .items
        .iter()
        .filter_map(|item| match item {
            Item::Struct(item) => Some(item.as_ref()),
            Item::Other(_) => None,
        })
        .collect::<Vec<_>>();
    let ids = ids(&structs, &mut errors);
    let scope = scope(&structs, &ids, &mut errors);
    let mut context = Context::new(&scope, errors);
    let name = stack(&mut context, module, &entries);
    let order = structs
        .iter()
        .filter_map(|item| {
            scope
                .declarations
                .get(&item.syntax.ident.to_string())
                .map(|declaration| (*item, *declaration))
        })
        .filter(|(item, declaration)| std::ptr::eq(*item, declaration.item))
        .collect::<Vec<_>>();
    for (item, declaration) in &order {
        let here = context.origin(declaration.span());
        context.here = here;
        let owner = context.document.add_owner(Owner {
            name: declaration.name(),
            main: declaration.target().to_string(),
            origin: here,
        });
        context.owner = Some(owner);
        (declaration.construct.lower)(&mut context, declaration);
        suppressions(&mut context, &item.annotations, Some(owner));
    }
    for item in structs
        .iter()
        .filter(|item| !order.iter().any(|(known, _)| std::ptr::eq(*known, **item)))
    {
        if let Some(annotation) = item
            .annotations
            .iter()
            .find(|annotation| is_suppression(annotation))
        {
            context.errors.add(
                annotation.name.span(),
                "there is no resource here whose rules could be suppressed",
                "put the attribute on a struct with a construct, or on the module",
            );
        }
    }
    context.owner = None;
    suppressions(&mut context, &module.annotations, None);
    let markers = order
        .iter()
        .filter(|(_, declaration)| !declaration.construct.marker.is_empty())
        .map(|(item, declaration)| {
            (
                item.syntax.ident.clone(),
                declaration.construct.marker,
                declaration.target().to_string(),
            )
        })
        .collect();
    let Context {
        document,
        mut errors,
        constants,
        seen_keys,
        ..
    } = context;
    judge(&document, &mut errors);
    Stack {
        document,
        constants,
        errors,
        seen_keys: seen_keys.into_iter().collect(),
        markers,
        name,
    }
}

fn is_suppression(annotation: &Annotation) -> bool {
    annotation.name == "expect" || annotation.name == "allow"
}

// ---- names ----

/// Terraform's name of each struct: its own in snake case, or `id = "…"`.
fn ids(structs: &[&StructItem], errors: &mut Errors) -> Vec<String> {
    structs
        .iter()
        .map(|item| {
            let explicit = item.annotations.iter().flat_map(|annotation| &annotation.entries).find_map(|entry| match &entry.kind {
                EntryKind::Assign(key, value) if key == "id" => Some(value),
                _ => None,
            });
            let Some(value) = explicit else {
                return names::snake(&item.syntax.ident.to_string());
            };
            match &value.kind {
                ExpressionKind::String(id) if is_terraform_name(id) => id.clone(),
                _ => {
                    errors.add(value.span, "an `id` is a name: letters, digits, `_` and `-`, not starting with a digit", "write `id = \"my_name\"`");
                    names::snake(&item.syntax.ident.to_string())
                }
            }
        })
        .collect()
}

fn is_terraform_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-')
}

fn scope<'s>(structs: &[&'s StructItem], ids: &'s [String], errors: &mut Errors) -> Scope<'s> {
    let mut scope = Scope::default();
    let mut places: HashMap<String, Span> = HashMap::new();
    for (item, id) in structs.iter().zip(ids) {
        let ident = &item.syntax.ident;
        let name = ident.to_string();
        if name == "Stack" {
            errors.add(
                ident.span(),
                "`Stack` is the name of what `#[stack]` makes",
                "choose another name",
            );
        }
        let mut found = item.annotations.iter().filter_map(|annotation| {
            Some((annotation, constructs::find(&annotation.name.to_string())?))
        });
        let Some((annotation, construct)) = found.next() else {
            scope.types.insert(name, item);
            continue;
        };
        if let Some((second, _)) = found.next() {
            errors.add(
                second.name.span(),
                format!(
                    "`{name}` is a `#[{}]` already and cannot be a `#[{}]` too",
                    annotation.name, second.name
                ),
                "give each a struct of its own",
            );
        }
        if let Some(first) = places.insert(name.clone(), ident.span()) {
            errors.add(
                ident.span(),
                format!("`{name}` is declared twice"),
                format!("rename one; the first is at {}", place(first)),
            );
            continue;
        }
        // A table's struct is its item, and carries data as well.
        scope.types.insert(name.clone(), item);
        scope.declarations.insert(
            name,
            Declaration {
                construct,
                item,
                annotation,
                id,
            },
        );
    }
    for item in structs {
        for (annotations, owner) in item.fields.iter().map(|field| (field, item)) {
            for annotation in annotations {
                let belongs = scope
                    .declarations
                    .get(&owner.syntax.ident.to_string())
                    .is_some_and(|declaration| {
                        declaration
                            .construct
                            .fields
                            .iter()
                            .any(|field| annotation.name == field.name)
                    });
                if !belongs && !is_suppression(annotation) {
                    let name = &annotation.name;
                    let home = constructs::CONSTRUCTS
                        .iter()
                        .find(|construct| construct.fields.iter().any(|field| *name == field.name))
                        .map_or("", |construct| construct.name);
                    errors.add(
                        name.span(),
                        format!(
                            "`#[{name}]` means nothing on a field of `{}`",
                            owner.syntax.ident
                        ),
                        format!("it belongs on the fields of a `#[{home}]`"),
                    );
                }
            }
        }
    }
    scope
}

// ---- the stack's own blocks ----

fn stack(context: &mut Context<'_>, module: &Module, entries: &[Entry]) -> String {
    // `backend(…)` has a grammar of its own: a kind, then literals.
    let (backend, entries): (Vec<_>, Vec<_>) = entries
        .iter()
        .cloned()
        .partition(|entry| matches!(&entry.kind, EntryKind::Block(key, _) if key == "backend"));
    let aws = schema::aws();
    let provider = aws.provider();
    let settings = context.settings(&entries, KEYS, Some(provider), "`#[stack]`", "stack");
    let call = Span::call_site();
    context.here = context.document.origin(call);
    context.stack = StackSettings {
        prefix: settings.value("name").cloned(),
        artifacts: settings
            .text("artifacts")
            .unwrap_or("../target/lambda")
            .to_owned(),
        tracing: settings.flag("tracing"),
    };
    if settings.value("name").is_none() {
        context.errors.add(
            call,
            format!("stack `{}` has no name", module.name),
            "write `#[stack(name = \"…\")]`; the names of its resources in AWS start with it",
        );
    }
    for expression in &settings.positional {
        context.errors.add(
            expression.span,
            "`#[stack]` takes keys",
            "write `#[stack(name = \"…\")]`",
        );
    }
    let mut terraform = Block::new(BlockKind::Terraform, &[]);
    Context::comment(&mut terraform.body, &module.docs);
    terraform.body.set(
        "required_version",
        settings.value_or("required_version", ">= 1.5"),
    );
    let major = aws.provider_version().split('.').next().unwrap_or_default();
    let requirement = Object::new()
        .with("source", aws.provider_source())
        .with("version", format!("~> {major}.0"));
    terraform
        .body
        .set("required_providers", Object::new().with("aws", requirement));
    if let Some(entry) = backend.first() {
        if let Some(value) = self::backend(context, entry) {
            terraform.body.set("backend", value);
        }
    }
    context.push(terraform);
    provider_block(context, &settings);
    settings.text("name").unwrap_or_default().to_owned()
}

fn provider_block(context: &mut Context<'_>, settings: &Settings) {
    let mut provider = Block::new(BlockKind::Provider, &["aws"]);
    provider.body = settings.extra.clone();
    if let Some(region) = settings.value("region") {
        provider.body.set("region", region.clone());
    }
    if let Some(tags) = settings.value("tags") {
        provider.body.push_block(
            "default_tags",
            Object::new().with("tags", tags.clone()).into(),
        );
    }
    context.push(provider);
}

fn backend(context: &mut Context<'_>, entry: &Entry) -> Option<Value> {
    let EntryKind::Block(_, entries) = &entry.kind else {
        return None;
    };
    let Some(Entry {
        kind: EntryKind::Flag(kind),
        ..
    }) = entries.first()
    else {
        context.errors.add(
            entry.span,
            "`backend(…)` does not say of what kind",
            "write the kind first: `backend(s3, bucket = \"…\", key = \"…\")`",
        );
        return None;
    };
    let body = context.free_object(entries.get(1..).unwrap_or_default(), "`backend(…)`");
    Some(Object::new().with(kind.to_string(), body).into())
}

// ---- suppressions ----

fn suppressions(context: &mut Context<'_>, annotations: &[Annotation], owner: Option<OwnerId>) {
    for annotation in annotations
        .iter()
        .filter(|annotation| is_suppression(annotation))
    {
        match suppression(context, annotation, owner) {
            Ok(found) => context.document.suppressions.extend(found),
            Err(error) => context.errors.push(error),
        }
    }
}

/// `rule, …, reason = "…"`.
///
/// Rust's own `#[expect(webhook_infra::rule)]` cannot be used: rustc looks at lint attributes before it
/// expands macros, and refuses the names of tools that it does not know (E0710).
fn suppression(
    context: &mut Context<'_>,
    annotation: &Annotation,
    owner: Option<OwnerId>,
) -> Result<Vec<Suppression>, Error> {
    let word = annotation.name.to_string();
    let example = format!("write `#[webhook_infra::{word}(sqs_missing_dlq, reason = \"…\")]`");
    let mut rules = Vec::new();
    let mut reason = None;
    let tokens = annotation.tokens.clone().into_iter().collect::<Vec<_>>();
    for part in
        tokens.split(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ','))
    {
        match part {
            [] => {}
            [
                TokenTree::Ident(key),
                TokenTree::Punct(_),
                TokenTree::Literal(text),
            ] if key == "reason" => {
                reason = syn::parse_str::<syn::LitStr>(&text.to_string())
                    .ok()
                    .map(|text| text.value());
            }
            [TokenTree::Ident(rule)] => rules.push(rule.clone()),
            [
                TokenTree::Ident(tool),
                TokenTree::Punct(_),
                TokenTree::Punct(_),
                TokenTree::Ident(rule),
            ] if tool == "webhook_infra" => {
                rules.push(rule.clone());
            }
            [first, ..] => {
                return Err(Error::new(
                    first.span(),
                    "only rules of `webhook_infra` and a reason can stand here",
                    format!("{example}; give rustc's lints an attribute of their own"),
                ));
            }
        }
    }
    if reason
        .as_ref()
        .is_none_or(|reason| reason.trim().is_empty())
    {
        return Err(Error::new(
            annotation.name.span(),
            "a rule is suppressed without a reason",
            format!(
                "say why, for whoever reads this next: `#[webhook_infra::{word}({}, reason = \"…\")]`",
                listed(
                    rules
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .iter()
                        .map(String::as_str)
                )
                .replace('`', "")
            ),
        ));
    }
    let mut found = Vec::new();
    for rule in rules {
        let text = rule.to_string();
        let Some(known) = check::all_rules().find(|known| known.name == text) else {
            let near = nearest(&text, check::all_rules().map(|rule| rule.name));
            return Err(Error::new(
                rule.span(),
                format!("there is no rule `{text}`"),
                did_you_mean(&near),
            ));
        };
        if known.severity == Severity::Reject {
            return Err(Error::new(
                rule.span(),
                format!(
                    "`{text}` cannot be suppressed: AWS or Terraform would refuse the stack all the same"
                ),
                format!("mend the stack: {}", known.summary),
            ));
        }
        let origin = context.origin(rule.span());
        found.push(Suppression {
            rule: text,
            reason: reason.clone().unwrap_or_default(),
            kind: if word == "expect" {
                SuppressionKind::Expect
            } else {
                SuppressionKind::Allow
            },
            owner,
            origin,
        });
    }
    Ok(found)
}

// ---- judgement ----

fn judge(document: &Document<Span>, errors: &mut Errors) {
    let Outcome { errors: found, .. } = check::check(document);
    for diagnostic in found {
        errors.push(error(document, &diagnostic));
    }
}

fn error(document: &Document<Span>, diagnostic: &Diagnostic) -> Error {
    let span = document
        .provenance(diagnostic.origin)
        .copied()
        .unwrap_or_else(Span::call_site);
    Error {
        span,
        text: diagnostic.text(|origin| place_of(document, origin)),
    }
}

fn place_of(document: &Document<Span>, origin: Origin) -> Option<String> {
    document.provenance(origin).map(|span| place(*span))
}

/// `file:line`, where the compiler tells (Rust 1.88).
fn place(span: Span) -> String {
    format!("{}:{}", span.file(), span.start().line)
}
