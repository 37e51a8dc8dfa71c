//! `build()`: the other half of the check, and the file.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use webhook_infra_core::check::{self, Outcome};
use webhook_infra_core::{Diagnostic, Document, json, state};

use crate::added::{self, Addition};
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
        additions: Vec::new(),
        #[cfg(feature = "hcl")]
        hcl: false,
    }
}

/// A stack on its way to a file.
#[must_use = "a stack is written by `write_to`"]
pub struct Build {
    stacks: Vec<Definition>,
    additions: Vec<Addition>,
    #[cfg(feature = "hcl")]
    hcl: bool,
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
    /// The same as HCL, where [`Build::hcl`] wants it.
    #[cfg(feature = "hcl")]
    pub hcl: Option<String>,
}

/// The stack as it is in the folder, before it is replaced.
enum Previous {
    Missing,
    Unreadable(String),
    Text(String),
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

    /// Adds a [`Resource`](crate::Resource), a [`DataSource`](crate::DataSource), an
    /// [`Output`](crate::Output), a [`Moved`](crate::Moved) or a [`Removed`](crate::Removed) that `build.rs` has made, from data for
    /// example. It passes the same checks as what the stack declares.
    #[allow(
        clippy::should_implement_trait,
        reason = "`stack + resource` says less"
    )]
    pub fn add(mut self, addition: impl Into<Addition>) -> Self {
        self.additions.push(addition.into());
        self
    }

    /// Adds as many as there are.
    ///
    /// ```ignore
    /// let teams = ["billing", "support"];
    /// webhook_infra::build::<stack::orders::Stack>()
    ///     .extend(teams.map(|team| {
    ///         Resource::new("aws_sns_topic_subscription", team)
    ///             .set("topic_arn", reference("aws_sns_topic.alerts.arn"))
    ///             .set("protocol", "email")
    ///             .set("endpoint", format!("{team}@example.com"))
    ///     }))
    ///     .write_to("out");
    /// ```
    pub fn extend<A: Into<Addition>>(mut self, additions: impl IntoIterator<Item = A>) -> Self {
        self.additions.extend(additions.into_iter().map(Into::into));
        self
    }

    /// Whether the stack is written as HCL, too, in Terraform's own language: for a review in that form, or to go
    /// on without this crate. Needs the feature `hcl`.
    ///
    /// Terraform reads every `.tf` and `.tf.json` file of a folder, so the two must not be in one. What
    /// `write_to("out")` writes beside `out/main.tf.json` is `out-hcl/main.tf`: as deep as `out`, so that
    /// `${path.module}/../target` is the same place, and complete in itself.
    #[cfg(feature = "hcl")]
    pub fn hcl(mut self, wanted: bool) -> Self {
        self.hcl = wanted;
        self
    }

    /// Checks the stack and renders it, without touching the disk.
    ///
    /// # Errors
    /// [`Failure::Mistakes`] when a rule or the provider's schema is broken.
    pub fn render(self) -> Result<Rendered, Failure> {
        self.rendered(&Previous::Missing)
    }

    /// [`Build::render`], as if the Terraform JSON `previous` were in the folder: what holds data may not be
    /// destroyed by the change without a word.
    ///
    /// # Errors
    /// As [`Build::render`]. When `previous` is no Terraform JSON, there is a warning.
    pub fn render_against(self, previous: &str) -> Result<Rendered, Failure> {
        self.rendered(&Previous::Text(previous.to_owned()))
    }

    fn rendered(self, previous: &Previous) -> Result<Rendered, Failure> {
        let mut document = composition::document(&self.stacks)?;
        let declared = document.owners.len();
        let mut mistakes = Vec::new();
        added::put(self.additions, &mut document, &mut mistakes);
        document.resolve_content_hashes();
        let json = json::render(&document);
        let (mut outcome, unreadable) = judge(&document, &json, previous);
        if !mistakes.is_empty() {
            outcome.hold_back_state();
        }
        let Outcome {
            errors,
            warnings,
            unfulfilled,
        } = outcome;
        let texts = |diagnostics: Vec<Diagnostic>| {
            diagnostics
                .iter()
                .map(|diagnostic| text(&document, declared, diagnostic))
                .collect::<Vec<_>>()
        };
        mistakes.extend(texts(errors));
        if !mistakes.is_empty() {
            return Err(Failure::Mistakes(mistakes));
        }
        let mut warnings = texts(warnings.into_iter().chain(unfulfilled).collect());
        warnings.extend(unreadable);
        Ok(Rendered {
            json,
            warnings,
            #[cfg(feature = "hcl")]
            hcl: self.hcl.then(|| webhook_infra_core::hcl::render(&document)),
        })
    }

    /// Checks the stack and writes `main.tf.json` into the folder, which is made when it is missing:
    /// the last thing in a `build.rs`. The path is relative to the package.
    ///
    /// The file is replaced as a whole, and only when its content changes. When the stack has mistakes
    /// they are shown, the build fails, and the file stays as it was.
    ///
    /// The file that is in the folder is what the stack was until now: when a resource that holds data would
    /// be destroyed by the change, the build fails and says what to write. So keep the file under version
    /// control.
    pub fn write_to(self, folder: impl AsRef<Path>) {
        let file = folder.as_ref().join(FILE_NAME);
        // The stack is part of the build script, so a change of it runs the script anyway.
        println!("cargo::rerun-if-changed=build.rs");
        println!("cargo::rerun-if-changed={}", file.display());
        let outcome = self.rendered(&read(&file)).and_then(|rendered| {
            #[cfg(feature = "hcl")]
            write_hcl(folder.as_ref(), &rendered)?;
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

/// Writes the HCL, if there is any, into a folder beside the one of the JSON.
#[cfg(feature = "hcl")]
fn write_hcl(folder: &Path, rendered: &Rendered) -> Result<(), Failure> {
    let Some(hcl) = &rendered.hcl else {
        return Ok(());
    };
    // Relative paths in the stack are seen from the folder, and are to be right in both.
    let Some(name) = folder.file_name() else {
        return Err(Failure::Mistakes(vec![format!(
            "there is no folder beside `{}` for the HCL\nwhy: Terraform reads all files of a folder, so the JSON and the HCL cannot be in one\nhelp: give the stack a folder of its own: `.write_to(\"out\")`",
            folder.display()
        )]));
    };
    let mut name = name.to_owned();
    name.push("-hcl");
    let file = folder.with_file_name(name).join("main.tf");
    println!("cargo::rerun-if-changed={}", file.display());
    output_file::write(&file, hcl).map_err(Failure::Io)
}

fn read(file: &Path) -> Previous {
    match fs::read_to_string(file) {
        Ok(text) => Previous::Text(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Previous::Missing,
        Err(error) => Previous::Unreadable(error.to_string()),
    }
}

/// Checks the document, against what was there before if that can be read.
fn judge(document: &Document<Place>, json: &str, previous: &Previous) -> (Outcome, Option<String>) {
    let problem = match previous {
        Previous::Missing => return (check::check(document), None),
        Previous::Unreadable(problem) => problem.clone(),
        // Nothing is gone, which is most often so.
        Previous::Text(text) if text == json => {
            return (check::check_against(&Document::<()>::new(), document), None);
        }
        Previous::Text(text) => {
            match json::parse_some(text, |type_name| state::find(type_name).is_some()) {
                Ok(previous) => return (check::check_against(&previous, document), None),
                Err(error) => error.to_string(),
            }
        }
    };
    let warning = format!(
        "the {FILE_NAME} that was there cannot be read ({problem}): whether something that holds data is gone from the stack was not checked"
    );
    (check::check(document), Some(warning))
}

/// Shows a text through cargo, which takes one line at a time.
fn report(level: &str, text: &str) {
    for (place, line) in text.lines().enumerate() {
        let indent = if place == 0 { "" } else { "  " };
        println!("cargo::{level}={indent}{line}");
    }
}

/// `declared` is how many declarations the stack has; those after them were added.
fn text(document: &Document<Place>, declared: usize, diagnostic: &Diagnostic) -> String {
    let place = |origin| {
        document
            .provenance(origin)
            .map(|place: &Place| format!("{}:{}", place.file, place.line))
    };
    let is_added = diagnostic
        .owner
        .is_some_and(|owner| owner.0 as usize >= declared);
    let text = if is_added {
        let suppression = format!(".expect(\"{}\", \"…\")", diagnostic.rule);
        diagnostic.text_accepted_by(&suppression, place)
    } else {
        diagnostic.text(place)
    };
    match document.provenance(diagnostic.origin) {
        Some(place) => format!("{place}: {text}"),
        None => text,
    }
}
