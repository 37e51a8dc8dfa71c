//! Calls: whether there is such a function, what it takes, and what it gives.

mod returns;
mod wants;

use super::catalogue;
use super::infer::{Infer, Shape, fits, in_words};
use crate::content_hash;
use crate::document::Origin;
use crate::expression;
use crate::functions::{self, Signature};
use crate::schema::Type;
use crate::suggest::{did_you_mean, nearest};
use crate::value::{Value, ValueKind};

/// Checks a call, and tells what it gives.
pub(super) fn call(
    infer: &mut Infer<'_, '_>,
    function: &str,
    arguments: &[Value],
    spread: bool,
    origin: Origin,
) -> Shape {
    let name = function.strip_prefix("core::").unwrap_or(function);
    if name == content_hash::FUNCTION {
        return Shape::Type(Type::String);
    }
    if name == "try" || name == "can" {
        let types = infer.tried(arguments, origin);
        if let Some(signature) = functions::find(name) {
            count(infer, function, &signature, arguments.len(), spread, origin);
        }
        return Shape::Type(match (name, types.split_first()) {
            ("can", _) => Type::Bool,
            (_, Some((first, others))) if others.iter().all(|type_| type_ == first) => {
                first.clone()
            }
            _ => Type::Any,
        });
    }
    let signature = match function.strip_prefix("provider::") {
        Some(path) => of_provider(infer, function, path, origin),
        None => {
            let signature = functions::find(function);
            if signature.is_none() {
                unknown(infer, function, origin);
            }
            signature
        }
    };
    let is_plain = |type_: &Type| matches!(type_, Type::Bool | Type::Number | Type::String);
    if let Some(signature) = signature.as_ref().filter(|_| infer.is_silent()) {
        if is_plain(&signature.returns) {
            return Shape::Type(signature.returns.clone());
        }
    }
    let shapes = arguments
        .iter()
        .map(|argument| infer.value(argument, origin))
        .collect::<Vec<_>>();
    let Some(signature) = signature else {
        return Shape::ANY;
    };
    if !infer.is_silent() && count(infer, function, &signature, arguments.len(), spread, origin) {
        types(infer, &signature, arguments, &shapes, spread, origin);
    }
    let shapes = if spread { &[] } else { shapes.as_slice() };
    returns::returned(&signature, shapes)
}

fn of_provider(
    infer: &mut Infer<'_, '_>,
    function: &str,
    path: &str,
    origin: Origin,
) -> Option<Signature> {
    let (provider, name) = path.split_once("::")?;
    let schema = infer.block().graph.schemas.provider(provider)?;
    if schema.function_names().any(|known| known == name) {
        return functions::find_in_provider(provider, name);
    }
    let names = schema
        .function_names()
        .map(|name| format!("provider::{provider}::{name}"))
        .collect::<Vec<_>>();
    let near = nearest(function, names.iter().map(String::as_str));
    let help = match near.as_slice() {
        [] if names.is_empty() => "remove the call".to_owned(),
        [] => format!("it has `{}`", names.join("`, `")),
        near => did_you_mean(near),
    };
    let message = format!("provider `{provider}` has no function `{name}`");
    if let Some(diagnostic) = infer.report_always(&catalogue::UNKNOWN_FUNCTION, origin, message) {
        diagnostic
            .because("Terraform refuses a call of what is not there")
            .help(help);
    }
    None
}

fn unknown(infer: &mut Infer<'_, '_>, function: &str, origin: Origin) {
    let help = match function {
        "list" => "write `[a, b]`, or `tolist([a, b])`".to_owned(),
        "map" => "write `{ \"key\" = value }`, or `tomap({ \"key\" = value })`".to_owned(),
        _ => {
            let of_aws = infer
                .block()
                .graph
                .schemas
                .provider("aws")
                .filter(|schema| schema.function_names().any(|known| known == function));
            match nearest(function, functions::names()).as_slice() {
                _ if of_aws.is_some() => format!("write `provider::aws::{function}(…)`"),
                [] => "see Terraform's list of functions; a stack cannot define its own".to_owned(),
                near => did_you_mean(near),
            }
        }
    };
    let message = format!("Terraform has no function `{function}`");
    if let Some(diagnostic) = infer.report_always(&catalogue::UNKNOWN_FUNCTION, origin, message) {
        diagnostic
            .because("Terraform refuses a call of what is not there")
            .help(help);
    }
}

