//! What lowering reads and writes: the names of the stack, the graph so far, and the mistakes.

use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use webhook_infra_core::{
    Block, Document, Key, Object, Origin, Part, Reference, Target, Value, ValueKind,
};

use crate::component;
use crate::constructs::code::Code;
use crate::constructs::notification::Notification;
use crate::constructs::policy_statements::PolicyStatement;
use crate::constructs::{Construct, OutputDefinition, Settings};
use crate::errors::Errors;
use crate::names;
use crate::stack::Instances;
use crate::syntax::{Annotation, StructItem};

/// The names of the stack: declarations, and the plain structs that carry data.
#[derive(Default)]
pub(crate) struct Scope<'s> {
    pub(crate) declarations: HashMap<String, Declaration<'s>>,
    pub(crate) types: HashMap<String, &'s StructItem>,
    /// For each queue that others name as their dead-letter queue, those others.
    pub(crate) redrives: HashMap<String, Vec<String>>,
    /// For each queue or topic that others write to through an AWS service, the statements for its policy.
    pub(crate) policy_statements: HashMap<String, Vec<PolicyStatement>>,
}

impl Scope<'_> {
    /// Whether this very struct is a declaration (and not the second one of its name).
    pub(crate) fn declares(&self, item: &StructItem) -> bool {
        self.declarations
            .get(&item.syntax.ident.to_string())
            .is_some_and(|declaration| std::ptr::eq(declaration.item, item))
    }
}

/// An annotated struct.
#[derive(Clone, Copy)]
pub(crate) struct Declaration<'s> {
    pub(crate) construct: &'static Construct,
    pub(crate) item: &'s StructItem,
    pub(crate) annotation: &'s Annotation,
    /// Terraform's name of the main block.
    pub(crate) id: &'s str,
}

impl<'s> Declaration<'s> {
    /// The struct's name.
    pub(crate) fn name(&self) -> String {
        self.item.syntax.ident.to_string()
    }

    /// The struct's name in names of AWS. The use of a component may say that it goes by another one there.
    pub(crate) fn kebab_name(&self) -> String {
        component::named_as(&self.item.annotations).unwrap_or_else(|| names::kebab(&self.name()))
    }

    /// The attribute that declares it: where something is missing, this is the token to change.
    pub(crate) fn span(&self) -> Span {
        self.annotation.name.span()
    }

    /// The main block.
    pub(crate) fn target(&self) -> Target {
        (self.construct.target)(self)
    }

    /// The main block of a resource construct.
    pub(crate) fn resource(&self) -> Target {
        Target::Resource(self.construct.main.to_owned(), self.id.to_owned())
    }

    /// One of the helper blocks: `Events.dlq`.
    pub(crate) fn part(&self, name: &str) -> Option<Target> {
        let part = self.construct.parts.iter().find(|part| part.name == name)?;
        Some(Target::Resource(
            part.resource.to_owned(),
            format!("{}{}", self.id, part.suffix),
        ))
    }

    /// Whether it stands for several of its kind, by `count` or `for_each`.
    pub(crate) fn is_repeated(&self) -> bool {
        self.annotation.entries.iter().any(|entry| {
            entry
                .key()
                .is_some_and(|key| key == "count" || key == "for_each")
        })
    }

