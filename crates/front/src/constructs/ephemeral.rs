//! `#[ephemeral(aws_…)]`: something that is read for one run, and kept neither in plan nor in state.

use webhook_infra_core::{BlockKind, Target};

use super::{Construct, resource};
use crate::context::{Context, Declaration};

pub(super) static EPHEMERAL: Construct = Construct {
    name: "ephemeral",
    summary: "Any ephemeral resource of the provider, which is kept neither in plan nor in state: `#[ephemeral(aws_secretsmanager_secret_version, secret_id = Credentials.id)] pub struct Password;` (Terraform 1.10)",
    main: "",
    keys: &[],
    fields: &[],
    parts: &[],
    aliases: &[],
    marker: "",
    target: |declaration| {
        Target::Ephemeral(
            resource::type_name(declaration).unwrap_or_default(),
            declaration.id.to_owned(),
        )
    },
    lower,
};

fn lower<'s>(context: &mut Context<'s>, declaration: &Declaration<'s>) {
    resource::lower_as(context, declaration, BlockKind::Ephemeral);
}
