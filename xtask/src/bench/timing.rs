//! Taking times, and saying them in few figures.

use std::cell::Cell;
use std::fmt;
use std::time::{Duration, Instant};

use super::{Outcome, machine};

/// Runs things several times.
pub(super) struct Stopwatch {
    runs: u32,
    patience: Duration,
    quiet: Cell<u32>,
    counted: Cell<u32>,
}

/// The times of several runs.
pub(super) struct Times {
    sorted: Vec<Duration>,
}

impl Stopwatch {
    /// One that takes each time `runs` times, and waits that long for an idle machine before each.
    pub(super) fn new(runs: u32, patience: Duration) -> Self {
        Self {
            runs,
            patience,
            quiet: Cell::new(0),
            counted: Cell::new(0),
        }
    }

    /// The times that `run` takes by its own account, after one run that does not count.
    pub(super) fn several(&self, mut run: impl FnMut() -> Outcome<Duration>) -> Outcome<Times> {
        run()?;
        let times = (0..self.runs)
            .map(|_| self.when_quiet(&mut run))
            .collect::<Outcome<Vec<_>>>()?;
        Ok(Times::new(times))
    }

    /// The time of something that can be done only once.
    pub(super) fn once(&self, work: impl FnOnce() -> Outcome<()>) -> Outcome<Times> {
        let time = self.when_quiet(|| {
            let start = Instant::now();
            work()?;
            Ok(start.elapsed())
        })?;
        Ok(Times::new(vec![time]))
    }

    fn when_quiet(&self, run: impl FnOnce() -> Outcome<Duration>) -> Outcome<Duration> {
        let is_quiet = machine::wait_until_quiet(self.patience);
        self.quiet.set(self.quiet.get() + u32::from(is_quiet));
        self.counted.set(self.counted.get() + 1);
        run()
    }
}

impl fmt::Display for Stopwatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "Wall time in seconds, median (min..max) of {} runs after one that does not count.",
            self.runs
        )?;
        if self.patience.is_zero() {
            return Ok(());
        }
        let (quiet, counted) = (self.quiet.get(), self.counted.get());
        write!(f, " {quiet} of {counted} runs began on an idle machine.")
    }
}

impl Times {
    fn new(mut times: Vec<Duration>) -> Self {
        times.sort_unstable();
        Self { sorted: times }
    }

    /// The one in the middle, or halfway between the two that are.
    fn median(&self) -> f64 {
        let middle = self.sorted.len() / 2;
        let upper = self.at(middle);
        if self.sorted.len() % 2 == 1 {
            return upper;
        }
        f64::midpoint(self.at(middle.saturating_sub(1)), upper)
    }

    fn at(&self, place: usize) -> f64 {
        self.sorted.get(place).map_or(0.0, Duration::as_secs_f64)
    }
}

impl fmt::Display for Times {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let median = self.median();
        let digits = if median < 0.1 {
            3
        } else if median < 20.0 {
            2
        } else {
            1
        };
        write!(f, "{median:.digits$}")?;
        if self.sorted.len() < 2 {
            return write!(f, " (once)");
        }
        let (least, most) = (self.at(0), self.at(self.sorted.len() - 1));
        write!(f, " ({least:.digits$}..{most:.digits$})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn times(milliseconds: &[u64]) -> String {
        let times = milliseconds.iter().copied().map(Duration::from_millis);
        Times::new(times.collect()).to_string()
    }

    #[test]
    fn times_are_said_with_two_or_three_figures() {
        assert_eq!(times(&[310, 290, 420]), "0.31 (0.29..0.42)");
        assert_eq!(times(&[300, 400]), "0.35 (0.30..0.40)");
        assert_eq!(times(&[79, 81, 80]), "0.080 (0.079..0.081)");
        assert_eq!(times(&[38_260]), "38.3 (once)");
        assert_eq!(times(&[]), "0.000 (once)");
    }

    #[test]
    fn the_first_run_does_not_count() {
        let mut next = 9;
        let times = Stopwatch::new(3, Duration::ZERO)
            .several(|| {
                next -= 1;
                Ok(Duration::from_secs(next))
            })
            .unwrap();
        assert_eq!(times.to_string(), "6.00 (5.00..7.00)");
    }
}