    /// The fields of the struct.
    pub(crate) fn fields(
        &self,
    ) -> impl Iterator<Item = (&'s syn::Field, &'s [Annotation], &'s str)> + use<'s> {
        let item = self.item;
        let fields = match &item.syntax.data {
            syn::Data::Struct(data) => Some(&data.fields),
            _ => None,
        };
        fields
            .into_iter()
            .flatten()
            .zip(&item.fields)
            .zip(&item.field_docs)
            .map(|((field, annotations), docs)| (field, annotations.as_slice(), docs.as_str()))
    }
}

/// What the stack's own attribute says.
#[derive(Default)]
pub(crate) struct StackSettings {
    /// What every AWS name starts with.
    pub(crate) prefix: Option<Value>,
    /// Where the functions' archives are, seen from the output folder.
    pub(crate) artifacts: String,
    /// Whether X-Ray is on everywhere.
    pub(crate) tracing: bool,
}

/// Everything a construct needs to lower itself.
pub(crate) struct Context<'s> {
    pub(crate) document: Document<Span>,
    pub(crate) errors: Errors,
    /// The Rust constants of the stack, in the order of [`ValueKind::Constant`].
    pub(crate) constants: Vec<TokenStream>,
    pub(crate) scope: &'s Scope<'s>,
    pub(crate) stack: StackSettings,
    pub(crate) owner: Option<webhook_infra_core::OwnerId>,
    /// The origin of the declaration that is being lowered.
    pub(crate) here: Origin,
    /// Keys as they were written, for completion in editors: by the module that documents them.
    pub(crate) seen_keys: BTreeMap<String, Vec<Ident>>,
    /// Structs whose field types have mistakes that are reported here already.
    pub(crate) broken: HashSet<String>,
    /// Names that are bound around the expression: the iterators of `dynamic`.
    pub(crate) bound: Vec<String>,
    /// What tells the instances of the declaration apart, when it has `count` or `for_each`.
    pub(crate) instances: Option<Instances>,
    /// The paths to structs of other modules: as written in messages, and as tokens.
    pub(crate) paths: Vec<(String, TokenStream)>,
    /// Items that have rustc check what the macro cannot see.
    pub(crate) checks: Vec<TokenStream>,
    /// What other stacks may read.
    pub(crate) outputs: Vec<OutputDefinition>,
    /// What the functions' own code gets.
    pub(crate) code: Code,
    /// The constants that the macro made for other modules' structs, by their text.
    pub(crate) holes: HashMap<String, u32>,
    /// Whether a resource may stand as a whole, without an attribute.
    pub(crate) takes_whole: bool,
    /// Names that are bound around the expression by a `for`.
    pub(crate) for_names: Vec<String>,
    /// For each bucket, what it tells of its objects.
    pub(crate) notifications: BTreeMap<String, Vec<Notification>>,
    shared: HashSet<String>,
    /// Where the suppressions beside a component's use are, by the use and the rule.
    pub(crate) shared_suppressions: HashMap<(String, String), usize>,
}

impl<'s> Context<'s> {
    pub(crate) fn new(scope: &'s Scope<'s>, errors: Errors) -> Self {
        Self {
            document: Document::new(),
            errors,
            constants: Vec::new(),
            scope,
            stack: StackSettings::default(),
            owner: None,
            here: Origin::UNKNOWN,
            seen_keys: BTreeMap::new(),
            broken: HashSet::new(),
            bound: Vec::new(),
            instances: None,
            paths: Vec::new(),
            checks: Vec::new(),
            outputs: Vec::new(),
            code: Code::default(),
            holes: HashMap::new(),
            takes_whole: false,
            for_names: Vec::new(),
            notifications: BTreeMap::new(),
            shared: HashSet::new(),
            shared_suppressions: HashMap::new(),
        }
    }

    /// The origin that stands for a span.
    pub(crate) fn origin(&mut self, span: Span) -> Origin {
        self.document.origin(span)
    }

    /// Adds a block of the declaration that is being lowered.
    pub(crate) fn push(&mut self, mut block: Block) {
        block.origin = block.origin.or(self.here);
        block.owner = self.owner;
        self.document.blocks.push(block);
    }

    /// Adds a resource of the declaration that is being lowered, and gives its target.
    pub(crate) fn resource(&mut self, type_name: &str, id: &str, body: Object) -> Target {
        let mut block = Block::resource(type_name, id);
        block.body = body;
        self.push(block);
        Target::Resource(type_name.to_owned(), id.to_owned())
    }

    /// Adds a policy document, and gives the reference to its JSON.
    pub(crate) fn policy<S: Into<Value>>(&mut self, id: &str, statements: Vec<S>) -> Value {
        let mut block = Block::data("aws_iam_policy_document", id);
        let statements = statements
            .into_iter()
            .map(Into::into)
            .collect::<Vec<Value>>();
        block.body.set("statement", statements);
        self.push(block);
        Reference::data("aws_iam_policy_document", id, "json").into()
    }

    /// Adds a block that belongs to no declaration, unless it is there already.
    pub(crate) fn shared(&mut self, block: Block) {
        if self.shared.insert(block.address().as_str().to_owned()) {
            let owner = self.owner.take();
            self.push(block);
            self.owner = owner;
        }
    }

    /// The id of the AWS account.
    pub(crate) fn account_id(&mut self) -> Value {
        self.shared(Block::data("aws_caller_identity", "current"));
        Reference::data("aws_caller_identity", "current", "account_id").into()
    }

