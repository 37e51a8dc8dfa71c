//! Makes a table: first finds what it has once, then writes it part by part.

use super::bits::width_of;
use super::contents::Contents;
use super::error::SchemaError;
use super::layout::{Header, MAX_WIDTH, Name, Widths};
use super::model::Provider;
use super::writer::TableWriter;

/// The bytes of a table of that provider.
pub(super) fn encode(
    provider: &Provider,
    source: &str,
    version: &str,
) -> Result<Vec<u8>, SchemaError> {
    let contents = Contents::collect(provider, source, version);
    // How wide a position has to be is known only when everything has found its place.
    (1..=MAX_WIDTH)
        .find_map(|position| table(&contents, position))
        .ok_or(SchemaError::TooLarge)
}

/// The table with that width of positions; `None` if they, or other things, need a greater one.
fn table(contents: &Contents<'_>, position: u32) -> Option<Vec<u8>> {
    let provider = contents.provider;
    let widths = widths(contents, position)?;
    let mut writer = TableWriter::new(contents, widths);
    writer.push_types()?;
    let kinds = writer.push_kinds()?;
    let shapes = writer.push_shapes()?;
    let attributes = writer.push_shared_attributes()?;
    writer.push_blocks()?;
    let configuration = writer.block_position(provider.configuration)?;
    let resources = writer.push_entries(&provider.resources)?;
    let data_sources = writer.push_entries(&provider.data_sources)?;
    let ephemeral_resources = writer.push_entries(&provider.ephemeral_resources)?;
    let functions = writer.push_functions()?;

    let text = contents.names.text();
    let bits = writer.finish();
    let header = Header {
        text_length: u32::try_from(text.len()).ok()?,
        bits_length: u32::try_from(bits.len()).ok()?,
        widths,
        source: name(contents, contents.source)?,
        version: name(contents, contents.version)?,
        provider: u32::try_from(configuration).ok()?,
        kinds: kinds.at,
        shapes: shapes.at,
        attributes: attributes.at,
        resources,
        data_sources,
        ephemeral_resources,
        functions,
    };
    Some([&header.to_bytes(), text, &bits].concat())
}

fn widths(contents: &Contents<'_>, position: u32) -> Option<Widths> {
    let widths = Widths {
        name_start: width_of(contents.names.text().len() as u64),
        name_length: width_of(contents.names.longest() as u64),
        kind: width_of(contents.kinds.values().len() as u64),
        shape: width_of(contents.shapes.values().len() as u64),
        attribute: width_of(contents.shared.values().len() as u64),
        position,
    };
    widths.are_valid().then_some(widths)
}

fn name(contents: &Contents<'_>, name: &str) -> Option<Name> {
    Some(Name {
        start: u32::try_from(contents.names.start(name)?).ok()?,
        length: u32::try_from(name.len()).ok()?,
    })
}
