//! Expressions: what functions and operators take, attributes at every depth, and bound names.

use super::catalogue;
use super::infer::{Infer, Shape, in_words, is_primitive};
use crate::document::{BlockKind, Origin};
use crate::expression;
use crate::graph::Resource;
use crate::rules::Findings;
use crate::schema::Type;
use crate::value::{Object, Step, Target, Value, ValueKind};

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    // What stands in these is read before there are values.
    match block.block.kind {
        BlockKind::Terraform | BlockKind::Moved | BlockKind::Removed => return,
        _ => {}
    }
    let mut way = Vec::new();
    body(block, &block.block.body, block.origin(), &mut way, findings);
}

fn body<'g>(
    block: Resource<'g>,
    object: &'g Object,
    around: Origin,
    way: &mut Vec<&'g str>,
    findings: &mut Findings,
) {
    for (key, value) in object.iter() {
        let origin = key.origin.or(around);
        if key.template {
            let key = expression::parse_template(&key.name);
            Infer::reporting(block, way, findings).value(&key, origin);
        }
        way.push(&key.name);
        argument(block, value, origin, way, findings);
        way.pop();
    }
}

fn argument<'g>(
    block: Resource<'g>,
    value: &'g Value,
    around: Origin,
    way: &mut Vec<&'g str>,
    findings: &mut Findings,
) {
    let origin = value.origin.or(around);
    match &value.kind {
        ValueKind::Null
        | ValueKind::Bool(_)
        | ValueKind::Number(_)
        | ValueKind::String(_)
        | ValueKind::Address(_)
        | ValueKind::Constant(_)
            if !matches!(way.as_slice(), ["for_each" | "count"] | [.., "condition"]) => {}
        ValueKind::List(items) if way.as_slice() != ["for_each"] => {
            for item in items {
                argument(block, item, origin, way, findings);
            }
        }
        ValueKind::Object(object) if way.as_slice() != ["for_each"] => {
            body(block, object, origin, way, findings);
        }
        _ => {
            let shape = Infer::reporting(block, way, findings).value(value, origin);
            language(block, value, &shape, origin, way, findings);
        }
    }
}

/// What Terraform itself wants in an argument of its own.
fn language(
    block: Resource<'_>,
    value: &Value,
    shape: &Shape,
    origin: Origin,
    way: &[&str],
    findings: &mut Findings,
) {
    let is_repeatable = matches!(
        block.block.kind,
        BlockKind::Resource | BlockKind::Data | BlockKind::Ephemeral | BlockKind::Module
    );
    match way {
        ["for_each"] if is_repeatable => {
            for_each(block, value, shape, origin, findings);
            keys_of_for_each(block, value, origin, findings);
        }
        ["count"] if is_repeatable => {
            let mut infer = Infer::reporting(block, way, findings);
            infer.wants_known(&Type::Number, value, shape, origin, "`count`");
            whole_count(block, value, origin, findings);
            known_at_plan(block, value, "`count`", origin, findings);
        }
        [
            ..,
            "precondition" | "postcondition" | "validation" | "assert",
            "condition",
        ] => {
            let mut infer = Infer::reporting(block, way, findings);
            infer.wants_known(&Type::Bool, value, shape, origin, "a condition");
        }
        _ => {}
    }
}

/// A count is a whole number, and none or more.
fn whole_count(block: Resource<'_>, value: &Value, origin: Origin, findings: &mut Findings) {
    let Some(count) = value
        .as_f64()
        .filter(|count| *count < 0.0 || count.fract() != 0.0)
    else {
        return;
    };
    findings
        .under(
            &catalogue::WRONG_TYPE,
            block,
            origin,
            format!("`count` of {} is {count}", block.describe()),
        )
        .because("Terraform makes a whole number of instances, or none")
        .help("write 0, 1, 2 or more");
}

