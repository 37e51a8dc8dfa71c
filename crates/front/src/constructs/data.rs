//! `#[data(aws_…)]`: something that exists already.

use webhook_infra_core::{BlockKind, Target};

use super::{Construct, resource};
use crate::context::{Context, Declaration};

pub(super) static DATA: Construct = Construct {
    name: "data",
    summary: "Any data source of the provider: `#[data(aws_caller_identity)] pub struct Caller;`",
    main: "",
    keys: &[],
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| {
        Target::Data(
            resource::type_name(declaration).unwrap_or_default(),
            declaration.id.to_owned(),
        )
    },
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    resource::lower_as(context, declaration, BlockKind::Data);
}
