//! The header of a table, and the widths of its fields and records.

use super::error::SchemaError;
use super::run::Run;

/// The first bytes of every table; the last one is the version of the format.
const MAGIC: &[u8; 8] = b"tfschem1";

const WORDS: usize = 24;

/// The length of magic and header in bytes.
pub(super) const HEADER_LENGTH: usize = MAGIC.len() + WORDS * size_of::<u32>();

/// The widest field whose width stands in the header: two of them fit into one read.
pub(super) const MAX_WIDTH: u32 = 28;

pub(super) const TAG_WIDTH: u32 = 4;
pub(super) const FLAGS_WIDTH: u32 = 6;
pub(super) const NESTING_WIDTH: u32 = 3;
pub(super) const LIMIT_WIDTH: u32 = 32;

/// The flags of an attribute, one bit each.
pub(super) const REQUIRED: u64 = 1;
pub(super) const OPTIONAL: u64 = 1 << 1;
pub(super) const COMPUTED: u64 = 1 << 2;
pub(super) const WRITE_ONLY: u64 = 1 << 3;
pub(super) const SENSITIVE: u64 = 1 << 4;
pub(super) const DEPRECATED: u64 = 1 << 5;

/// How many bits the fields take whose width depends on what is in the table.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Widths {
    pub(super) name_start: u32,
    pub(super) name_length: u32,
    pub(super) kind: u32,
    pub(super) shape: u32,
    pub(super) attribute: u32,
    pub(super) position: u32,
}

impl Widths {
    /// The width of a name.
    pub(super) fn name(self) -> u64 {
        u64::from(self.name_start) + u64::from(self.name_length)
    }

    /// The width of an attribute: its name and its kind.
    pub(super) fn attribute_record(self) -> u64 {
        self.name() + u64::from(self.kind)
    }

    /// The width of a nested block: its name, its shape and the position of the block itself.
    pub(super) fn nested_record(self) -> u64 {
        self.entry_record() + u64::from(self.shape)
    }

    /// The width of an entry: its name and the position of its block.
    pub(super) fn entry_record(self) -> u64 {
        self.name() + u64::from(self.position)
    }

    /// The width of a kind: its flags and the position of its type.
    pub(super) fn kind_record(self) -> u64 {
        u64::from(FLAGS_WIDTH) + u64::from(self.position)
    }

    /// The width of a shape: its nesting and its two limits.
    pub(super) fn shape_record() -> u64 {
        u64::from(NESTING_WIDTH) + 2 * u64::from(LIMIT_WIDTH)
    }

    /// Whether every width is one that fields may have.
    pub(super) fn are_valid(self) -> bool {
        let Self {
            name_start,
            name_length,
            kind,
            shape,
            attribute,
            position,
        } = self;
        let widths = [name_start, name_length, kind, shape, attribute, position];
        widths.iter().all(|&width| width <= MAX_WIDTH)
    }
}

/// Where a name stands in the text of all names.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Name {
    pub(super) start: u32,
    pub(super) length: u32,
}

/// Where an array starts, and how many records it has.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Array {
    pub(super) at: u32,
    pub(super) count: u32,
}

impl Array {
    fn run(self, width: u64) -> Run {
        Run {
            at: self.at.into(),
            count: self.count.into(),
            width,
        }
    }
}

/// What has to be known of a table before anything can be looked up.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Header {
    /// The length of the text of all names, in bytes.
    pub(super) text_length: u32,
    /// The length of the bits, in bytes.
    pub(super) bits_length: u32,
    pub(super) widths: Widths,
    /// The source of the provider, as in `hashicorp/aws`.
    pub(super) source: Name,
    /// The version of the provider.
    pub(super) version: Name,
    /// The position of the provider's own block.
    pub(super) provider: u32,
    /// The bit at which the array of kinds starts; the next two are like it.
    pub(super) kinds: u32,
    pub(super) shapes: u32,
    pub(super) attributes: u32,
    pub(super) resources: Array,
    pub(super) data_sources: Array,
    pub(super) ephemeral_resources: Array,
    pub(super) functions: Array,
}

