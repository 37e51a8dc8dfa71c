//! `provider` and `region` on a construct: all of its blocks stand where its main block stands.

use webhook_infra_core::schema::{Attribute, Schemas, provider_name};
use webhook_infra_core::{
    Address, Block, BlockKind, Key, OwnerId, Reference, Step, Target, Value, ValueKind,
};

use crate::context::Context;

/// Where a declaration's main block stands, when it says so.
struct Place {
    /// The local name of the main block's provider.
    of: String,
    provider: Option<(Key, Value)>,
    region: Option<(Key, Value)>,
}

/// The data sources that all declarations share, which answer for the provider they are asked of.
const SHARED: [&str; 3] = ["aws_region", "aws_caller_identity", "aws_partition"];

/// Gives every block of a declaration the `provider` and `region` of its main block, unless the block
/// has been given its own.
pub(super) fn place(context: &mut Context<'_>, owners: impl IntoIterator<Item = OwnerId>) {
    for owner in owners {
        let Some(place) = place_of(context, owner) else {
            continue;
        };
        let document = &mut context.document;
        let mut asked = Vec::new();
        for block in document
            .blocks
            .iter_mut()
            .filter(|block| is_part(block, owner))
        {
            set(block, &place, &document.schemas);
            redirect(block, &mut asked);
        }
        for block in asked {
            context.shared(block);
        }
    }
}

fn is_part(block: &Block, owner: OwnerId) -> bool {
    block.owner == Some(owner) && matches!(block.kind, BlockKind::Resource | BlockKind::Data)
}

fn place_of(context: &Context<'_>, owner: OwnerId) -> Option<Place> {
    let main = &context
        .document
        .owners
        .get(usize::try_from(owner.0).ok()?)?
        .main;
    let block = context
        .document
        .blocks
        .iter()
        .filter(|block| is_part(block, owner))
        .find(|block| block.address().as_str() == main)?;
    let place = Place {
        of: provider_name(block).to_owned(),
        provider: block.body.entry("provider").cloned(),
        region: block.body.entry("region").cloned(),
    };
    (place.provider.is_some() || place.region.is_some()).then_some(place)
}

fn set(block: &mut Block, place: &Place, schemas: &Schemas) {
    if block.body.get("provider").is_some() || provider_name(block) != place.of {
        return;
    }
    if let Some((key, value)) = &place.provider {
        block.body.set_default(key.clone(), value.clone());
    }
    if let Some((key, value)) = &place.region {
        // What is the same everywhere, such as a role, has no region.
        let has_region = schemas
            .block(block)
            .and_then(|schema| schema.attribute("region"))
            .as_ref()
            .is_some_and(Attribute::is_settable);
        if has_region {
            block.body.set_default(key.clone(), value.clone());
        }
    }
}

/// Names the region and the account of the block, where it names those of the default provider; `asked`
/// gets the data sources that this takes.
fn redirect(block: &mut Block, asked: &mut Vec<Block>) {
    let region = block.body.get("region").cloned();
    let provider = block
        .body
        .get("provider")
        .and_then(|value| match &value.kind {
            ValueKind::Address(address) => Some(address.clone()),
            _ => None,
        });
    for (_, value) in block.body.iter_mut() {
        value.walk_mut(&mut |inner| {
            let ValueKind::Reference(reference) = &mut inner.kind else {
                return;
            };
            let Some(type_name) = shared_type(reference) else {
                return;
            };
            let asks_region = reference.path == [Step::Attribute("region".to_owned())];
            match (&region, &provider) {
                (Some(region), _) if type_name == "aws_region" && asks_region => {
                    inner.kind = region.kind.clone();
                }
                (_, Some(provider)) => {
                    let Some(id) = id_of(provider) else {
                        return;
                    };
                    let mut data = Block::data(type_name, &id);
                    data.body.set("provider", Value::from(provider.clone()));
                    reference.target = Target::Data(type_name.to_owned(), id);
                    asked.push(data);
                }
                _ => {}
            }
        });
    }
}

/// The type of the shared data source that a reference reads.
fn shared_type(reference: &Reference) -> Option<&'static str> {
    let Target::Data(type_name, id) = &reference.target else {
        return None;
    };
    SHARED
        .into_iter()
        .find(|shared| shared == type_name && id == "current")
}

/// `aws.west` is asked by `data.aws_region.current_west`.
fn id_of(provider: &Address) -> Option<String> {
    let (_, alias) = provider.as_str().split_once('.')?;
    Some(format!("current_{alias}"))
}
