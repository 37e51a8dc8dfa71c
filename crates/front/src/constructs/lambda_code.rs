//! The archive of a function or layer.

use webhook_infra_core::{Object, Part, Reference, Value, ValueKind};

use crate::context::{Context, Declaration, surrounded};

/// Sets the archive, and its hash, so that a plan shows when the code has changed. `file` is the archive's
/// name where the author names none.
pub(super) fn archive(
    context: &Context<'_>,
    declaration: &Declaration<'_>,
    artifact: Option<&Value>,
    file: &str,
    body: &mut Object,
) {
    if body.get("s3_bucket").is_some() || body.get("filename").is_some() {
        return;
    }
    let path = artifact.cloned().unwrap_or_else(|| {
        format!(
            "{}/{}/{file}",
            context.stack.artifacts,
            declaration.kebab_name()
        )
        .into()
    });
    let module = Value::from(Reference::scoped("path", "module"));
    let path = surrounded(
        "",
        &Value::template(vec![
            Part::Interpolation(module),
            Part::Text("/".to_owned()),
            Part::Interpolation(path),
        ]),
        "",
    );
    let hash = ValueKind::Call {
        function: "filebase64sha256".to_owned(),
        arguments: vec![path.clone()],
        spread: false,
    };
    body.set("filename", path);
    body.set_default("source_code_hash", Value::from(hash));
}