/// The keys of a `for_each`, as far as they are written out: the elements of a set, and the keys of a map.
fn keys_of_for_each(block: Resource<'_>, value: &Value, origin: Origin, findings: &mut Findings) {
    match &value.kind {
        ValueKind::Null => {
            findings
                .under(
                    &catalogue::WRONG_TYPE,
                    block,
                    origin,
                    format!("`for_each` of {} is null", block.describe()),
                )
                .because("Terraform needs a map or a set, which may be empty")
                .help("write `{}` for none");
        }
        ValueKind::Call {
            function,
            arguments,
            ..
        } if function == "toset" => {
            for argument in arguments {
                known_at_plan(block, argument, "a key of `for_each`", origin, findings);
            }
        }
        ValueKind::Object(object) => {
            for (key, _) in object.iter().filter(|(key, _)| key.template) {
                let name = expression::parse_template(&key.name);
                let origin = key.origin.or(origin);
                known_at_plan(block, &name, "a key of `for_each`", origin, findings);
            }
        }
        _ => {}
    }
}

/// Attributes that the provider computes, but says at plan already.
const SAID_AT_PLAN: [&str; 2] = ["domain_validation_options", "tags_all"];

/// How many instances there are, and under which keys, has to be known before anything is made. What a
/// resource gets from AWS when it is made is not.
fn known_at_plan(
    block: Resource<'_>,
    value: &Value,
    what: &str,
    around: Origin,
    findings: &mut Findings,
) {
    let mut found = None;
    value.walk(&mut |inner| {
        let Some(reference) = inner.as_reference().filter(|_| found.is_none()) else {
            return;
        };
        // How many there are of a splat is known, whatever they are.
        let ([Step::Attribute(name)] | [Step::Index(_), Step::Attribute(name)]) =
            reference.path.as_slice()
        else {
            return;
        };
        let (Target::Resource(..), Some(target)) =
            (&reference.target, block.graph.target(&reference.target))
        else {
            return;
        };
        let is_computed = target
            .schema()
            .and_then(|schema| schema.attribute(name))
            .is_some_and(|attribute| attribute.computed);
        if is_computed && target.get(name).is_none() && !SAID_AT_PLAN.contains(&name.as_str()) {
            found = Some((reference.to_string(), target, inner.origin.or(around)));
        }
    });
    let Some((shown, target, origin)) = found else {
        return;
    };
    findings
        .under(
            &catalogue::UNKNOWN_UNTIL_APPLY,
            block,
            origin,
            format!(
                "{what} of {} is `{shown}`, which is known only after apply",
                block.describe()
            ),
        )
        .because("Terraform refuses to plan: it has to know first which instances there are")
        .related(target.describe(), target.origin())
        .help(if what == "`count`" {
            "count what you write yourself: a variable, a literal, or an argument of the resource"
        } else {
            "use keys that you write yourself, and put the attribute into the values: `for_each = { \"main\" = Vpc.id }`"
        });
}

/// `for_each` takes a map, or a set of texts.
fn for_each(
    block: Resource<'_>,
    value: &Value,
    shape: &Shape,
    origin: Origin,
    findings: &mut Findings,
) {
    let found = shape.clone().into_type();
    let is_wrong = match &found {
        Type::List(_) | Type::Tuple(_) => true,
        Type::Set(element) => !matches!(**element, Type::String | Type::Any),
        other => is_primitive(other),
    };
    if !is_wrong || matches!(value.kind, ValueKind::Null) {
        return;
    }
    let shown = expression::render(value);
    let help = if is_primitive(&found) {
        "write a set or a map: `toset([\"a\", \"b\"])` or `{ \"a\" = 1 }`".to_owned()
    } else if let Type::Set(_) = found {
        format!("write `toset([for x in {shown} : tostring(x)])`")
    } else if matches!(found.clone(), Type::List(element) if matches!(*element, Type::Map(_) | Type::Object(_)))
        || matches!(&found, Type::Tuple(types) if types.iter().any(|type_| !is_primitive(type_) && *type_ != Type::Any))
    {
        "give each a key of its own: `{ for x in values : x.name => x }`".to_owned()
    } else {
        format!("write `toset({shown})`")
    };
    findings
        .under(
            &catalogue::WRONG_TYPE,
            block,
            origin,
            format!(
                "`for_each` of {} takes a map or a set of strings, and `{shown}` is {}",
                block.describe(),
                in_words(&found)
            ),
        )
        .because(
            "Terraform knows each of several by its key, which has to stay when others come and go",
        )
        .help(help);
}
