//! `build()`: the other half of the check, and the file.

use std::fmt;
use std::path::Path;

use webhook_infra_core::check::{self, Outcome};
use webhook_infra_core::{Diagnostic, Document, Origin, json};

use crate::composition;
use crate::definition::{Definition, StackDefinition};
use crate::output_file;

/// A place in the source of a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) file: &'static str,
    pub(crate) line: usize,
    pub(crate) column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The name of the file that is written.
const FILE_NAME: &str = "main.tf.json";

/// Takes a stack to build: the first thing in a `build.rs`.
///
/// ```ignore
/// #[path = "src/stack.rs"]
/// mod stack;
///
/// fn main() {
///     webhook_infra::build::<stack::orders::Stack>().write_to("out");
/// }
/// ```
pub fn build<S: StackDefinition>() -> Build {
    Build {
        stacks: vec![S::DEFINITION],
    }
}

/// A stack on its way to a file.
#[must_use = "a stack is written by `write_to`"]
pub struct Build {
    stacks: Vec<Definition>,
}

/// Why a stack was not written.
#[derive(Debug)]
pub enum Failure {
    /// The stack has mistakes: each with its place and its text.
    Mistakes(Vec<String>),
    /// The file could not be written.
    Io(std::io::Error),
    /// The macro and this crate do not understand each other: their versions differ.
    Definition(String),
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Mistakes(mistakes) => f.write_str(&mistakes.join("\n\n")),
            Self::Io(error) => write!(f, "{FILE_NAME} could not be written: {error}"),
            Self::Definition(problem) => {
                write!(
                    f,
                    "the stack's definition cannot be read; run `cargo clean`: {problem}"
                )
            }
        }
    }
}

impl std::error::Error for Failure {}

/// A stack that has passed every check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rendered {
    /// The Terraform JSON.
    pub json: String,
    /// What is worth a look, each with its place.
    pub warnings: Vec<String>,
}

impl Build {
    /// Adds another stack to the document, so that what the first refers to by path is there:
    /// `build::<orders::Stack>().include::<shared::Stack>().write_to("out")`.
    ///
    /// The settings of Terraform and of the providers are those of the first stack; what the other one
    /// says about them has to agree. Both are judged together.
    pub fn include<S: StackDefinition>(mut self) -> Self {
        self.stacks.push(S::DEFINITION);
        self
    }

    /// Checks the stack and renders it, without touching the disk.
    ///
    /// # Errors
    /// [`Failure::Mistakes`] when a rule or the provider's schema is broken.
    pub fn render(self) -> Result<Rendered, Failure> {
        let mut document = composition::document(&self.stacks)?;
        document.resolve_content_hashes();
        let Outcome {
            errors,
            warnings,
            unfulfilled,
        } = check::check(&document);
        let texts = |diagnostics: Vec<Diagnostic>| {
            diagnostics
                .iter()
                .map(|diagnostic| text(&document, diagnostic))
                .collect::<Vec<_>>()
        };
        if !errors.is_empty() {
            return Err(Failure::Mistakes(texts(errors)));
        }
        Ok(Rendered {
            json: json::render(&document),
            warnings: texts(warnings.into_iter().chain(unfulfilled).collect()),
        })
    }

    /// Checks the stack and writes `main.tf.json` into the folder, which is made when it is missing:
    /// the last thing in a `build.rs`. The path is relative to the package.
    ///
    /// The file is replaced as a whole, and only when its content changes. When the stack has mistakes
    /// they are shown, the build fails, and the file stays as it was.
    pub fn write_to(self, folder: impl AsRef<Path>) {
        let file = folder.as_ref().join(FILE_NAME);
        // The stack is part of the build script, so a change of it runs the script anyway.
        println!("cargo::rerun-if-changed=build.rs");
        println!("cargo::rerun-if-changed={}", file.display());
        let outcome = self.render().and_then(|rendered| {
            output_file::write(&file, &rendered.json).map_err(Failure::Io)?;
            Ok(rendered.warnings)
        });
        match outcome {
            Ok(warnings) => warnings.iter().for_each(|text| report("warning", text)),
            Err(failure) => {
                match &failure {
                    Failure::Mistakes(mistakes) => {
                        for text in mistakes {
                            report("error", text);
                        }
                    }
                    other => report("error", &other.to_string()),
                }
                std::process::exit(1);
            }
        }
    }
}

/// Shows a text through cargo, which takes one line at a time.
fn report(level: &str, text: &str) {
    for (place, line) in text.lines().enumerate() {
        let indent = if place == 0 { "" } else { "  " };
        println!("cargo::{level}={indent}{line}");
    }
}

fn text(document: &Document<Place>, diagnostic: &Diagnostic) -> String {
    let place = |origin: Origin| document.provenance(origin).map(ToString::to_string);
    let text = diagnostic.text(|origin| {
        document
            .provenance(origin)
            .map(|place| format!("{}:{}", place.file, place.line))
    });
    match place(diagnostic.origin) {
        Some(place) => format!("{place}: {text}"),
        None => text,
    }
}
