//! The keys of a construct: one table each, from which parsing, suggestions, editor completion and the
//! reference manual are made.

use webhook_infra_core::units::Unit;

/// A key of a construct.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// How it is written.
    pub name: &'static str,
    /// What it takes.
    pub shape: Shape,
    /// The argument of the main resource that it sets; empty when the construct lowers it on its own.
    pub argument: &'static str,
    /// Meaning, unit, limits and default.
    pub doc: &'static str,
}

/// What a key takes.
#[derive(Clone, Copy, Debug)]
pub enum Shape {
    /// Nothing, or `= true` or `= false`.
    Flag,
    /// Nothing, `= true`, `= false`, or a text.
    FlagOrText,
    /// A flag that decides what is made, or what Terraform takes only as a literal: no expression can
    /// stand there.
    Switch,
    /// Nothing, `= true`, `= false`, or a duration that becomes a number of days.
    FlagOrDays,
    /// A text; references and `${…}` are welcome.
    Text,
    /// A number.
    Number,
    /// A duration, which becomes a number of seconds: `"90s"`, `"5m"`, `"2h"`, `"14d"`.
    Seconds,
    /// A duration, which becomes a number of hours: `"24h"`, `"7d"`.
    Hours,
    /// A duration, which becomes a number of days: `"7d"`, `"2w"`.
    Days,
    /// A size, which becomes a number of mebibytes: `256`, `"512MB"`, `"1GB"`.
    Megabytes,
    /// One of these texts, each with what Terraform calls it.
    OneOf(&'static [(&'static str, &'static str)]),
    /// Anything that Terraform takes.
    Value,
    /// An expression or name that the construct reads on its own.
    Raw,
    /// `key(…)` with keys of its own.
    Block(&'static [Key]),
    /// `key(…)` with keys of its own and every argument of a resource type, which it makes.
    Resource(&'static [Key], &'static str),
    /// `key(…)` with the arguments of a nested block of a data source: the type, and the block.
    DataBlock(&'static str, &'static str),
    /// `key(Source, …)`, with the keys for the kind of source.
    BySource(&'static [Source]),
}

/// The keys for one kind of source.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The construct of the source.
    pub construct: &'static str,
    /// The keys.
    pub keys: &'static [Key],
    /// The resource type whose other arguments are keys too; empty when there is none.
    pub resource: &'static str,
}

impl Key {
    /// A key that is lowered by the construct.
    pub const fn new(name: &'static str, shape: Shape, doc: &'static str) -> Self {
        Self {
            name,
            shape,
            argument: "",
            doc,
        }
    }

    /// A key that sets an argument of the main resource.
    pub const fn sets(
        argument: &'static str,
        name: &'static str,
        shape: Shape,
        doc: &'static str,
    ) -> Self {
        Self {
            name,
            shape,
            argument,
            doc,
        }
    }
}

impl Shape {
    /// What its texts are turned into.
    pub(crate) fn unit(self) -> Option<Unit> {
        match self {
            Self::Seconds => Some(Unit::Seconds),
            Self::Hours => Some(Unit::Hours),
            Self::Days | Self::FlagOrDays => Some(Unit::Days),
            Self::Megabytes => Some(Unit::Megabytes),
            Self::OneOf(values) => Some(Unit::OneOf(values)),
            _ => None,
        }
    }

    /// An example for messages and the manual.
    pub fn example(self, key: &str) -> String {
        match self {
            Self::Flag | Self::Switch => format!("`{key}`"),
            Self::FlagOrDays => format!("`{key}` or `{key} = \"180d\"`"),
            Self::FlagOrText => format!("`{key}` or `{key} = \"…\"`"),
            Self::Text => format!("`{key} = \"…\"`"),
            Self::Number => format!("`{key} = 10`"),
            Self::Seconds => format!("`{key} = \"5m\"`"),
            Self::Hours => format!("`{key} = \"24h\"`"),
            Self::Days => format!("`{key} = \"7d\"`"),
            Self::Megabytes => format!("`{key} = 256`"),
            Self::OneOf(values) => {
                let first = values.first().map_or("…", |(name, _)| *name);
                format!("`{key} = \"{first}\"`")
            }
            Self::Value | Self::Raw => format!("`{key} = …`"),
            Self::Block(_) | Self::Resource(..) | Self::DataBlock(..) | Self::BySource(_) => {
                format!("`{key}(…)`")
            }
        }
    }
}

/// The keys that may stand several times in an attribute, when they are written `key(…)`.
pub const REPEATABLE: &[&str] = &[
    "authorizer",
    "target",
    "trigger",
    "statement",
    "subscribe",
    "notify",
    "archive",
    "expire",
    "expire_versions",
    "global_index",
    "local_index",
];

/// The keys that every resource has.
pub const COMMON: &[Key] = &[
    Key::new(
        "id",
        Shape::Raw,
        "The name in Terraform's address. Default: the struct's name in snake case.",
    ),
    Key::new(
        "depends_on",
        Shape::Raw,
        "Structs that have to exist first although nothing refers to them: `[Events, Alerts]`.",
    ),
    Key::new(
        "lifecycle",
        Shape::Raw,
        "Terraform's `lifecycle`: `lifecycle(prevent_destroy, create_before_destroy, ignore_changes = [tags], replace_triggered_by = [Name], precondition(condition = …, error_message = \"…\"), postcondition(…))`.",
    ),
    Key::new(
        "count",
        Shape::Raw,
        "How many there are. Everything that a construct makes is repeated, and default names end in `-${count.index}`.",
    ),
    Key::new(
        "for_each",
        Shape::Raw,
        "A map or a set of texts with an element for each. Everything that a construct makes is repeated, and default names end in `-${each.key}`.",
    ),
    Key::new(
        "provider",
        Shape::Raw,
        "The provider's configuration to use, for everything that a construct makes: `aws.west`. So does `region = \"…\"`, for all that has a region.",
    ),
    Key::new(
        "provisioner",
        Shape::Raw,
        "What runs when it is made or destroyed: `provisioner(local_exec, command = \"…\", when = destroy, on_failure = continue)`; also `remote_exec` and `file`. May stand several times.",
    ),
    Key::new(
        "connection",
        Shape::Raw,
        "How provisioners get in: `connection(type = \"ssh\", host = self.public_ip, user = \"ec2-user\")`.",
    ),
];