/// Checks the number of arguments.
fn count(
    infer: &mut Infer<'_, '_>,
    function: &str,
    signature: &Signature,
    given: usize,
    spread: bool,
    origin: Origin,
) -> bool {
    let (least, most) = functions::counts(function, signature);
    // A list that is expanded may hold any number.
    let is_right = if spread {
        given - 1 <= most
    } else {
        (least..=most).contains(&given)
    };
    if is_right {
        return true;
    }
    let wanted = match (least, most) {
        (0, 0) => "no argument".to_owned(),
        (1, 1) => "1 argument".to_owned(),
        (least, most) if least == most => format!("{least} arguments"),
        (1, usize::MAX) => "at least 1 argument".to_owned(),
        (least, usize::MAX) => format!("at least {least} arguments"),
        (least, most) if least + 1 == most => format!("{least} or {most} arguments"),
        (least, most) => format!("{least} to {most} arguments"),
    };
    let given = match given {
        0 => "none".to_owned(),
        given => given.to_string(),
    };
    let message = format!("`{function}` takes {wanted}, and gets {given}");
    if let Some(diagnostic) = infer.report_always(&catalogue::WRONG_ARGUMENT_COUNT, origin, message)
    {
        diagnostic
            .because("Terraform refuses the call")
            .help(format!("write `{}`", example(function, signature)));
    }
    false
}

/// The call with the names of its parameters.
fn example(function: &str, signature: &Signature) -> String {
    let mut names = signature
        .parameters
        .iter()
        .map(|parameter| parameter.name.to_owned())
        .collect::<Vec<_>>();
    match &signature.variadic {
        Some(variadic) if names.is_empty() => names.push(format!("{}, …", variadic.name)),
        Some(_) => names.push("…".to_owned()),
        None => {}
    }
    format!("{function}({})", names.join(", "))
}

/// Checks the types of the arguments.
fn types(
    infer: &mut Infer<'_, '_>,
    signature: &Signature,
    arguments: &[Value],
    shapes: &[Shape],
    spread: bool,
    origin: Origin,
) {
    for (place, (argument, shape)) in arguments.iter().zip(shapes).enumerate() {
        let origin = argument.origin.or(origin);
        let found = shape.clone().into_type();
        if spread && place + 1 == arguments.len() {
            expanded(infer, signature, argument, &found, origin);
            continue;
        }
        let Some(parameter) = signature.parameter(place) else {
            continue;
        };
        let wanted = wants::wanted(signature.name, place, &parameter.type_);
        let is_right = match &wanted {
            wants::Wanted::Type(wanted) => fits(argument, &found, wanted),
            wants::Wanted::Kind(kind) => argument.kind == ValueKind::Null || kind.takes(&found),
        };
        if is_right {
            continue;
        }
        let message = format!(
            "`{}` takes {} as `{}`, and `{}` is {}",
            signature.name,
            wanted.in_words(),
            parameter.name,
            expression::render(argument),
            in_words(&found)
        );
        if let Some(diagnostic) = infer.report(&catalogue::WRONG_TYPE, origin, message) {
            diagnostic
                .because("Terraform cannot convert one into the other")
                .help(wants::help(signature, &wanted, argument, &found));
        }
    }
}

fn expanded(
    infer: &mut Infer<'_, '_>,
    signature: &Signature,
    argument: &Value,
    found: &Type,
    origin: Origin,
) {
    if wants::Kind::Sequence.takes(found) {
        return;
    }
    let shown = expression::render(argument);
    let message = format!("`...` expands lists, and `{shown}` is {}", in_words(found));
    if let Some(diagnostic) = infer.report(&catalogue::WRONG_TYPE, origin, message) {
        diagnostic
            .because("Terraform expands a list, a set or a tuple into arguments, and nothing else")
            .help(format!(
                "write `{}({shown})`, or `values({shown})...` for a map",
                signature.name
            ));
    }
}
