//! A Terraform module as data: its blocks, and where each part of it came from.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use crate::schema::{Schemas, Type};
use crate::value::{Address, Object, Target};
use crate::versions::Targets;

/// A Terraform module, generic over what says where a part came from: a source span in the macro, a
/// source position in `build()`.
///
/// Blocks and values hold a small [`Origin`]; the document alone knows what an origin stands for, so
/// everything that reads blocks (schema, rules, rendering) is compiled once, whatever `P` is.
#[derive(Clone, Debug)]
pub struct Document<P> {
    /// The blocks, in the order they were declared.
    pub blocks: Vec<Block>,
    /// What the author declared: one entry a struct.
    pub owners: Vec<Owner>,
    /// Which rules the author has suppressed where.
    pub suppressions: Vec<Suppression>,
    /// What the author refers to in other stacks: addresses, with the name of the stack's module.
    pub borrowed: BTreeMap<String, String>,
    /// The versions that it is written for.
    pub targets: Targets,
    /// The schemas of the providers.
    pub schemas: Schemas,
    provenance: Vec<P>,
}

/// Where a part of a document came from: an index into the document's provenance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin(u32);

impl Origin {
    /// The origin of what nobody wrote.
    pub const UNKNOWN: Self = Self(u32::MAX);

    /// This origin, or `other` when this one is unknown.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        if self == Self::UNKNOWN { other } else { self }
    }
}

/// A top-level block.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    /// The kind of block.
    pub kind: BlockKind,
    /// Its labels: type and name of a resource, the name of a variable, none for `terraform`.
    pub labels: Vec<String>,
    /// Arguments and nested blocks. A local value is an object with the one entry `value`.
    pub body: Object,
    /// What made the block: the attribute that declares the construct.
    pub origin: Origin,
    /// The declaration it belongs to.
    pub owner: Option<OwnerId>,
}

/// The kinds of top-level block, in the order they are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum BlockKind {
    Terraform,
    Provider,
    Variable,
    Locals,
    Data,
    Ephemeral,
    Resource,
    Module,
    Check,
    Moved,
    Import,
    Removed,
    Output,
}

impl BlockKind {
    /// All kinds, in the order they are written.
    pub const ALL: [Self; 13] = [
        Self::Terraform,
        Self::Provider,
        Self::Variable,
        Self::Locals,
        Self::Data,
        Self::Ephemeral,
        Self::Resource,
        Self::Module,
        Self::Check,
        Self::Moved,
        Self::Import,
        Self::Removed,
        Self::Output,
    ];

    /// Terraform's keyword.
    pub fn keyword(self) -> &'static str {
        match self {
            Self::Terraform => "terraform",
            Self::Provider => "provider",
            Self::Variable => "variable",
            Self::Locals => "locals",
            Self::Data => "data",
            Self::Ephemeral => "ephemeral",
            Self::Resource => "resource",
            Self::Module => "module",
            Self::Check => "check",
            Self::Moved => "moved",
            Self::Import => "import",
            Self::Removed => "removed",
            Self::Output => "output",
        }
    }

    /// The kind with this keyword.
    pub fn from_keyword(keyword: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.keyword() == keyword)
    }

    /// How many labels a block of this kind has.
    pub fn label_count(self) -> usize {
        match self {
            Self::Terraform | Self::Moved | Self::Import | Self::Removed => 0,
            Self::Provider
            | Self::Variable
            | Self::Locals
            | Self::Module
            | Self::Check
            | Self::Output => 1,
            Self::Data | Self::Ephemeral | Self::Resource => 2,
        }
    }

    /// Whether several blocks with the same labels may stand side by side.
    pub fn is_repeatable(self) -> bool {
        matches!(
            self,
            Self::Provider | Self::Moved | Self::Import | Self::Removed
        )
    }
}

impl Block {
    /// A block without a body.
    pub fn new(kind: BlockKind, labels: &[&str]) -> Self {
        Self {
            kind,
            labels: labels.iter().map(|&label| label.to_owned()).collect(),
            body: Object::new(),
            origin: Origin::UNKNOWN,
            owner: None,
        }
    }

    /// A resource without a body.
    pub fn resource(type_name: &str, name: &str) -> Self {
        Self::new(BlockKind::Resource, &[type_name, name])
    }

