//! What was measured, for programs and for people.

use std::collections::BTreeMap;
use std::fmt::Write;

use serde::Serialize;

use crate::function::Function;
use crate::measurement::Measurement;
use crate::statistics::{Summary, percentile, sorted};

/// A function and what its runs come to; times are milliseconds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Report {
    function: String,
    archive_bytes: Option<u64>,
    runs: usize,
    init_ms: Summary,
    init_cpu_ms: Summary,
    first_ms: Summary,
    first_cpu_ms: Summary,
    warm_invocations: usize,
    warm_p50_ms: f64,
    warm_p99_ms: f64,
    warm_cpu_ms: Summary,
    peak_memory_bytes: u64,
    /// The first invocation with the share of a processor that so many megabytes get.
    first_ms_with_share: BTreeMap<u32, Summary>,
}

impl Report {
    pub(crate) fn new(
        function: &Function,
        runs: &[Measurement],
        shares: &BTreeMap<u32, &[Measurement]>,
    ) -> Self {
        let summary = |value: fn(&Measurement) -> f64| Summary::of(runs.iter().map(value));
        let warm = sorted(runs.iter().flat_map(|run| run.warm.iter().copied()));
        let first = |runs: &[Measurement]| Summary::of(runs.iter().map(|run| run.first));
        Self {
            function: function.name().to_owned(),
            archive_bytes: function.archive_size(),
            runs: runs.len(),
            init_ms: summary(|run| run.init),
            init_cpu_ms: summary(|run| run.init_cpu),
            first_ms: summary(|run| run.first),
            first_cpu_ms: summary(|run| run.first_cpu),
            warm_invocations: warm.len(),
            warm_p50_ms: percentile(&warm, 50),
            warm_p99_ms: percentile(&warm, 99),
            warm_cpu_ms: summary(|run| run.warm_cpu),
            peak_memory_bytes: runs.iter().map(|run| run.memory).max().unwrap_or(0),
            first_ms_with_share: shares
                .iter()
                .map(|(memory, runs)| (*memory, first(runs)))
                .collect(),
        }
    }
}

/// All of them as a Markdown table: medians, with the processor time in brackets.
pub(crate) fn table(reports: &[Report]) -> String {
    let shares = reports
        .first()
        .map(|report| report.first_ms_with_share.keys().copied())
        .into_iter()
        .flatten()
        .collect::<Vec<_>>();
    let mut head = [
        "function",
        "archive MB",
        "init ms (CPU)",
        "first ms (CPU)",
        "warm ms p50 / p99 (CPU)",
        "peak memory MB",
    ]
    .map(str::to_owned)
    .to_vec();
    head.extend(
        shares
            .iter()
            .map(|memory| format!("first ms at {memory} MB")),
    );

    let mut text = row(&head);
    let _ = writeln!(text, "|{}", "---|".repeat(head.len()));
    for report in reports {
        let mut cells = vec![
            report.function.clone(),
            report
                .archive_bytes
                .map_or_else(|| "?".to_owned(), megabytes),
            format!(
                "{:.1} ({:.1})",
                report.init_ms.median, report.init_cpu_ms.median
            ),
            format!(
                "{:.1} ({:.1})",
                report.first_ms.median, report.first_cpu_ms.median
            ),
            format!(
                "{:.2} / {:.2} ({:.2})",
                report.warm_p50_ms, report.warm_p99_ms, report.warm_cpu_ms.median
            ),
            megabytes(report.peak_memory_bytes),
        ];
        cells.extend(
            report
                .first_ms_with_share
                .values()
                .map(|first| format!("{:.1}", first.median)),
        );
        text.push_str(&row(&cells));
    }
    text
}

fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

#[expect(clippy::cast_precision_loss, reason = "two digits are shown")]
fn megabytes(bytes: u64) -> String {
    format!("{:.2}", bytes as f64 / 1e6)
}
