//! Types as they are in a table: how they are written, and how they are read.

use super::bits::{read, read_count};
use super::layout::TAG_WIDTH;
use super::writer::TableWriter;
use super::{ObjectAttribute, Schema, Type};

/// The deepest nesting of types; `serde_json` does not read deeper JSON than this.
const MAX_DEPTH: u32 = 128;

/// The most parts of a type. Without a limit, few damaged bytes could tell of more of them than
/// there is memory for.
const MAX_PARTS: u32 = 1 << 16;

const ANY: u64 = 0;
const BOOL: u64 = 1;
const NUMBER: u64 = 2;
const STRING: u64 = 3;
const LIST: u64 = 4;
const SET: u64 = 5;
const MAP: u64 = 6;
const TUPLE: u64 = 7;
const OBJECT: u64 = 8;

impl Type {
    /// The types that this one is made of.
    pub(super) fn parts(&self) -> Vec<&Type> {
        match self {
            Self::Any | Self::Bool | Self::Number | Self::String => Vec::new(),
            Self::List(element) | Self::Set(element) | Self::Map(element) => vec![element],
            Self::Tuple(elements) => elements.iter().collect(),
            Self::Object(attributes) => attributes.iter().map(|part| &part.type_).collect(),
        }
    }

    /// The attributes of an object; none of another type.
    pub(super) fn attributes(&self) -> &[ObjectAttribute] {
        match self {
            Self::Object(attributes) => attributes,
            _ => &[],
        }
    }

    fn tag(&self) -> u64 {
        match self {
            Self::Any => ANY,
            Self::Bool => BOOL,
            Self::Number => NUMBER,
            Self::String => STRING,
            Self::List(_) => LIST,
            Self::Set(_) => SET,
            Self::Map(_) => MAP,
            Self::Tuple(_) => TUPLE,
            Self::Object(_) => OBJECT,
        }
    }
}

impl TableWriter<'_> {
    /// Writes a type whose parts are written; `None` if a value is too large for its field.
    pub(super) fn push_type(&mut self, type_: &Type) -> Option<()> {
        self.bits.push(type_.tag(), TAG_WIDTH)?;
        match type_ {
            Type::Any | Type::Bool | Type::Number | Type::String => Some(()),
            Type::List(element) | Type::Set(element) | Type::Map(element) => {
                self.push_type_position(element)
            }
            Type::Tuple(elements) => {
                self.bits.push_count(elements.len() as u64)?;
                elements
                    .iter()
                    .try_for_each(|element| self.push_type_position(element))
            }
            Type::Object(attributes) => {
                self.bits.push_count(attributes.len() as u64)?;
                attributes.iter().try_for_each(|attribute| {
                    self.push_name(&attribute.name)?;
                    self.bits.push(attribute.optional.into(), 1)?;
                    self.push_type_position(&attribute.type_)
                })
            }
        }
    }
}

impl Schema {
    /// The type at that bit.
    pub(super) fn type_(&self, at: u64) -> Option<Type> {
        Reader {
            schema: self,
            parts_left: MAX_PARTS,
        }
        .type_(at, MAX_DEPTH)
    }
}

struct Reader<'s> {
    schema: &'s Schema,
    parts_left: u32,
}

impl Reader<'_> {
    fn type_(&mut self, at: u64, depth_left: u32) -> Option<Type> {
        self.parts_left = self.parts_left.checked_sub(1)?;
        let depth_left = depth_left.checked_sub(1)?;
        let inside = at + u64::from(TAG_WIDTH);
        match read(self.schema.bits(), at, TAG_WIDTH)? {
            ANY => Some(Type::Any),
            BOOL => Some(Type::Bool),
            NUMBER => Some(Type::Number),
            STRING => Some(Type::String),
            LIST => Some(Type::List(Box::new(self.referred(inside, depth_left)?))),
            SET => Some(Type::Set(Box::new(self.referred(inside, depth_left)?))),
            MAP => Some(Type::Map(Box::new(self.referred(inside, depth_left)?))),
            TUPLE => self.tuple(inside, depth_left),
            OBJECT => self.object(inside, depth_left),
            _ => None,
        }
    }

    /// The type whose position is at that bit.
    fn referred(&mut self, at: u64, depth_left: u32) -> Option<Type> {
        self.type_(self.schema.position(at)?, depth_left)
    }

    fn tuple(&mut self, at: u64, depth_left: u32) -> Option<Type> {
        let (count, start) = read_count(self.schema.bits(), at)?;
        let width = u64::from(self.schema.widths().position);
        let element = |index| self.referred(start + index * width, depth_left);
        (0..count)
            .map(element)
            .collect::<Option<_>>()
            .map(Type::Tuple)
    }

    fn object(&mut self, at: u64, depth_left: u32) -> Option<Type> {
        let (count, start) = read_count(self.schema.bits(), at)?;
        let widths = self.schema.widths();
        let width = widths.name() + 1 + u64::from(widths.position);
        let attribute = |index| self.object_attribute(start + index * width, depth_left);
        (0..count)
            .map(attribute)
            .collect::<Option<_>>()
            .map(Type::Object)
    }

    fn object_attribute(&mut self, at: u64, depth_left: u32) -> Option<ObjectAttribute> {
        let optional = at + self.schema.widths().name();
        Some(ObjectAttribute {
            name: self.schema.name(at)?.to_owned(),
            type_: self.referred(optional + 1, depth_left)?,
            optional: read(self.schema.bits(), optional, 1)? == 1,
        })
    }
}