    /// A data source without a body.
    pub fn data(type_name: &str, name: &str) -> Self {
        Self::new(BlockKind::Data, &[type_name, name])
    }

    /// What a reference to this block starts with; `None` for blocks nothing can refer to.
    pub fn target(&self) -> Option<Target> {
        let label = |place: usize| self.labels.get(place).cloned().unwrap_or_default();
        Some(match self.kind {
            BlockKind::Resource => Target::Resource(label(0), label(1)),
            BlockKind::Data => Target::Data(label(0), label(1)),
            BlockKind::Ephemeral => Target::Ephemeral(label(0), label(1)),
            BlockKind::Variable => Target::Variable(label(0)),
            BlockKind::Locals => Target::Local(label(0)),
            BlockKind::Module => Target::Module(label(0)),
            _ => return None,
        })
    }

    /// The block's name in messages and in `depends_on`.
    pub fn address(&self) -> Address {
        match self.target() {
            Some(target) => Address::from(&target),
            None => Address::new(
                std::iter::once(self.kind.keyword())
                    .chain(self.labels.iter().map(String::as_str))
                    .collect::<Vec<_>>()
                    .join("."),
            ),
        }
    }
}

/// A declaration of the author's: one annotated struct, or the stack itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The struct's name.
    pub name: String,
    /// The address of the block that the struct stands for, as opposed to its helpers.
    pub main: String,
    /// Where it is declared.
    pub origin: Origin,
    /// The type of what the struct stands for, where no schema has it: the outputs of a module.
    pub type_: Option<Type>,
    /// The use of a component that declares it.
    pub component: Option<ComponentUse>,
}

/// A struct of the stack that a component's declarations stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComponentUse {
    /// The struct's name.
    pub name: String,
    /// What the names of the component's blocks in Terraform start with.
    pub id: String,
}

/// The number of an [`Owner`] in its document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OwnerId(pub u32);

/// `#[webhook_infra::expect(rule, reason = "…")]` or `#[webhook_infra::allow(…)]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppression {
    /// The rule's name.
    pub rule: String,
    /// Why it is suppressed.
    pub reason: String,
    /// Whether it must fire.
    pub kind: SuppressionKind,
    /// The declarations it covers, of which there are several when it stands beside the use of a component;
    /// none covers the whole stack.
    pub owners: Vec<OwnerId>,
    /// The declarations of the stack it belongs to; none when the document is one stack.
    pub within: Vec<Range<u32>>,
    /// Where it is written.
    pub origin: Origin,
}

impl Suppression {
    /// Whether it covers what is wrong with this declaration, or with what belongs to none.
    pub fn covers(&self, owner: Option<OwnerId>) -> bool {
        match owner {
            Some(owner) if !self.owners.is_empty() => self.owners.contains(&owner),
            Some(owner) if !self.within.is_empty() => {
                self.within.iter().any(|stack| stack.contains(&owner.0))
            }
            _ => self.owners.is_empty(),
        }
    }
}

/// The two forms of a [`Suppression`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SuppressionKind {
    /// The rule has to fire; when it no longer does, that is reported.
    Expect,
    /// The rule may fire.
    Allow,
}

impl fmt::Display for SuppressionKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Expect => "expect",
            Self::Allow => "allow",
        })
    }
}

impl<P> Default for Document<P> {
    fn default() -> Self {
        Self {
            blocks: Vec::new(),
            owners: Vec::new(),
            suppressions: Vec::new(),
            borrowed: BTreeMap::new(),
            targets: Targets::default(),
            schemas: Schemas::default(),
            provenance: Vec::new(),
        }
    }
}

impl<P> Document<P> {
    /// A document without blocks.
    pub fn new() -> Self {
        Self::default()
    }

    /// Registers a place and gives the origin that stands for it.
    pub fn origin(&mut self, place: P) -> Origin {
        let index = u32::try_from(self.provenance.len()).unwrap_or(u32::MAX);
        self.provenance.push(place);
        Origin(index)
    }

    /// The place that an origin stands for.
    pub fn provenance(&self, origin: Origin) -> Option<&P> {
        self.provenance.get(usize::try_from(origin.0).ok()?)
    }

    /// Registers a declaration.
    pub fn add_owner(&mut self, owner: Owner) -> OwnerId {
        let id = OwnerId(u32::try_from(self.owners.len()).unwrap_or(u32::MAX));
        self.owners.push(owner);
        id
    }
}
