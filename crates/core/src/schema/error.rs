//! What can be wrong with a table, or with the JSON that it is made from.

use std::error::Error;
use std::fmt;

/// Why there is no [`Schema`](super::Schema).
#[derive(Clone, PartialEq, Eq, Debug)]
#[non_exhaustive]
pub enum SchemaError {
    /// The bytes do not start with the header of a table.
    NotATable,
    /// The header is damaged, or the bytes end too early or go on too long.
    Damaged,
    /// The JSON is not that of `terraform providers schema -json`.
    Json {
        /// Where in the JSON: `resource_schemas.aws_sqs_queue.block`.
        path: String,
        /// What is wrong there.
        reason: String,
    },
    /// Something does not fit into the widest field of the format.
    TooLarge,
}

impl SchemaError {
    /// An error in the JSON at a place that its callers add with [`SchemaError::within`].
    pub(super) fn json(reason: impl Into<String>) -> Self {
        Self::Json {
            path: String::new(),
            reason: reason.into(),
        }
    }

    /// The same error, seen from the object that has `member`.
    pub(super) fn within(self, member: &str) -> Self {
        match self {
            Self::Json { path, reason } if path.is_empty() => Self::Json {
                path: member.to_owned(),
                reason,
            },
            Self::Json { path, reason } => Self::Json {
                path: format!("{member}.{path}"),
                reason,
            },
            other => other,
        }
    }
}

impl fmt::Display for SchemaError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotATable => formatter.write_str("these bytes are no provider schema table"),
            Self::Damaged => formatter.write_str("the provider schema table is damaged"),
            Self::Json { path, reason } if path.is_empty() => formatter.write_str(reason),
            Self::Json { path, reason } => write!(formatter, "{path}: {reason}"),
            Self::TooLarge => formatter.write_str("the provider schema is too large for the table"),
        }
    }
}

impl Error for SchemaError {}