    /// The partition: `aws`, or another one such as `aws-cn`.
    pub(crate) fn partition(&mut self) -> Value {
        self.shared(Block::data("aws_partition", "current"));
        Reference::data("aws_partition", "current", "partition").into()
    }

    /// The region of the provider.
    pub(crate) fn region(&mut self) -> Value {
        self.shared(Block::data("aws_region", "current"));
        Reference::data("aws_region", "current", "region").into()
    }

    /// The name in AWS: what the author wrote, else the stack's name and the struct's.
    pub(crate) fn physical_name(
        &self,
        settings: &Settings,
        declaration: &Declaration<'_>,
    ) -> Value {
        settings
            .value("name")
            .cloned()
            .unwrap_or_else(|| self.prefixed(&declaration.kebab_name()))
    }

    /// The stack's name, a hyphen, and `name`; of a repeated declaration with what tells its instances
    /// apart.
    pub(crate) fn prefixed(&self, name: &str) -> Value {
        self.told_apart(self.prefixed_once(name))
    }

    /// A name, of a repeated declaration with what tells its instances apart.
    pub(crate) fn told_apart(&self, name: Value) -> Value {
        match &self.instances {
            Some(instances) if instances.are_many => {
                let mut parts = parts_of(&suffixed(&name, "-"));
                parts.push(Part::Interpolation(instances.key()));
                Value::template(parts)
            }
            _ => name,
        }
    }

    /// The stack's name, a hyphen, and `name`, for what all declarations share.
    pub(crate) fn prefixed_once(&self, name: &str) -> Value {
        match &self.stack.prefix {
            Some(prefix) => {
                let mut value = suffixed(prefix, &format!("-{name}"));
                // What is wrong with the whole is not the prefix's fault, which all names share.
                value.origin = Origin::UNKNOWN;
                value
            }
            None => name.into(),
        }
    }

    /// A name with slashes, as secrets, parameters and log groups have them: `before`, the stack's name,
    /// a slash and the struct's; of a repeated declaration with what tells its instances apart.
    pub(crate) fn path_name(&self, before: &str, declaration: &Declaration<'_>) -> Value {
        let name = declaration.kebab_name();
        let name = match &self.stack.prefix {
            Some(prefix) => {
                let mut value = surrounded(before, prefix, &format!("/{name}"));
                value.origin = Origin::UNKNOWN;
                value
            }
            None => format!("{before}{name}").into(),
        };
        match &self.instances {
            Some(instances) if instances.are_many => {
                let mut parts = parts_of(&suffixed(&name, "/"));
                parts.push(Part::Interpolation(instances.key()));
                Value::template(parts)
            }
            _ => name,
        }
    }

    /// Sets the block's own documentation.
    pub(crate) fn comment(body: &mut Object, docs: &str) {
        if !docs.is_empty() {
            body.set_default("//", docs);
        }
    }
}

/// A documentation comment as one line, for arguments that are shown in one.
pub(crate) fn one_line(docs: &str) -> String {
    docs.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value as the parts of a template.
fn parts_of(value: &Value) -> Vec<Part> {
    match &value.kind {
        ValueKind::Template(parts) => parts.clone(),
        ValueKind::String(text) => vec![Part::Text(text.clone())],
        _ => vec![Part::Interpolation(value.clone())],
    }
}

/// A text with something before it.
pub(crate) fn surrounded(before: &str, value: &Value, after: &str) -> Value {
    let mut parts = vec![Part::Text(before.to_owned())];
    parts.extend(parts_of(value));
    parts.push(Part::Text(after.to_owned()));
    let mut value_with = Value::template(parts);
    value_with.origin = value.origin;
    value_with
}

/// A text with something after it.
pub(crate) fn suffixed(value: &Value, after: &str) -> Value {
    surrounded("", value, after)
}

/// A reference to an attribute of a block.
pub(crate) fn attribute(target: &Target, name: &str) -> Value {
    Reference {
        target: target.clone(),
        path: vec![webhook_infra_core::Step::Attribute(name.to_owned())],
    }
    .into()
}

/// The value of what could not be read and was reported: no rule calls it missing.
pub(crate) fn unknown() -> Value {
    let text = "null".to_owned();
    let template = false;
    ValueKind::Raw { text, template }.into()
}

/// A key of a map that no author wrote.
pub(crate) fn key(name: impl Into<String>) -> Key {
    Key::new(name, Origin::UNKNOWN)
}