impl Header {
    /// Reads the header of a table, and checks that it agrees with itself and with the length.
    pub(super) fn read(table: &[u8]) -> Result<Self, SchemaError> {
        if !table.starts_with(MAGIC) {
            return Err(SchemaError::NotATable);
        }
        let header = table
            .get(MAGIC.len()..HEADER_LENGTH)
            .ok_or(SchemaError::Damaged)?;
        let mut words = [0; WORDS];
        for (word, bytes) in words.iter_mut().zip(header.chunks_exact(size_of::<u32>())) {
            *word = bytes
                .iter()
                .rev()
                .fold(0, |word, &byte| word << 8 | u32::from(byte));
        }
        let header = Self::from_words(words);
        let length =
            HEADER_LENGTH as u64 + u64::from(header.text_length) + u64::from(header.bits_length);
        if length != table.len() as u64 || !header.is_consistent() {
            return Err(SchemaError::Damaged);
        }
        Ok(header)
    }

    /// The bytes of magic and header.
    pub(super) fn to_bytes(self) -> Vec<u8> {
        let words = self.to_words().into_iter().flat_map(u32::to_le_bytes);
        MAGIC.iter().copied().chain(words).collect()
    }

    pub(super) fn resources(&self) -> Run {
        self.resources.run(self.widths.entry_record())
    }

    pub(super) fn data_sources(&self) -> Run {
        self.data_sources.run(self.widths.entry_record())
    }

    pub(super) fn ephemeral_resources(&self) -> Run {
        self.ephemeral_resources.run(self.widths.entry_record())
    }

    pub(super) fn functions(&self) -> Run {
        self.functions.run(self.widths.name())
    }

    fn is_consistent(&self) -> bool {
        let runs = [
            self.resources(),
            self.data_sources(),
            self.ephemeral_resources(),
            self.functions(),
        ];
        self.widths.are_valid() && runs.iter().all(|run| run.fits_in(self.bits_length.into()))
    }

    #[rustfmt::skip]
    fn from_words(words: [u32; WORDS]) -> Self {
        let [
            text_length, bits_length,
            name_start, name_length, kind, shape, attribute, position,
            source_start, source_length, version_start, version_length,
            provider, kinds, shapes, attributes,
            resources, resource_count, data_sources, data_source_count,
            ephemeral_resources, ephemeral_resource_count, functions, function_count,
        ] = words;
        Self {
            text_length,
            bits_length,
            widths: Widths { name_start, name_length, kind, shape, attribute, position },
            source: Name { start: source_start, length: source_length },
            version: Name { start: version_start, length: version_length },
            provider,
            kinds,
            shapes,
            attributes,
            resources: Array { at: resources, count: resource_count },
            data_sources: Array { at: data_sources, count: data_source_count },
            ephemeral_resources: Array { at: ephemeral_resources, count: ephemeral_resource_count },
            functions: Array { at: functions, count: function_count },
        }
    }

    #[rustfmt::skip]
    fn to_words(self) -> [u32; WORDS] {
        let Widths { name_start, name_length, kind, shape, attribute, position } = self.widths;
        [
            self.text_length, self.bits_length,
            name_start, name_length, kind, shape, attribute, position,
            self.source.start, self.source.length, self.version.start, self.version.length,
            self.provider, self.kinds, self.shapes, self.attributes,
            self.resources.at, self.resources.count, self.data_sources.at, self.data_sources.count,
            self.ephemeral_resources.at, self.ephemeral_resources.count,
            self.functions.at, self.functions.count,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_is_read_back_field_by_field() {
        let words = std::array::from_fn(|index| u32::try_from(index).unwrap());
        assert_eq!(Header::from_words(words).to_words(), words);
    }

    #[test]
    fn header_is_read_back_from_a_table() {
        let functions = Array { at: 1, count: 2 };
        let header = Header {
            text_length: 3,
            bits_length: 16,
            functions,
            ..Header::default()
        };
        let table = [header.to_bytes(), vec![0; 3 + 16]].concat();
        assert_eq!(Header::read(&table), Ok(header));
    }

    #[test]
    fn other_bytes_are_refused() {
        assert_eq!(Header::read(b""), Err(SchemaError::NotATable));
        assert_eq!(Header::read(MAGIC), Err(SchemaError::Damaged));
        let mut long = Header::default().to_bytes();
        long.push(0);
        assert_eq!(Header::read(&long), Err(SchemaError::Damaged));
        let too_wide = Widths {
            position: MAX_WIDTH + 1,
            ..Widths::default()
        };
        let wide = Header {
            widths: too_wide,
            ..Header::default()
        };
        assert_eq!(Header::read(&wide.to_bytes()), Err(SchemaError::Damaged));
        let resources = Array {
            at: 0,
            count: u32::MAX,
        };
        let endless = Header {
            resources,
            ..Header::default()
        };
        assert_eq!(Header::read(&endless.to_bytes()), Err(SchemaError::Damaged));
    }
}
