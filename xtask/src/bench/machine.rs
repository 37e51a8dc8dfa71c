//! The machine that times are taken on.

use std::fs;
use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use super::command::Step;

/// The share of its time that an idle machine is idle.
const IDLE: f64 = 0.85;

/// The load average over the last minute, where the system tells.
pub(super) fn load() -> Option<String> {
    let averages = fs::read_to_string("/proc/loadavg").ok()?;
    averages.split_whitespace().next().map(str::to_owned)
}

/// Cores, compiler and load, in one line.
pub(super) fn describe(folder: &Path, load_at_start: Option<&str>) -> String {
    let cores = thread::available_parallelism().map_or(0, usize::from);
    let processor = processor().map_or_else(String::new, |name| format!(" ({name})"));
    let rustc = Step::new("rustc", "--version").run(folder);
    let rustc = rustc.map_or_else(
        |_| "an unknown rustc".to_owned(),
        |text| text.trim().to_owned(),
    );
    let unknown = "unknown";
    format!(
        "{cores} cores{processor}, {} {}, {rustc}. Load average of the last minute: {} at the start, {} at the end.",
        std::env::consts::OS,
        std::env::consts::ARCH,
        load_at_start.unwrap_or(unknown),
        load().as_deref().unwrap_or(unknown),
    )
}

fn processor() -> Option<String> {
    let facts = fs::read_to_string("/proc/cpuinfo").ok()?;
    let line = facts.lines().find(|line| line.starts_with("model name"))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

/// Waits until the machine is idle, at most for so long, and tells whether it is.
pub(super) fn wait_until_quiet(patience: Duration) -> bool {
    let end = Instant::now() + patience;
    while Instant::now() < end {
        match idle_share() {
            Some(share) if share < IDLE => thread::sleep(Duration::from_millis(200)),
            Some(_) => return true,
            None => return false,
        }
    }
    false
}

/// The share of the next 0.3 seconds that the cores are idle.
fn idle_share() -> Option<f64> {
    let (idle_before, all_before) = ticks()?;
    thread::sleep(Duration::from_millis(300));
    let (idle, all) = ticks()?;
    Some((idle - idle_before) / (all - all_before).max(1.0))
}

/// The ticks of the clock that all cores have been idle, and all ticks.
fn ticks() -> Option<(f64, f64)> {
    let statistics = fs::read_to_string("/proc/stat").ok()?;
    parse_ticks(statistics.lines().next()?)
}

fn parse_ticks(line: &str) -> Option<(f64, f64)> {
    let ticks = line
        .split_whitespace()
        .skip(1)
        .take(8)
        .map(|ticks| ticks.parse::<f64>().ok())
        .collect::<Option<Vec<_>>>()?;
    let idle = ticks.get(3)? + ticks.get(4)?;
    Some((idle, ticks.iter().sum()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_for_input_is_idle_time() {
        let (idle, all) = parse_ticks("cpu  10 0 20 60 5 1 2 2 7 7").unwrap();
        assert_eq!((idle.round(), all.round()), (65.0, 100.0));
        assert!(parse_ticks("cpu").is_none());
    }
}
