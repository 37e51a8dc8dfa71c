//! The parts of a table, and the fields in it that have a meaning of their own.

use super::Schema;
use super::bits::{low, read};
use super::decode::Nesting;
use super::layout::{FLAGS_WIDTH, HEADER_LENGTH, LIMIT_WIDTH, NESTING_WIDTH, Name, Widths};

impl Schema {
    pub(super) fn widths(&self) -> Widths {
        self.header.widths
    }

    pub(super) fn bits(&self) -> &[u8] {
        self.bytes
            .get(HEADER_LENGTH + self.header.text_length as usize..)
            .unwrap_or_default()
    }

    pub(super) fn text(&self, name: Name) -> Option<&str> {
        std::str::from_utf8(self.text_bytes(name.start.into(), name.length.into())?).ok()
    }

    pub(super) fn name(&self, at: u64) -> Option<&str> {
        std::str::from_utf8(self.name_bytes(at)?).ok()
    }

    /// The name at that bit, to compare it: there is no need to know that it is text.
    pub(super) fn name_bytes(&self, at: u64) -> Option<&[u8]> {
        let Widths {
            name_start,
            name_length,
            ..
        } = self.widths();
        let field = read(self.bits(), at, name_start + name_length)?;
        self.text_bytes(low(field, name_start), field >> name_start)
    }

    pub(super) fn position(&self, at: u64) -> Option<u64> {
        read(self.bits(), at, self.widths().position)
    }

    /// The bit of the shared attribute whose number is at that bit.
    pub(super) fn shared_attribute(&self, at: u64) -> Option<u64> {
        let number = read(self.bits(), at, self.widths().attribute)?;
        Some(u64::from(self.header.attributes) + number * self.widths().attribute_record())
    }

    /// The flags and the position of the type, of the kind whose number is at that bit.
    pub(super) fn kind(&self, at: u64) -> Option<(u64, u64)> {
        let number = read(self.bits(), at, self.widths().kind)?;
        let at = u64::from(self.header.kinds) + number * self.widths().kind_record();
        let flags = read(self.bits(), at, FLAGS_WIDTH)?;
        Some((flags, self.position(at + u64::from(FLAGS_WIDTH))?))
    }

    /// The nesting, the least and the greatest number, of the shape whose number is at that bit.
    pub(super) fn shape(&self, at: u64) -> Option<(Nesting, u32, u32)> {
        let number = read(self.bits(), at, self.widths().shape)?;
        let at = u64::from(self.header.shapes) + number * Widths::shape_record();
        let nesting = Nesting::from_code(read(self.bits(), at, NESTING_WIDTH)?)?;
        let at = at + u64::from(NESTING_WIDTH);
        Some((
            nesting,
            self.limit(at)?,
            self.limit(at + u64::from(LIMIT_WIDTH))?,
        ))
    }

    fn limit(&self, at: u64) -> Option<u32> {
        u32::try_from(read(self.bits(), at, LIMIT_WIDTH)?).ok()
    }

    fn text_bytes(&self, start: u64, length: u64) -> Option<&[u8]> {
        let text = self
            .bytes
            .get(HEADER_LENGTH..)?
            .get(..self.header.text_length as usize)?;
        let start = usize::try_from(start).ok()?;
        text.get(start..)?.get(..usize::try_from(length).ok()?)
    }
}
