//! Programs that are run for their time or for what they print.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Outcome;

/// A program with its arguments.
pub(super) struct Step {
    program: PathBuf,
    arguments: Vec<String>,
}

impl Step {
    /// A program, found on the `PATH` unless its path is given, with arguments that spaces separate.
    pub(super) fn new(program: impl Into<PathBuf>, arguments: &str) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.split_whitespace().map(str::to_owned).collect(),
        }
    }

    /// Cargo, as it is found on the `PATH`.
    pub(super) fn cargo(arguments: &str) -> Self {
        Self::new("cargo", arguments)
    }

    /// Runs it in a folder and gives what it printed.
    pub(super) fn run(&self, folder: &Path) -> Outcome<String> {
        let output = Command::new(&self.program)
            .args(&self.arguments)
            .current_dir(folder)
            // Each copy builds into a folder of its own, wherever the user's builds go.
            .env("CARGO_TARGET_DIR", "target")
            // The tools of Terraform's family phone home.
            .env("CHECKPOINT_DISABLE", "1")
            .output()
            .map_err(|error| format!("`{self}` does not start: {error}"))?;
        let printed = String::from_utf8_lossy(&output.stdout);
        if output.status.success() {
            return Ok(printed.into_owned());
        }
        let complaint = String::from_utf8_lossy(&output.stderr);
        let complaint = [complaint.trim(), printed.trim()].join("\n");
        Err(format!("`{self}` failed ({}): {}", output.status, complaint.trim()).into())
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.program.file_name().unwrap_or_default();
        write!(f, "{}", name.to_string_lossy())?;
        self.arguments
            .iter()
            .try_for_each(|argument| write!(f, " {argument}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_says_what_failed() {
        let step = Step::new("a-program-that-is-nowhere", "--with arguments");
        let error = step.run(Path::new(".")).unwrap_err().to_string();
        assert!(
            error.starts_with("`a-program-that-is-nowhere --with arguments` does not start"),
            "{error}"
        );
    }
}
