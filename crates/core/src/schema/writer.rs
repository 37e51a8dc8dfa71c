//! Writes the bits of a table, record by record.

use super::bits::Writer;
use super::contents::Contents;
use super::layout::{Array, FLAGS_WIDTH, LIMIT_WIDTH, NESTING_WIDTH, Widths};
use super::model::{Block, Entry, Nested};
use super::type_::Type;

/// Writes the bits of a table. Every method gives `None` if a value is too large for its field.
pub(super) struct TableWriter<'c> {
    contents: &'c Contents<'c>,
    widths: Widths,
    pub(super) bits: Writer,
    /// The positions of the types and blocks that are written, by number.
    types: Vec<u64>,
    blocks: Vec<u64>,
}

impl<'c> TableWriter<'c> {
    pub(super) fn new(contents: &'c Contents<'c>, widths: Widths) -> Self {
        Self {
            contents,
            widths,
            bits: Writer::default(),
            types: Vec::new(),
            blocks: Vec::new(),
        }
    }

    /// The bytes of all that is written.
    pub(super) fn finish(self) -> Vec<u8> {
        self.bits.finish()
    }

    /// The position of the block with that number, once it is written.
    pub(super) fn block_position(&self, number: usize) -> Option<u64> {
        self.blocks.get(number).copied()
    }

    pub(super) fn push_types(&mut self) -> Option<()> {
        let types = self.contents.types.values();
        types.iter().try_for_each(|type_| {
            self.types.push(self.bits.position());
            self.push_type(type_)
        })
    }

    pub(super) fn push_kinds(&mut self) -> Option<Array> {
        self.push_array(self.contents.kinds.values(), |writer, &(flags, type_)| {
            writer.bits.push(flags, FLAGS_WIDTH)?;
            writer.push_position(*writer.types.get(type_)?)
        })
    }

    pub(super) fn push_shapes(&mut self) -> Option<Array> {
        let shapes = self.contents.shapes.values();
        self.push_array(shapes, |writer, &(nesting, min, max)| {
            writer.bits.push(nesting.code(), NESTING_WIDTH)?;
            writer.bits.push(min.into(), LIMIT_WIDTH)?;
            writer.bits.push(max.into(), LIMIT_WIDTH)
        })
    }

    pub(super) fn push_shared_attributes(&mut self) -> Option<Array> {
        self.push_array(self.contents.shared.values(), |writer, &(name, kind)| {
            writer.push_attribute(name, kind)
        })
    }

    pub(super) fn push_blocks(&mut self) -> Option<()> {
        let blocks = self.contents.provider.blocks.values();
        blocks.iter().try_for_each(|block| {
            self.blocks.push(self.bits.position());
            self.push_block(block)
        })
    }

    pub(super) fn push_entries(&mut self, entries: &[Entry]) -> Option<Array> {
        self.push_array(entries, |writer, (name, block)| {
            writer.push_name(name)?;
            writer.push_position(writer.block_position(*block)?)
        })
    }

    pub(super) fn push_functions(&mut self) -> Option<Array> {
        let functions = &self.contents.provider.functions;
        self.push_array(functions, |writer, name| writer.push_name(name))
    }

    /// Writes the records of an array, and tells where it is.
    fn push_array<T>(
        &mut self,
        records: &[T],
        push: impl Fn(&mut Self, &T) -> Option<()>,
    ) -> Option<Array> {
        let array = Array {
            at: u32::try_from(self.bits.position()).ok()?,
            count: u32::try_from(records.len()).ok()?,
        };
        records.iter().try_for_each(|record| push(self, record))?;
        Some(array)
    }

    fn push_block(&mut self, block: &Block) -> Option<()> {
        let contents = self.contents;
        let (shared, own): (Vec<_>, Vec<_>) = block
            .attributes
            .iter()
            .map(|attribute| (attribute, contents.shared_number(attribute)))
            .partition(|(_, shared)| shared.is_some());
        for count in [own.len(), shared.len(), block.nested.len()] {
            self.bits.push_count(count as u64)?;
        }
        for (attribute, _) in own {
            self.push_attribute(&attribute.name, contents.kind_number(attribute)?)?;
        }
        for (_, number) in shared {
            self.bits.push(number? as u64, self.widths.attribute)?;
        }
        block
            .nested
            .iter()
            .try_for_each(|nested| self.push_nested(nested))
    }

    fn push_attribute(&mut self, name: &str, kind: usize) -> Option<()> {
        self.push_name(name)?;
        self.bits.push(kind as u64, self.widths.kind)
    }

    fn push_nested(&mut self, nested: &Nested) -> Option<()> {
        self.push_name(&nested.name)?;
        let shape = self.contents.shapes.number(&nested.shape())?;
        self.bits.push(shape as u64, self.widths.shape)?;
        self.push_position(self.block_position(nested.block)?)
    }

    pub(super) fn push_name(&mut self, name: &str) -> Option<()> {
        let start = self.contents.names.start(name)?;
        self.bits.push(start as u64, self.widths.name_start)?;
        self.bits.push(name.len() as u64, self.widths.name_length)
    }

    /// The position of a type that is written.
    pub(super) fn push_type_position(&mut self, type_: &Type) -> Option<()> {
        let number = self.contents.types.number(type_)?;
        self.push_position(*self.types.get(number)?)
    }

    fn push_position(&mut self, position: u64) -> Option<()> {
        self.bits.push(position, self.widths.position)
    }
}
