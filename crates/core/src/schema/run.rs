//! Records of one width, one after the other.

use std::cmp::Ordering;

/// `count` records of `width` bits each, of which the first starts at bit `at`.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Run {
    pub(super) at: u64,
    pub(super) count: u64,
    pub(super) width: u64,
}

impl Run {
    /// The bit behind the last record.
    pub(super) fn end(self) -> u64 {
        self.position(self.count)
    }

    /// Whether the records are within so many bytes, and no more of them than bits.
    ///
    /// A damaged count must not make anyone count to billions, even of records without a width.
    pub(super) fn fits_in(self, bytes: u64) -> bool {
        self.end() <= bytes * 8 && self.count <= bytes * 8
    }

    /// The bits at which the records start.
    pub(super) fn positions(self) -> impl Iterator<Item = u64> {
        (0..self.count).map(move |index| self.position(index))
    }

    /// The bit at which the record of that name starts, if the records are sorted by name.
    pub(super) fn find<'n>(
        self,
        name: &str,
        name_at: impl Fn(u64) -> Option<&'n [u8]>,
    ) -> Option<u64> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            let at = self.position(middle);
            match name_at(at)?.cmp(name.as_bytes()) {
                Ordering::Less => low = middle + 1,
                Ordering::Equal => return Some(at),
                Ordering::Greater => high = middle,
            }
        }
        None
    }

    fn position(self, index: u64) -> u64 {
        self.at + index * self.width
    }
}
