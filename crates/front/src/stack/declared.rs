//! What other modules and crates may know of each struct: its address, attributes, helpers and key.

use std::collections::{HashMap, HashSet};

use proc_macro2::Ident;
use webhook_infra_core::schema::BlockSchema;
use webhook_infra_core::{Target, Value, ValueKind, expression};

use super::Instances;
use crate::constructs::{grants, is_named_value};
use crate::context::{Context, Declaration};

/// The declared structs of a stack, with what many of them have in common said once.
#[derive(Default)]
pub(crate) struct Declared {
    pub(crate) structs: Vec<DeclaredStruct>,
    pub(crate) kinds: Vec<Kind>,
    /// The names of a type's attributes, a line each.
    pub(crate) attributes: Vec<String>,
    kind_places: HashMap<(&'static str, Option<usize>), usize>,
    attribute_places: HashMap<(bool, String), usize>,
}

pub(crate) struct DeclaredStruct {
    pub(crate) ident: Ident,
    pub(crate) markers: Vec<&'static str>,
    pub(crate) address: String,
    pub(crate) kind: usize,
    pub(crate) helpers: Vec<(&'static str, String, Option<usize>)>,
    pub(crate) key: String,
    pub(crate) indexes: Vec<String>,
    pub(crate) is_repeated: bool,
}

pub(crate) struct Kind {
    pub(crate) noun: &'static str,
    pub(crate) attributes: Option<usize>,
    pub(crate) aliases: &'static [(&'static str, &'static str)],
}

pub(super) fn declared(context: &mut Context<'_>, order: &[Declaration<'_>]) -> Declared {
    let mut declared = Declared::default();
    let targets = context
        .document
        .blocks
        .iter()
        .filter_map(webhook_infra_core::Block::target)
        .collect::<HashSet<_>>();
    for declaration in order {
        // What no reference can start from; a provider is named in `provider = …`.
        let is_nothing = matches!(declaration.target(), Target::Scoped(_))
            && declaration.construct.name != "provider";
        if is_nothing || !declaration.item.syntax.generics.params.is_empty() {
            continue;
        }
        let construct = declaration.construct;
        let target = declaration.target();
        let attributes = declared.attributes_of(context, &target);
        let kind = declared.kind(declaration, attributes);
        let mut helpers = Vec::new();
        for part in construct.parts {
            let target = match (construct.name, part.name) {
                ("sqs", "dlq") => context
                    .part(declaration, part.name, declaration.span())
                    .ok(),
                _ => declaration.part(part.name),
            };
            // A helper may be left out: the role of a function that has another.
            if let Some(target) = target.filter(|target| targets.contains(target)) {
                let attributes = declared.attributes_of(context, &target);
                helpers.push((part.name, target.to_string(), attributes));
            }
        }
        let mut markers = Vec::new();
        markers.extend(Some(construct.marker).filter(|marker| !marker.is_empty()));
        markers.extend(is_named_value(&target).then_some("NamedValue"));
        declared.structs.push(DeclaredStruct {
            ident: declaration.item.syntax.ident.clone(),
            markers,
            address: target.to_string(),
            kind,
            helpers,
            key: key(context, declaration),
            indexes: match construct.name {
                "dynamodb" => grants::index_names(declaration),
                _ => Vec::new(),
            },
            is_repeated: Instances::of(&declaration.annotation.entries).is_some(),
        });
    }
    declared
}

impl Declared {
    fn kind(&mut self, declaration: &Declaration<'_>, attributes: Option<usize>) -> usize {
        let construct = declaration.construct;
        let kinds = &mut self.kinds;
        let place = self.kind_places.entry((construct.name, attributes));
        *place.or_insert_with(|| {
            kinds.push(Kind {
                noun: construct.noun(),
                attributes,
                aliases: construct.aliases,
            });
            kinds.len() - 1
        })
    }

    /// The place of the list of attributes of what a target names; `None` when they are not known.
    fn attributes_of(&mut self, context: &Context<'_>, target: &Target) -> Option<usize> {
        let schemas = &context.document.schemas;
        let (is_data, type_name, schema) = match target {
            Target::Resource(type_name, _) => (false, type_name, schemas.resource(type_name)),
            Target::Data(type_name, _) => (true, type_name, schemas.data_source(type_name)),
            _ => return None,
        };
        let schema = schema?;
        let lists = &mut self.attributes;
        let place = self.attribute_places.entry((is_data, type_name.clone()));
        Some(*place.or_insert_with(|| {
            lists.push(lines(schema));
            lists.len() - 1
        }))
    }
}

fn lines(schema: BlockSchema<'_>) -> String {
    let attributes = schema.attributes().map(|attribute| attribute.name);
    let blocks = schema.blocks().map(|nested| nested.name);
    attributes
        .chain(blocks)
        .fold(String::new(), |text, name| text + name + "\n")
}

/// The key that encrypts a resource, when it is one of this stack's.
fn key(context: &mut Context<'_>, declaration: &Declaration<'_>) -> String {
    let may_have_one = ["sqs", "sns", "s3", "dynamodb"].contains(&declaration.construct.name);
    // With mistakes in the stack nothing is written, and they are told already.
    if !may_have_one || !context.errors.is_empty() {
        return String::new();
    }
    grants::key(context, declaration)
        .filter(is_closed)
        .map(|key| expression::render(&key))
        .unwrap_or_default()
}

/// Whether rustc has nothing to fill in.
fn is_closed(value: &Value) -> bool {
    let mut closed = true;
    value.walk(&mut |inner| match &inner.kind {
        ValueKind::Constant(_) => closed = false,
        ValueKind::Reference(reference) => {
            closed &= !matches!(reference.target, Target::Open(_));
        }
        _ => {}
    });
    closed
}
