//! The loop that a user has: change a number, run the commands, look at the file.

use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use super::Outcome;
use super::command::Step;
use super::timing::{Stopwatch, Times};

/// Commands that turn a source into a file.
pub(super) struct EditLoop {
    /// Where they run.
    pub(super) folder: PathBuf,
    /// What is run, one after the other.
    pub(super) steps: Vec<Step>,
    /// What is changed before; nothing, for a loop without an edit.
    pub(super) edit: Option<Edit>,
}

/// A change of one number, there and back.
pub(super) struct Edit {
    /// The file that is changed, seen from the loop's folder.
    pub(super) source: &'static str,
    /// The text around the number, before and after.
    pub(super) texts: [&'static str; 2],
    /// The file that has to change with it.
    pub(super) output: &'static str,
}

impl EditLoop {
    /// Times the commands; what the edit takes does not count.
    pub(super) fn time(&self, stopwatch: &Stopwatch) -> Outcome<Times> {
        stopwatch.several(|| self.run())
    }

    fn run(&self) -> Outcome<Duration> {
        let Some(edit) = &self.edit else {
            return self.run_steps();
        };
        self.change(edit)?;
        let output = self.folder.join(edit.output);
        let before = fs::read(&output).ok();
        let time = self.run_steps()?;
        let after = fs::read(&output)
            .map_err(|error| format!("cannot read {}: {error}", output.display()))?;
        if before.is_some_and(|before| before == after) {
            let [from, to] = edit.texts;
            return Err(format!(
                "`{from}` and `{to}` in {} make the same {}",
                edit.source, edit.output
            )
            .into());
        }
        Ok(time)
    }

    fn run_steps(&self) -> Outcome<Duration> {
        let start = Instant::now();
        for step in &self.steps {
            step.run(&self.folder)?;
        }
        Ok(start.elapsed())
    }

    fn change(&self, edit: &Edit) -> Outcome<()> {
        let source = self.folder.join(edit.source);
        let text = fs::read_to_string(&source)
            .map_err(|error| format!("cannot read {}: {error}", source.display()))?;
        let [from, to] = edit.texts;
        let changed = if text.contains(to) {
            text.replacen(to, from, 1)
        } else {
            text.replacen(from, to, 1)
        };
        if changed == text {
            return Err(format!("there is no `{from}` in {}", source.display()).into());
        }
        fs::write(&source, changed)
            .map_err(|error| format!("cannot write {}: {error}", source.display()).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edit_loop(folder: PathBuf, steps: Vec<Step>) -> EditLoop {
        EditLoop {
            folder,
            steps,
            edit: Some(Edit {
                source: "source",
                texts: ["= 50", "= 51"],
                output: "output",
            }),
        }
    }

    #[test]
    fn a_number_changes_there_and_back_once_a_run() {
        let folder = tempfile::tempdir().unwrap();
        let source = folder.path().join("source");
        fs::write(&source, "a = 50, b = 50").unwrap();
        let edit_loop = edit_loop(
            folder.path().to_owned(),
            vec![Step::new("cp", "source output")],
        );
        edit_loop.run().unwrap();
        assert_eq!(fs::read_to_string(&source).unwrap(), "a = 51, b = 50");
        edit_loop.run().unwrap();
        assert_eq!(fs::read_to_string(&source).unwrap(), "a = 50, b = 50");
    }

    #[test]
    fn an_edit_without_effect_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("source"), "a = 50").unwrap();
        fs::write(folder.path().join("output"), "").unwrap();
        let error = edit_loop(folder.path().to_owned(), Vec::new()).run();
        assert_eq!(
            error.unwrap_err().to_string(),
            "`= 50` and `= 51` in source make the same output"
        );
        let error = edit_loop(folder.path().join("nowhere"), Vec::new()).run();
        assert!(error.unwrap_err().to_string().starts_with("cannot read"));
    }
}
