//! Look-ups in the bytes of a table; the format is told in the documentation of the module above.

use super::bits::read_count;
use super::layout::{COMPUTED, DEPRECATED, OPTIONAL, REQUIRED, SENSITIVE, WRITE_ONLY};
use super::run::Run;
use super::{Schema, Type};
use std::iter;

/// The attributes and nested blocks of a resource, a data source, a provider or another block.
#[derive(Clone, Copy, Debug)]
pub struct BlockSchema<'s> {
    schema: &'s Schema,
    /// The bit at which the block starts; its nested blocks start before it.
    at: u64,
    own: Run,
    shared: Run,
    nested: Run,
}

/// An attribute of a block.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "these are independent facts")]
pub struct Attribute<'s> {
    /// The name of the attribute.
    pub name: &'s str,
    /// Whether it has to be set.
    pub required: bool,
    /// Whether it may be set.
    pub optional: bool,
    /// Whether the provider gives it a value, at least unless it is set.
    pub computed: bool,
    /// Whether its value is sent to the provider only, and never kept in the state.
    pub write_only: bool,
    /// Whether its value is not to be shown.
    pub sensitive: bool,
    /// Whether it should not be set any more.
    pub deprecated: bool,
    schema: &'s Schema,
    type_at: u64,
}

/// How many blocks of one name there may be, and what they make together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Nesting {
    /// One block or none.
    Single,
    /// One block, which is there with its defaults if it is left out.
    Group,
    /// Blocks in an order.
    List,
    /// Distinct blocks.
    Set,
    /// Blocks by label.
    Map,
}

/// A block within a block.
#[derive(Clone, Copy, Debug)]
pub struct NestedBlock<'s> {
    /// The name of the block.
    pub name: &'s str,
    /// How many there may be, and what they make together.
    pub nesting: Nesting,
    /// The least number of blocks.
    pub min: u32,
    /// The greatest number of blocks; 0 if there is none.
    pub max: u32,
    /// What is in the block.
    pub block: BlockSchema<'s>,
}

impl<'s> BlockSchema<'s> {
    /// The attribute of that name.
    pub fn attribute(self, name: &str) -> Option<Attribute<'s>> {
        let schema = self.schema;
        let own = self.own.find(name, |at| schema.name_bytes(at));
        let at = own.or_else(|| {
            let name_of_shared = |at| schema.name_bytes(schema.shared_attribute(at)?);
            schema.shared_attribute(self.shared.find(name, name_of_shared)?)
        })?;
        Attribute::read(schema, at)
    }

    /// All attributes, sorted by name.
    pub fn attributes(self) -> impl Iterator<Item = Attribute<'s>> {
        let schema = self.schema;
        let read = move |at| Attribute::read(schema, at);
        let read_shared = move |at| read(schema.shared_attribute(at)?);
        let mut own = self.own.positions().filter_map(read).peekable();
        let mut shared = self.shared.positions().filter_map(read_shared).peekable();
        iter::from_fn(move || match (own.peek(), shared.peek()) {
            (Some(first), Some(second)) if first.name < second.name => own.next(),
            (Some(_), None) => own.next(),
            _ => shared.next(),
        })
    }

    /// The nested block of that name.
    pub fn block(self, name: &str) -> Option<NestedBlock<'s>> {
        let at = self.nested.find(name, |at| self.schema.name_bytes(at))?;
        self.nested_at(at)
    }

    /// All nested blocks, sorted by name.
    pub fn blocks(self) -> impl Iterator<Item = NestedBlock<'s>> {
        self.nested
            .positions()
            .filter_map(move |at| self.nested_at(at))
    }

    pub(super) fn read(schema: &'s Schema, at: u64) -> Option<Self> {
        let (own_count, behind) = read_count(schema.bits(), at)?;
        let (shared_count, behind) = read_count(schema.bits(), behind)?;
        let (nested_count, behind) = read_count(schema.bits(), behind)?;
        let widths = schema.widths();
        let own = Run {
            at: behind,
            count: own_count,
            width: widths.attribute_record(),
        };
        let shared = Run {
            at: own.end(),
            count: shared_count,
            width: widths.attribute.into(),
        };
        let nested = Run {
            at: shared.end(),
            count: nested_count,
            width: widths.nested_record(),
        };
        let bytes = schema.bits().len() as u64;
        let fit = [own, shared, nested].iter().all(|run| run.fits_in(bytes));
        fit.then_some(Self {
            schema,
            at,
            own,
            shared,
            nested,
        })
    }

    pub(super) fn read_or_empty(schema: &'s Schema, at: u64) -> Self {
        let none = Run::default();
        Self::read(schema, at).unwrap_or(Self {
            schema,
            at,
            own: none,
            shared: none,
            nested: none,
        })
    }

    fn nested_at(self, at: u64) -> Option<NestedBlock<'s>> {
        let schema = self.schema;
        let widths = schema.widths();
        let shape = at + widths.name();
        let block = schema.position(shape + u64::from(widths.shape))?;
        let (nesting, min, max) = schema.shape(shape)?;
        // Blocks only hold earlier ones. To insist on that keeps damaged bytes from making a ring.
        if block >= self.at {
            return None;
        }
        let block = Self::read(schema, block)?;
        Some(NestedBlock {
            name: schema.name(at)?,
            nesting,
            min,
            max,
            block,
        })
    }
}

impl<'s> Attribute<'s> {
    /// Whether a configuration may set it.
    pub fn is_settable(&self) -> bool {
        self.required || self.optional
    }

    /// The type of its value, which is read only now.
    pub fn type_(&self) -> Type {
        // Of a type that is damaged, nothing is known.
        self.schema.type_(self.type_at).unwrap_or(Type::Any)
    }

    fn read(schema: &'s Schema, at: u64) -> Option<Self> {
        let (flags, type_at) = schema.kind(at + schema.widths().name())?;
        Some(Self {
            name: schema.name(at)?,
            required: flags & REQUIRED != 0,
            optional: flags & OPTIONAL != 0,
            computed: flags & COMPUTED != 0,
            write_only: flags & WRITE_ONLY != 0,
            sensitive: flags & SENSITIVE != 0,
            deprecated: flags & DEPRECATED != 0,
            schema,
            type_at,
        })
    }
}

impl Nesting {
    const ALL: [Self; 5] = [Self::Single, Self::Group, Self::List, Self::Set, Self::Map];

    /// The number that stands for it in a table.
    pub(super) fn code(self) -> u64 {
        self as u64
    }

    /// The one that a number stands for.
    pub(super) fn from_code(code: u64) -> Option<Self> {
        Self::ALL.get(usize::try_from(code).ok()?).copied()
    }
}
