//! What `#[stack]` hands to `build()`.

// All but the trait is between the macro and this crate.
#![allow(missing_docs)]

use std::borrow::Cow;

use webhook_infra_core::json::read_transport;
use webhook_infra_core::schema::Schema;
use webhook_infra_core::versions::Targets;
use webhook_infra_core::{
    Block, BlockKind, ComponentUse, Document, Owner, OwnerId, Suppression, SuppressionKind, Value,
    ValueKind, type_expression,
};

use crate::build::Place;
use crate::constant::{self, Constant};
use crate::declared::Declaration;

/// A stack: what the type `Stack` in the module of a `#[stack]` implements.
pub trait StackDefinition {
    /// The stack's document.
    #[doc(hidden)]
    const DEFINITION: Definition;
}

#[derive(Clone, Copy)]
pub struct Definition {
    pub name: &'static str,
    /// The name of the module, and where it stands.
    pub module: &'static str,
    pub file: &'static str,
    pub line: usize,
    pub text: &'static [Piece],
    pub owners: &'static str,
    pub targets: &'static str,
    pub suppressions: &'static [SuppressionDefinition],
    /// Providers' schemas, by local name.
    pub schemas: &'static [(&'static str, &'static [u8])],
    /// What it refers to in other stacks.
    pub borrowed: &'static [Option<Declaration>],
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
    pub owners: &'static [u32],
    pub line: usize,
    pub column: usize,
}

impl Definition {
    /// Adds the stack to a document, with the constants filled in.
    pub(crate) fn add_to(&self, document: &mut Document<Place>) -> Result<(), String> {
        // The first stack says which versions the document is for.
        if document.blocks.is_empty() {
            document.targets = Targets::parse(self.targets);
        }
        for (provider, table) in self.schemas {
            let schema = Schema::from_bytes(*table).map_err(|error| error.to_string())?;
            document.schemas.add(*provider, Box::leak(Box::new(schema)));
        }
        let first = u32::try_from(document.owners.len()).map_err(|error| error.to_string())?;
        let moved = |owner: OwnerId| OwnerId(owner.0 + first);
        let mut blocks = read_transport(&self.text(), |line, column| {
            document.origin(self.place(line, column))
        })?;
        for block in &mut blocks {
            block.owner = block.owner.map(moved);
            drop_absent_statements(block);
        }
        document.blocks.extend(blocks);
        for line in self.owners.lines() {
            let mut fields = line.split('\t');
            let mut field = || fields.next().unwrap_or_default();
            let (name, main) = (field().to_owned(), field().to_owned());
            let mut number = || field().parse().unwrap_or_default();
            let place = self.place(number(), number());
            let type_ = type_expression::parse(fields.next().unwrap_or_default()).ok();
            let (used, id) = (fields.next(), fields.next());
            let component = used.zip(id).filter(|(used, _)| !used.is_empty());
            let component = component.map(|(name, id)| ComponentUse {
                name: name.to_owned(),
                id: id.to_owned(),
            });
            let origin = document.origin(place);
            document.add_owner(Owner {
                name,
                main,
                origin,
                type_,
                component,
            });
        }
        let end = u32::try_from(document.owners.len()).map_err(|error| error.to_string())?;
        for suppression in self.suppressions {
            let origin = document.origin(self.place(suppression.line, suppression.column));
            document.suppressions.push(Suppression {
                rule: suppression.rule.to_owned(),
                reason: suppression.reason.to_owned(),
                kind: if suppression.expected {
                    SuppressionKind::Expect
                } else {
                    SuppressionKind::Allow
                },
                owners: suppression
                    .owners
                    .iter()
                    .map(|owner| moved(OwnerId(*owner)))
                    .collect(),
                within: std::iter::once(first..end).collect(),
                origin,
            });
        }
        for borrowed in self.borrowed.iter().flatten() {
            for address in borrowed.addresses() {
                let stack = borrowed.kind.stack.to_owned();
                document.borrowed.insert(address.to_owned(), stack);
            }
        }
        Ok(())
    }

    fn place(&self, line: usize, column: usize) -> Place {
        Place {
            file: self.file,
            line,
            column,
        }
    }

    fn text(&self) -> String {
        self.text.iter().map(Piece::text).collect()
    }

    /// The block with the settings of Terraform itself. Nothing else is filled in, so that two stacks
    /// may read each other's outputs.
    pub(crate) fn terraform(&self) -> Option<Block> {
        let mut text = String::new();
        for piece in self.text {
            text.push_str(&piece.text());
            let Some(end) = text.find('\n') else { continue };
            let mut document = Document::<Place>::new();
            let line = &text[..end];
            let blocks = read_transport(line, |line, column| {
                document.origin(self.place(line, column))
            });
            return blocks
                .ok()?
                .into_iter()
                .find(|block| block.kind == BlockKind::Terraform);
        }
        None
    }
}

impl Piece {
    fn text(&self) -> Cow<'static, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Json(constant) => constant::json(*constant).into(),
            Self::Literal(constant) => constant::literal(*constant).into(),
            Self::Expression(constant) => constant::expression(*constant).into(),
        }
    }
}

/// The statement for a key that another stack's resource turns out not to have.
fn drop_absent_statements(block: &mut Block) {
    if block.labels.first().map(String::as_str) != Some("aws_iam_policy_document") {
        return;
    }
    let Some(statements) = block.body.get("statement").and_then(Value::as_list) else {
        return;
    };
    if statements
        .iter()
        .any(|statement| statement.kind == ValueKind::Null)
    {
        let kept = statements
            .iter()
            .filter(|statement| statement.kind != ValueKind::Null)
            .cloned()
            .collect::<Vec<_>>();
        block.body.set("statement", kept);
    }
}
