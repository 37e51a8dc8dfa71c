//! What a local value or a changed default stands for: a name is compared by what it is, not by where it is written.

use std::collections::HashMap;

use super::is_stateful;
use crate::document::{Block, BlockKind};
use crate::expression;
use crate::value::{Key, Object, Part, Step, Target, Value, ValueKind};

/// Local values that are larger than this are not looked through; they could double with every step.
const MOST_VALUES: usize = 10_000;

/// Local values that are further away than this are not looked through.
const MOST_STEPS: usize = 64;

/// The defaults of the variables that are there before and now and have another default now, by name.
///
/// A default may be overridden, so it says something only beside that of the same variable.
pub(super) fn changed_defaults<'b>(
    before: &'b [Block],
    now: &'b [Block],
) -> HashMap<&'b str, (&'b Value, &'b Value)> {
    let now = defaults(now).collect::<HashMap<_, _>>();
    defaults(before)
        .filter_map(|(name, before)| Some((name, (before, *now.get(name)?))))
        .filter(|(_, (before, now))| expression::render(before) != expression::render(now))
        .collect()
}

fn defaults(blocks: &[Block]) -> impl Iterator<Item = (&str, &Value)> {
    blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Variable)
        .filter(|block| {
            // It is not shown in a message.
            block.body.get("sensitive").and_then(Value::as_bool) != Some(true)
        })
        .filter_map(|block| Some((block.labels.first()?.as_str(), block.body.get("default")?)))
        .filter(|(_, default)| default.is_literal())
}

/// The blocks with their local values and these variables put in; `None` when there are neither.
pub(super) fn look_through(
    blocks: &[Block],
    variables: &HashMap<&str, &Value>,
) -> Option<Vec<Block>> {
    let mut names = Names {
        locals: blocks
            .iter()
            .filter(|block| block.kind == BlockKind::Locals)
            .filter_map(|block| {
                let value = block.body.get("value")?;
                Some((block.labels.first()?.as_str(), Local::Written(value)))
            })
            .collect(),
        variables,
    };
    if names.locals.is_empty() && variables.is_empty() {
        return None;
    }
    let look = |block: &Block| {
        let mut block = block.clone();
        if is_stateful(&block) || matches!(block.kind, BlockKind::Provider | BlockKind::Module) {
            for (_, value) in block.body.iter_mut() {
                substitute(value, &mut |target| names.find(target, 0));
            }
        }
        block
    };
    Some(blocks.iter().map(look).collect())
}

enum Local<'b> {
    Written(&'b Value),
    /// It is being looked up: a local value that is made of itself is none.
    Open,
    Found(Option<Value>),
}

struct Names<'b> {
    locals: HashMap<&'b str, Local<'b>>,
    variables: &'b HashMap<&'b str, &'b Value>,
}

impl Names<'_> {
    fn find(&mut self, target: &Target, steps: usize) -> Option<Value> {
        let name = match target {
            Target::Local(name) => name.as_str(),
            Target::Variable(name) => {
                return self.variables.get(name.as_str()).map(|it| (*it).clone());
            }
            _ => return None,
        };
        let written = match self.locals.get_mut(name)? {
            Local::Found(value) => return value.clone(),
            Local::Open => return None,
            Local::Written(_) if steps > MOST_STEPS => return None,
            local @ Local::Written(_) => std::mem::replace(local, Local::Open),
        };
        let Local::Written(written) = written else {
            return None;
        };
        let mut value = written.clone();
        substitute(&mut value, &mut |target| self.find(target, steps + 1));
        let mut size = 0;
        value.walk(&mut |_| size += 1);
        let found = (size <= MOST_VALUES).then_some(value);
        if let Some(local) = self.locals.get_mut(name) {
            *local = Local::Found(found.clone());
        }
        found
    }
}

/// Puts what is known in the place of references, and reckons what then is literal.
pub(super) fn substitute(value: &mut Value, find: &mut dyn FnMut(&Target) -> Option<Value>) {
    value.walk_mut(&mut |inner| match &mut inner.kind {
        ValueKind::Reference(reference) => {
            let found = find(&reference.target).and_then(|value| follow(value, &reference.path));
            if let Some(found) = found {
                inner.kind = found.kind;
            }
        }
        ValueKind::Template(parts) => {
            let parts = std::mem::take(parts).into_iter().flat_map(flat).collect();
            inner.kind = Value::template(parts).kind;
        }
        ValueKind::Conditional(branches) => {
            let [condition, then, otherwise] = &**branches;
            if let Some(holds) = condition.as_bool() {
                inner.kind = if holds { then } else { otherwise }.kind.clone();
            }
        }
        ValueKind::Call {
            function,
            arguments,
            spread: false,
        } if function == "length" => {
            let length = match arguments.as_slice() {
                [one] => one
                    .as_list()
                    .map(<[Value]>::len)
                    .or(one.as_object().map(Object::len)),
                _ => None,
            };
            if let Some(length) = length.filter(|_| arguments.iter().all(Value::is_literal)) {
                inner.kind = ValueKind::Number(length.into());
            }
        }
        ValueKind::Object(object) => {
            for (key, _) in object.iter_mut().filter(|(key, _)| key.template) {
                let mut name = expression::parse_template(&key.name);
                substitute(&mut name, find);
                if let ValueKind::String(text) = name.kind {
                    *key = Key::new(text, key.origin);
                }
            }
        }
        _ => {}
    });
}

/// What is at the end of a path; `None` where that is not known here.
fn follow(value: Value, path: &[Step]) -> Option<Value> {
    path.iter().try_fold(value, |value, step| match step {
        Step::Attribute(name) => entry(&value, name),
        Step::Index(index) => match &index.kind {
            ValueKind::String(name) => entry(&value, name),
            ValueKind::Number(number) => {
                let place = usize::try_from(number.as_u64()?).ok()?;
                value.as_list()?.get(place).cloned()
            }
            _ => None,
        },
        Step::Splat | Step::AttributeSplat => None,
    })
}

fn entry(value: &Value, name: &str) -> Option<Value> {
    let ValueKind::Object(object) = &value.kind else {
        return None;
    };
    object
        .entry(name)
        .filter(|(key, _)| !key.template)
        .map(|(_, value)| value.clone())
}

/// The parts of a template in a template, and texts of what Terraform makes texts of.
fn flat(part: Part) -> Vec<Part> {
    let Part::Interpolation(value) = part else {
        return vec![part];
    };
    match value.kind {
        ValueKind::Template(parts) => parts,
        ValueKind::Bool(_) | ValueKind::Number(_) => vec![Part::Text(expression::render(&value))],
        _ => vec![Part::Interpolation(value)],
    }
}
