//! How many instances a resource has, as far as its `count` and `for_each` are known.

use std::borrow::Cow;

use super::literals;
use crate::document::Block;
use crate::value::{Object, Target, Value, ValueKind};

/// The instances of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Instances {
    /// One, without a key.
    Single,
    /// As many as `count` says.
    Count(u64),
    /// One for each key, as it stands between brackets.
    Each(Vec<String>),
    /// `count` is not known yet.
    UnknownCount,
    /// The keys of `for_each` are not known yet.
    UnknownEach,
}

impl Instances {
    pub(super) fn of(block: &Block) -> Self {
        let argument = |name: &str| {
            block
                .body
                .get(name)
                .filter(|value| value.kind != ValueKind::Null)
        };
        if let Some(each) = argument("for_each") {
            return keys(each).map_or(Self::UnknownEach, Self::Each);
        }
        match argument("count") {
            None => Self::Single,
            Some(count) => match &count.kind {
                ValueKind::Number(number) => {
                    number.as_u64().map_or(Self::UnknownCount, Self::Count)
                }
                _ => Self::UnknownCount,
            },
        }
    }

    /// The keys of the instances; `None` where they are not known.
    pub(super) fn keys(&self) -> Option<Vec<Option<String>>> {
        match self {
            Self::Single => Some(vec![None]),
            // Nobody has as many; whoever writes such a number hears of it elsewhere.
            Self::Count(count) => Some(
                (0..*count.min(&10_000))
                    .map(|n| Some(n.to_string()))
                    .collect(),
            ),
            Self::Each(keys) => Some(keys.iter().cloned().map(Some).collect()),
            Self::UnknownCount | Self::UnknownEach => None,
        }
    }

    /// Whether an instance of `before`, whose keys are not known, may have a place here: the keys of `for_each` are
    /// texts, those of `count` are numbers, and one instance without a key is number 0.
    pub(super) fn may_share(&self, before: &Self) -> bool {
        let has_numbers = match self {
            Self::Single | Self::UnknownCount => true,
            Self::Count(count) => *count > 0,
            Self::Each(_) | Self::UnknownEach => false,
        };
        let has_texts = match self {
            Self::Each(keys) => !keys.is_empty(),
            Self::UnknownEach => true,
            Self::Single | Self::Count(_) | Self::UnknownCount => false,
        };
        match before {
            Self::Each(_) | Self::UnknownEach => has_texts,
            Self::Single | Self::Count(_) | Self::UnknownCount => has_numbers,
        }
    }

    /// Whether there may be an instance with this key.
    pub(super) fn may_have(&self, key: Option<&str>) -> bool {
        let number = number(key);
        match self {
            Self::Single => number == Some(0),
            Self::Count(count) => number.is_some_and(|number| number < *count),
            Self::Each(keys) => key.is_some_and(|key| keys.iter().any(|known| known == key)),
            Self::UnknownCount => number.is_some(),
            Self::UnknownEach => number.is_none(),
        }
    }
}

/// The block as it is for one instance: with what that has for `each` and `count` put in.
pub(super) fn settle<'b>(block: &'b Block, key: Option<&str>) -> Cow<'b, Block> {
    let each = block.body.get("for_each");
    if each.is_none() && block.body.get("count").is_none() {
        return Cow::Borrowed(block);
    }
    let bound = match each {
        Some(each) => key.map(|key| ("each", each_of(each, key))),
        None => number(key).map(|number| {
            let index = ValueKind::Number(number.into());
            ("count", Object::new().with("index", index))
        }),
    };
    let Some((name, bound)) = bound else {
        return Cow::Borrowed(block);
    };
    let mut block = block.clone();
    for (_, value) in block.body.iter_mut() {
        literals::substitute(value, &mut |target| match target {
            Target::Scoped(scoped) if scoped == name => Some(bound.clone().into()),
            _ => None,
        });
    }
    Cow::Owned(block)
}

/// `each` for this key, as far as it is known.
fn each_of(each: &Value, key: &str) -> Object {
    let Ok(name) = serde_json::from_str::<String>(key) else {
        return Object::new();
    };
    let object = Object::new().with("key", name.as_str());
    match &each.kind {
        ValueKind::Object(values) => match values.get(&name) {
            Some(value) => object.with("value", value.clone()),
            None => object,
        },
        ValueKind::Call { function, .. } if function == "toset" => object.with("value", name),
        _ => object,
    }
}

/// Terraform knows that an instance without a key and number 0 are the same.
fn number(key: Option<&str>) -> Option<u64> {
    key.map_or(Some(0), |key| key.parse().ok())
}

fn keys(each: &Value) -> Option<Vec<String>> {
    let quoted = |text: &str| crate::expression::render(&text.into());
    match &each.kind {
        ValueKind::Object(object) => object
            .iter()
            .map(|(key, _)| (!key.template).then(|| quoted(&key.name)))
            .collect(),
        ValueKind::Call {
            function,
            arguments,
            spread: false,
        } if function == "toset" => match arguments.as_slice() {
            [list] => list
                .as_list()?
                .iter()
                .map(|item| item.as_str().map(quoted))
                .collect(),
            _ => None,
        },
        _ => None,
    }
}
