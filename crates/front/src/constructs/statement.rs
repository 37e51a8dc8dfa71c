//! A statement of a policy document.

use webhook_infra_core::{Object, Value};

/// The statement that allows these actions on these resources.
pub(super) fn allow(
    sid: impl Into<Value>,
    actions: &[&str],
    resources: impl Into<Value>,
) -> Object {
    let actions = actions.iter().map(|action| Value::from(*action));
    Object::new()
        .with("sid", sid)
        .with("effect", "Allow")
        .with("actions", actions.collect::<Vec<_>>())
        .with("resources", resources)
}

/// `*`: every resource, for actions that know no other; in the policy of a key, the key itself.
pub(super) fn wildcard() -> Value {
    vec!["*".into()].into()
}
