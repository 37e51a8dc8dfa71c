//! Instances: a block with `count` or `for_each` stands for several, and one without stands for itself.

use super::catalogue;
use crate::document::Origin;
use crate::expression::render;
use crate::graph::Resource;
use crate::rules::Findings;
use crate::value::{Reference, Step, Target};

pub(super) fn check(block: Resource<'_>, findings: &mut Findings) {
    if block.get("count").is_some() && block.get("for_each").is_some() {
        findings
            .under(
                &catalogue::INSTANCE_KEY,
                block,
                block.origin_of("for_each"),
                format!("{} has both `count` and `for_each`", block.describe()),
            )
            .because("Terraform takes one of the two")
            .related(
                format!("`count` of {}", block.describe()),
                block.origin_of("count"),
            )
            .help("remove one of the two");
    }
    for (key, value) in block.block.body.iter() {
        let around = value.origin.or(key.origin).or(block.origin());
        value.each_reference(around, &mut |reference, origin| {
            reference_to_instance(block, reference, origin, findings);
        });
    }
}

fn reference_to_instance(
    block: Resource<'_>,
    reference: &Reference,
    origin: Origin,
    findings: &mut Findings,
) {
    if !matches!(
        reference.target,
        Target::Resource(..) | Target::Data(..) | Target::Ephemeral(..) | Target::Module(_)
    ) {
        return;
    }
    let Some(target) = block.graph.target(&reference.target) else {
        return;
    };
    let repeated = ["count", "for_each"]
        .into_iter()
        .find(|argument| target.get(argument).is_some());
    match (repeated, reference.path.first()) {
        (Some(argument), Some(Step::Attribute(name))) => {
            let example = match argument {
                "count" => ("[0]", "[*]"),
                _ => ("[\"key\"]", "[each.key]"),
            };
            let shown = target.describe();
            let name = name.as_str();
            findings
                .under(
                    &catalogue::INSTANCE_KEY,
                    block,
                    origin,
                    format!("{shown} has `{argument}`, so `{name}` has to say of which instance"),
                )
                .because("Terraform refuses an attribute of several instances at once")
                .related(
                    format!("`{argument}` of {shown}"),
                    target.origin_of(argument),
                )
                .help(format!(
                    "write the instance behind the name: `{0}{1}.{name}` or `{0}{2}.{name}`",
                    short(target),
                    example.0,
                    example.1
                ));
        }
        (None, Some(Step::Index(index))) => {
            let shown = target.describe();
            findings
                .under(
                    &catalogue::INSTANCE_KEY,
                    block,
                    origin,
                    format!(
                        "{shown} has neither `count` nor `for_each`, so there is no instance `[{}]`",
                        render(index)
                    ),
                )
                .because("Terraform refuses an index into what is there once")
                .related(shown, target.origin())
                .help(format!("write `{}` without the index", short(target)));
        }
        _ => {}
    }
}

/// The name that an author uses: the struct's where the block is what it stands for, else the address.
fn short(target: Resource<'_>) -> String {
    match target.owner() {
        Some(owner) if !target.is_helper() => owner.name.clone(),
        _ => target.block.address().to_string(),
    }
}
