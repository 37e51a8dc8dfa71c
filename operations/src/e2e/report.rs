//! One line for each check, and the count of them.

use std::pin::Pin;
use std::process::ExitCode;
use std::time::Instant;

use crate::error::Error;

/// What a check found worth telling: figures, or nothing.
pub(super) type Outcome = Result<String, Error>;

/// A check that has nothing to tell.
#[expect(clippy::unnecessary_wraps, reason = "it is how checks end")]
pub(super) fn passed() -> Outcome {
    Ok(String::new())
}

/// An error unless the condition holds.
pub(super) fn ensure(condition: bool, otherwise: impl FnOnce() -> String) -> Result<(), Error> {
    if condition {
        Ok(())
    } else {
        Err(Error::new(otherwise()))
    }
}

/// The checks so far.
#[derive(Debug, Default)]
pub(super) struct Report {
    passed: usize,
    failed: usize,
}

impl Report {
    /// Runs one check and prints its line.
    pub(super) fn check<'a>(
        &'a mut self,
        name: &'a str,
        check: impl Future<Output = Outcome> + 'a,
    ) -> Pin<Box<dyn Future<Output = ()> + 'a>> {
        // In a box, since a check is large, and `run` would hold the space of all of them.
        let check = Box::pin(check);
        Box::pin(async move {
            let start = Instant::now();
            let outcome = check.await;
            let took = start.elapsed().as_secs_f64();
            match outcome {
                Ok(told) => {
                    self.passed += 1;
                    let told = if told.is_empty() {
                        told
                    } else {
                        format!("; {told}")
                    };
                    println!("ok {name} ({took:.1} s{told})");
                }
                Err(error) => {
                    self.failed += 1;
                    println!("FAILED {name}: {error}");
                }
            }
        })
    }

    /// Prints the count.
    pub(super) fn finish(self) -> ExitCode {
        println!("{} passed, {} failed", self.passed, self.failed);
        if self.failed == 0 {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        }
    }
}
