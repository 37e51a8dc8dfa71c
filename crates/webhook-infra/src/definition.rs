//! What `#[stack]` hands to `build()`.

// All but the trait is between the macro and this crate.
#![allow(missing_docs)]

use webhook_infra_core::json::read_transport;
use webhook_infra_core::schema::Schema;
use webhook_infra_core::versions::Targets;
use webhook_infra_core::{Document, Owner, OwnerId, Suppression, SuppressionKind, type_expression};

use crate::build::Place;
use crate::constant::{self, Constant};

/// A stack: what the type `Stack` in the module of a `#[stack]` implements.
pub trait StackDefinition {
    /// The stack's document.
    #[doc(hidden)]
    const DEFINITION: Definition;
}

#[derive(Clone, Copy)]
pub struct Definition {
    pub name: &'static str,
    pub file: &'static str,
    pub text: &'static [Piece],
    pub owners: &'static str,
    pub targets: &'static str,
    pub suppressions: &'static [SuppressionDefinition],
    /// Providers' schemas, by local name.
    pub schemas: &'static [(&'static str, &'static [u8])],
}

#[derive(Clone, Copy)]
pub enum Piece {
    Text(&'static str),
    Json(&'static dyn Constant),
    Literal(&'static dyn Constant),
    Expression(&'static dyn Constant),
}

#[derive(Clone, Copy)]
pub struct SuppressionDefinition {
    pub rule: &'static str,
    pub reason: &'static str,
    pub expected: bool,
    pub owner: Option<u32>,
    pub line: usize,
    pub column: usize,
}

impl Definition {
    /// The document, with the constants filled in.
    pub(crate) fn document(&self) -> Result<Document<Place>, String> {
        let mut text = String::new();
        for piece in self.text {
            match piece {
                Piece::Text(piece) => text.push_str(piece),
                Piece::Json(constant) => text.push_str(&constant::json(*constant)),
                Piece::Literal(constant) => text.push_str(&constant::literal(*constant)),
                Piece::Expression(constant) => text.push_str(&constant::expression(*constant)),
            }
        }
        let place = |line, column| Place {
            file: self.file,
            line,
            column,
        };
        let mut document = Document::new();
        document.targets = Targets::parse(self.targets);
        for (provider, table) in self.schemas {
            let schema = Schema::from_bytes(*table).map_err(|error| error.to_string())?;
            document.schemas.add(*provider, Box::leak(Box::new(schema)));
        }
        let blocks = read_transport(&text, |line, column| document.origin(place(line, column)))?;
        document.blocks = blocks;
        for line in self.owners.lines() {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let (name, main) = (field().to_owned(), field().to_owned());
            let mut number = || field().parse().unwrap_or_default();
            let place = place(number(), number());
            let type_ = type_expression::parse(fields.next().unwrap_or_default()).ok();
            let origin = document.origin(place);
            document.add_owner(Owner {
                name,
                main,
                origin,
                type_,
            });
        }
        for suppression in self.suppressions {
            let origin = document.origin(place(suppression.line, suppression.column));
            document.suppressions.push(Suppression {
                rule: suppression.rule.to_owned(),
                reason: suppression.reason.to_owned(),
                kind: if suppression.expected {
                    SuppressionKind::Expect
                } else {
                    SuppressionKind::Allow
                },
                owner: suppression.owner.map(OwnerId),
                origin,
            });
        }
        Ok(document)
    }
}
