//! Log lines: one JSON object each, which CloudWatch also reads its metrics from.
//!
//! A line has fields for what may be known of a webhook, and none for its payload, its headers or a
//! secret.

use std::fmt;
use std::io::Write as _;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::ser::SerializeMap as _;
use serde::{Serialize, Serializer};
use time::OffsetDateTime;

use crate::times;

/// The namespace of the metrics.
pub const NAMESPACE: &str = "WebhookProcessor";

/// Where lines go: to standard output, or to a test.
pub type Sink = fn(&str);

/// Standard output, which Lambda hands on to CloudWatch Logs.
pub fn stdout(line: &str) {
    let mut out = std::io::stdout().lock();
    // A function goes on without its log.
    let _ = writeln!(out, "{line}").and_then(|()| out.flush());
}

/// How bad it is. Lambda drops lines under the function's `log_level`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Level {
    /// All is well.
    Info,
    /// Somebody should look when it goes on.
    Warn,
    /// Somebody has to do something.
    Error,
}

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    /// A webhook is in the queue.
    Accepted,
    /// A webhook was refused; also by reason.
    Rejected,
    /// An event was stored.
    Processed,
    /// An event was there already.
    Duplicate,
    /// An event id came again with another body.
    Conflict,
    /// A message could not be processed, and comes back.
    Failed,
}

impl Metric {
    fn name(self) -> &'static str {
        match self {
            Self::Accepted => "Accepted",
            Self::Rejected => "Rejected",
            Self::Processed => "Processed",
            Self::Duplicate => "Duplicate",
            Self::Conflict => "Conflict",
            Self::Failed => "Failed",
        }
    }
}

/// One line.
#[derive(Clone, Debug)]
#[must_use = "it is not written before `write` is called"]
pub struct Line<'a> {
    level: Level,
    message: &'a str,
    metric: Option<Metric>,
    reason: Option<&'a str>,
    fields: Vec<(&'static str, Field<'a>)>,
}

#[derive(Clone, Debug, Serialize)]
#[serde(untagged)]
enum Field<'a> {
    Text(&'a str),
    Owned(String),
    Number(u64),
}

impl<'a> Line<'a> {
    /// A line that says what happened, in words that are always the same.
    pub fn new(level: Level, message: &'a str) -> Self {
        Self {
            level,
            message,
            metric: None,
            reason: None,
            fields: Vec::with_capacity(8),
        }
    }

    /// Counts it.
    pub fn count(mut self, metric: Metric) -> Self {
        self.metric = Some(metric);
        self
    }

    /// Counts it by reason, too.
    pub fn reason(mut self, reason: &'a str) -> Self {
        self.reason = Some(reason);
        self
    }

    /// What is known of it.
    pub fn text(mut self, name: &'static str, value: &'a str) -> Self {
        self.fields.push((name, Field::Text(value)));
        self
    }

    /// An error of a service, which names no data.
    pub fn error(mut self, error: &impl fmt::Display) -> Self {
        self.fields.push(("error", Field::Owned(error.to_string())));
        self
    }

    /// A number.
    pub fn number(mut self, name: &'static str, value: u64) -> Self {
        self.fields.push((name, Field::Number(value)));
        self
    }

    /// How long it took, in milliseconds.
    pub fn took(self, time: Duration) -> Self {
        let milliseconds = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        self.number("durationMs", milliseconds)
    }

    /// Writes it.
    pub fn write(self, sink: Sink) {
        // Texts and numbers can always be written.
        sink(&serde_json::to_string(&self).unwrap_or_default());
    }
}

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        // Lambda goes by these two when it filters by level.
        map.serialize_entry("timestamp", &times::text(OffsetDateTime::now_utc()))?;
        map.serialize_entry("level", &self.level)?;
        map.serialize_entry("message", self.message)?;
        for (name, value) in &self.fields {
            map.serialize_entry(name, value)?;
        }
        if let Some(reason) = self.reason {
            map.serialize_entry("Reason", reason)?;
        }
        if let Some(metric) = self.metric {
            map.serialize_entry(metric.name(), &1)?;
            map.serialize_entry("_aws", &Embedded::of(metric, self.reason.is_some()))?;
        }
        map.end()
    }
}

/// Source: Amazon CloudWatch User Guide, "Specification: Embedded metric format".
#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Embedded {
    timestamp: u64,
    cloud_watch_metrics: [Directive; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Directive {
    namespace: &'static str,
    dimensions: &'static [&'static [&'static str]],
    metrics: [Definition; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct Definition {
    name: &'static str,
    unit: &'static str,
}

impl Embedded {
    fn of(metric: Metric, has_reason: bool) -> Self {
        let now = SystemTime::now().duration_since(UNIX_EPOCH);
        let milliseconds = now.unwrap_or_default().as_millis();
        Self {
            timestamp: u64::try_from(milliseconds).unwrap_or_default(),
            cloud_watch_metrics: [Directive {
                namespace: NAMESPACE,
                dimensions: if has_reason {
                    &[&[], &["Reason"]]
                } else {
                    &[&[]]
                },
                metrics: [Definition {
                    name: metric.name(),
                    unit: "Count",
                }],
            }],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_json_and_a_metric() {
        let line = Line::new(Level::Warn, "webhook refused")
            .count(Metric::Rejected)
            .reason("invalid-signature")
            .text("provider", "stripe")
            .number("bytes", 12)
            .took(Duration::from_millis(7));
        let mut json = serde_json::to_value(&line).unwrap();
        assert!(json["_aws"]["Timestamp"].as_u64().unwrap() > 1_700_000_000_000);
        json["_aws"]["Timestamp"] = 0.into();
        let time = json.as_object_mut().unwrap().remove("timestamp").unwrap();
        assert!(times::read(time.as_str().unwrap()).is_some());
        assert_eq!(
            json,
            serde_json::json!({
                "level": "WARN", "message": "webhook refused", "provider": "stripe", "bytes": 12,
                "durationMs": 7, "Reason": "invalid-signature", "Rejected": 1,
                "_aws": { "Timestamp": 0, "CloudWatchMetrics": [{
                    "Namespace": "WebhookProcessor", "Dimensions": [[], ["Reason"]],
                    "Metrics": [{ "Name": "Rejected", "Unit": "Count" }],
                }]},
            })
        );
    }

    #[test]
    fn a_line_without_a_metric_is_only_a_line() {
        let mut json = serde_json::to_value(Line::new(Level::Info, "started")).unwrap();
        json.as_object_mut().unwrap().remove("timestamp");
        assert_eq!(
            json,
            serde_json::json!({ "level": "INFO", "message": "started" })
        );
    }

    #[test]
    fn a_line_stays_one_line() {
        let line = Line::new(Level::Error, "failed").error(&"a\nb\u{2028}\"c\"");
        let text = serde_json::to_string(&line).unwrap();
        assert!(!text.contains('\n'));
    }
}
