//! All that a table has once: types, kinds, shapes, shared attributes and names.

use super::model::{Attribute, Interner, Provider, Shape};
use super::names::Names;
use super::type_::Type;
use std::collections::HashSet;

/// The flags of an attribute, and the number of its type.
type Kind = (u64, usize);

/// The facts of a provider, and what its table has once and refers to by number or by place.
pub(super) struct Contents<'p> {
    pub(super) provider: &'p Provider,
    pub(super) source: &'p str,
    pub(super) version: &'p str,
    /// Each type after those that it is made of.
    pub(super) types: Interner<Type>,
    pub(super) kinds: Interner<Kind>,
    pub(super) shapes: Interner<Shape>,
    /// The names and kinds that attributes of two or more blocks have.
    pub(super) shared: Interner<(&'p str, usize)>,
    pub(super) names: Names,
}

impl<'p> Contents<'p> {
    pub(super) fn collect(provider: &'p Provider, source: &'p str, version: &'p str) -> Self {
        let mut contents = Self {
            provider,
            source,
            version,
            types: Interner::default(),
            kinds: Interner::default(),
            shapes: Interner::default(),
            shared: Interner::default(),
            names: Names::default(),
        };
        let mut seen = HashSet::new();
        for block in provider.blocks.values() {
            for attribute in &block.attributes {
                let key = (attribute.name.as_str(), contents.intern_kind(attribute));
                if !seen.insert(key) {
                    contents.shared.intern(&key);
                }
            }
            for nested in &block.nested {
                contents.shapes.intern(&nested.shape());
            }
        }
        contents.names = Names::pack(contents.all_names());
        contents
    }

    fn intern_kind(&mut self, attribute: &Attribute) -> usize {
        let type_ = self.intern_type(&attribute.type_);
        self.kinds.intern(&(attribute.flags, type_))
    }

    fn intern_type(&mut self, type_: &Type) -> usize {
        for part in type_.parts() {
            self.intern_type(part);
        }
        self.types.intern(type_)
    }

    fn all_names(&self) -> impl Iterator<Item = &str> {
        let provider = self.provider;
        let in_blocks = provider.blocks.values().iter().flat_map(|block| {
            let attributes = block.attributes.iter().map(|attribute| &attribute.name);
            attributes.chain(block.nested.iter().map(|nested| &nested.name))
        });
        let in_types = self.types.values().iter().flat_map(Type::attributes);
        let entries = [
            &provider.resources,
            &provider.data_sources,
            &provider.ephemeral_resources,
        ];
        in_blocks
            .chain(in_types.map(|attribute| &attribute.name))
            .chain(entries.into_iter().flatten().map(|(name, _)| name))
            .chain(&provider.functions)
            .map(String::as_str)
            .chain([self.source, self.version])
    }

    /// The number of the attribute among those that are shared, if it is one.
    pub(super) fn shared_number(&self, attribute: &Attribute) -> Option<usize> {
        self.shared
            .number(&(&attribute.name, self.kind_number(attribute)?))
    }

    pub(super) fn kind_number(&self, attribute: &Attribute) -> Option<usize> {
        self.kinds
            .number(&(attribute.flags, self.types.number(&attribute.type_)?))
    }
}
