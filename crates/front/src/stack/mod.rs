//! `#[stack]`: the order of the steps, from the module's items to a checked document.

mod blocks;
mod declared;
mod instances;
mod judgement;
mod placement;
mod schema_files;
mod scope;
mod suppressions;
mod terraform;

use std::collections::{HashMap, HashSet};

use proc_macro2::{Span, TokenStream};
use webhook_infra_core::{Document, Owner};

use self::suppressions::{is_suppression, suppressions};
use crate::component;
use crate::constructs::code::Code;
use crate::constructs::{self, OutputDefinition, addition, notification};
use crate::context::Context;
use crate::errors::Errors;
use crate::syntax::{Item, Module, parse_entries};

pub use self::blocks::KEYS;
pub(crate) use self::declared::{Declared, DeclaredStruct};
pub(crate) use self::instances::Instances;
pub(crate) use self::schema_files::SchemaFile;

/// A stack that was read, lowered and checked.
pub(crate) struct Stack {
    pub(crate) document: Document<Span>,
    pub(crate) constants: Vec<TokenStream>,
    pub(crate) errors: Errors,
    pub(crate) seen_keys: Vec<(String, Vec<proc_macro2::Ident>)>,
    /// What other modules may know of the declared structs.
    pub(crate) declared: Declared,
    /// The paths to structs of other modules, and the items that have rustc check them.
    pub(crate) paths: Vec<(String, TokenStream)>,
    pub(crate) checks: Vec<TokenStream>,
    pub(crate) outputs: Vec<OutputDefinition>,
    /// What the functions' own code gets.
    pub(crate) code: Code,
    /// The module's name, and where it stands.
    pub(crate) module: String,
    pub(crate) file: String,
    pub(crate) line: usize,
    /// Structs whose field types have mistakes that are reported already.
    pub(crate) broken: HashSet<String>,
    /// Whether the author has a struct called `Stack`, whose place must not be taken.
    pub(crate) takes_our_name: bool,
    pub(crate) name: String,
    /// The files with providers' schemas.
    pub(crate) schema_files: Vec<SchemaFile>,
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
    let ids = scope::ids(&structs, &mut errors);
    let scope = scope::scope(&structs, &ids, &mut errors);
    let declared = structs
        .iter()
        .filter_map(|item| scope.declarations.get(&item.syntax.ident.to_string()));
    let schemas = schema_files::read(declared, &mut errors);
    let mut context = Context::new(&scope, errors);
    for (file, loaded) in &schemas {
        context
            .document
            .schemas
            .add(file.provider.as_str(), loaded.schema);
    }
    let name = blocks::lower(&mut context, module, &entries);
    let order = structs
        .iter()
        .filter(|item| scope.declares(item))
        .filter_map(|item| {
            Some((
                *item,
                *scope.declarations.get(&item.syntax.ident.to_string())?,
            ))
        })
        .collect::<Vec<_>>();
    let mut faulty = HashSet::new();
    let mut written = HashMap::new();
    let mut owners = Vec::new();
    for (item, declaration) in &order {
        let here = context.origin(declaration.span());
        context.here = here;
        let owner = context.document.add_owner(Owner {
            name: declaration.name(),
            main: declaration.target().to_string(),
            origin: here,
            type_: None,
            component: component::use_of(&item.annotations),
        });
        context.owner = Some(owner);
        owners.push((*declaration, owner));
        let mistakes = context.errors.len();
        let first = context.document.blocks.len();
        // A raw resource is one block, and says itself how often it is there.
        context.instances = Instances::of(&declaration.annotation.entries)
            .filter(|_| !declaration.construct.main.is_empty());
        (declaration.construct.lower)(&mut context, declaration);
        if let Some(instances) = context.instances.take() {
            instances::repeat(&mut context, declaration, &instances, first);
        }
        addition::lower(&mut context, declaration, &item.annotations);
        if item.is_faulty || context.errors.len() > mistakes {
            faulty.insert(owner);
        }
        // A component's mistakes are shown where it is used, which is not where they are.
        if let Some((place, span)) = component::written_at(&item.annotations) {
            context.errors.see(mistakes, span, &place);
            written.insert(owner, (place, span));
        }
        suppressions(&mut context, &item.annotations, Some(owner));
    }
    notification::lower(&mut context, &owners);
    constructs::complete(&mut context);
    placement::place(&mut context, owners.iter().map(|(_, owner)| *owner));
    for item in structs.iter().filter(|item| !scope.declares(item)) {
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
    terraform::settle_version(&mut context);
    suppressions(&mut context, &module.annotations, None);
    let declarations = order.iter().map(|(_, declaration)| *declaration);
    let declared = declared::declared(&mut context, &declarations.collect::<Vec<_>>());
    let Context {
        document,
        mut errors,
        constants,
        seen_keys,
        broken,
        paths,
        checks,
        outputs,
        code,
        ..
    } = context;
    judgement::judge(&document, &faulty, &written, &mut errors);
    Stack {
        document,
        constants,
        errors,
        seen_keys: seen_keys.into_iter().collect(),
        declared,
        paths,
        checks,
        outputs,
        code,
        module: module.name.to_string(),
        file: module.name.span().file(),
        line: module.name.span().start().line,
        broken,
        takes_our_name: structs.iter().any(|item| item.syntax.ident == "Stack"),
        name,
        schema_files: schemas.into_iter().map(|(file, _)| file).collect(),
    }
}
