//! Numbers in a string of bits, the lowest bit of each byte first.

/// Zero bytes behind the last field, so that every field can be read as part of a whole word.
const PADDING: usize = 8;

/// The widest field that lies within a word wherever in a byte it starts.
const MAX_WIDTH: u32 = 57;

/// The bits of a number that one group of a count holds; one more tells whether another follows.
const GROUP: u32 = 3;

/// The most groups in a count.
const MAX_GROUPS: u32 = 11;

/// The lowest `width` bits of `word`.
pub(super) fn low(word: u64, width: u32) -> u64 {
    word & !u64::MAX.checked_shl(width).unwrap_or(0)
}

/// The bits that it takes to write any number up to `largest`.
pub(super) fn width_of(largest: u64) -> u32 {
    u64::BITS - largest.leading_zeros()
}

/// The field of `width` bits, at most 57, at bit `at`.
pub(super) fn read(bytes: &[u8], at: u64, width: u32) -> Option<u64> {
    debug_assert!(width <= MAX_WIDTH, "{width} bits may reach beyond one word");
    let start = usize::try_from(at / 8).ok()?;
    let word = bytes.get(start..)?.first_chunk()?;
    Some(low(u64::from_le_bytes(*word) >> (at % 8), width))
}

/// The count at bit `at`, and the bit behind it.
pub(super) fn read_count(bytes: &[u8], at: u64) -> Option<(u64, u64)> {
    let groups = read(bytes, at, MAX_GROUPS * (GROUP + 1))?;
    let mut count = 0;
    for index in 0..MAX_GROUPS {
        let group = groups >> (index * (GROUP + 1));
        count |= low(group, GROUP) << (index * GROUP);
        if group >> GROUP & 1 == 0 {
            return Some((count, at + u64::from((index + 1) * (GROUP + 1))));
        }
    }
    None
}

/// Writes what [`read`] and [`read_count`] read.
#[derive(Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
    position: u64,
}

impl Writer {
    /// The bit at which the next field will start.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Appends a field; `None` if the value is too large for it.
    pub(super) fn push(&mut self, value: u64, width: u32) -> Option<()> {
        for index in 0..width {
            self.push_bit(value >> index & 1 == 1);
        }
        (width_of(value) <= width).then_some(())
    }

    /// Appends a count; `None` if it is too large for one.
    pub(super) fn push_count(&mut self, count: u64) -> Option<()> {
        let groups = width_of(count).div_ceil(GROUP).max(1);
        for index in 0..groups {
            self.push(low(count >> (index * GROUP), GROUP), GROUP)?;
            self.push_bit(index + 1 < groups);
        }
        (groups <= MAX_GROUPS).then_some(())
    }

    /// The bytes of all fields, and the padding.
    pub(super) fn finish(mut self) -> Vec<u8> {
        self.bytes.extend([0; PADDING]);
        self.bytes
    }

    fn push_bit(&mut self, bit: bool) {
        let within_byte = self.position % 8;
        if within_byte == 0 {
            self.bytes.push(0);
        }
        if let Some(last) = self.bytes.last_mut() {
            *last |= u8::from(bit) << within_byte;
        }
        self.position += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_of_any_width_at_any_bit_are_read_back() {
        let mut writer = Writer::default();
        let fields: Vec<_> = (0..=MAX_WIDTH)
            .map(|width| (low(u64::MAX, width), width))
            .collect();
        for &(value, width) in &fields {
            writer.push(value, width).unwrap();
            writer.push(0, 1).unwrap();
        }
        let bytes = writer.finish();
        let mut at = 0;
        for (value, width) in fields {
            assert_eq!(read(&bytes, at, width), Some(value));
            assert_eq!(read(&bytes, at + u64::from(width), 1), Some(0));
            at += u64::from(width) + 1;
        }
    }

    #[test]
    fn counts_are_read_back() {
        let counts = [0, 1, 7, 8, 63, 64, 321, 65_536, u64::from(u32::MAX)];
        let mut writer = Writer::default();
        for count in counts {
            writer.push_count(count).unwrap();
        }
        let end = writer.position();
        let bytes = writer.finish();
        let mut at = 0;
        for count in counts {
            let (read, behind) = read_count(&bytes, at).unwrap();
            assert_eq!(read, count);
            at = behind;
        }
        assert_eq!(at, end);
    }

    #[test]
    fn what_does_not_fit_is_refused() {
        assert_eq!(Writer::default().push(8, 3), None);
        assert_eq!(Writer::default().push_count(u64::MAX), None);
        assert_eq!(read(&[0; 8], 8, 1), None);
        assert_eq!(read_count(&[0xff; 16], 0), None);
    }
}
