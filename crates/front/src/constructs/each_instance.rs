//! What a permission says of a declaration with `count` or `for_each`: something for each instance.

use webhook_infra_core::value::For;
use webhook_infra_core::{Reference, Step, Target, Value, ValueKind};

/// What `of` makes of the ARN of each instance, as one list.
pub(super) fn flattened(target: &Target, of: impl Fn(&Value) -> Vec<Value>) -> Value {
    let arn = scoped("instance", vec![Step::Attribute("arn".to_owned())]);
    let each = ValueKind::For(Box::new(For {
        key: None,
        item: "instance".to_owned(),
        collection: whole(target),
        result_key: None,
        result: of(&arn).into(),
        grouped: false,
        condition: None,
    }));
    ValueKind::Call {
        function: "flatten".to_owned(),
        arguments: vec![each.into()],
        spread: false,
    }
    .into()
}

/// An attribute of each instance by its key, as JSON.
pub(super) fn as_json(target: &Target, attribute: &str) -> Value {
    let each = For {
        key: Some("key".to_owned()),
        item: "instance".to_owned(),
        collection: whole(target),
        result_key: Some(scoped("key", Vec::new())),
        result: scoped("instance", vec![Step::Attribute(attribute.to_owned())]),
        grouped: false,
        condition: None,
    };
    ValueKind::json(Value::from(ValueKind::For(Box::new(each)))).into()
}

/// The instances of a block, whatever they are told apart by.
fn whole(target: &Target) -> Value {
    let path = Vec::new();
    let target = target.clone();
    Reference { target, path }.into()
}

fn scoped(name: &str, path: Vec<Step>) -> Value {
    let target = Target::Scoped(name.to_owned());
    Reference { target, path }.into()
}
