//! What logs say, and what they must not.

use serde_json::Value;

use super::report::{Report, ensure};
use super::world::World;
use crate::error::{Context, Error};

/// What Lambda itself writes.
const OF_LAMBDA: [&str; 5] = ["START ", "END ", "REPORT ", "INIT_START ", "RESTORE_START "];

pub(super) async fn run(world: &World, report: &mut Report) {
    let lines = lines(world).await;
    report
        .check("logs: no line holds a part of a body or a secret", async {
            let lines = lines
                .as_ref()
                .map_err(|error| Error::new(error.to_string()))?;
            let mut hidden = world.secrets.all();
            hidden.push(&world.marker);
            for (group, line) in lines {
                for secret in &hidden {
                    ensure(!line.contains(secret), || {
                        format!("{group} has the line {line}")
                    })?;
                }
            }
            let log = std::fs::read_to_string(world.stack.emulator.log())
                .context(|| "the emulator's log".to_owned())?;
            for secret in &hidden {
                ensure(!log.contains(secret), || {
                    "the emulator's own log holds one".to_owned()
                })?;
            }
            Ok(format!("{} lines", lines.len()))
        })
        .await;
    report
        .check(
            "logs: each line of a function is JSON, with level, message and correlation",
            async {
                let lines = lines
                    .as_ref()
                    .map_err(|error| Error::new(error.to_string()))?;
                let (mut all, mut correlated) = (0, 0);
                for (group, line) in lines
                    .iter()
                    .filter(|(group, _)| group.starts_with("/aws/lambda/"))
                {
                    for line in line.lines().filter(|line| {
                        !line.is_empty() && !OF_LAMBDA.iter().any(|start| line.starts_with(start))
                    }) {
                        let entry: Value = serde_json::from_str(line)
                            .context(|| format!("{group} has the line {line}"))?;
                        for member in ["level", "message"] {
                            ensure(entry[member].is_string(), || {
                                format!("{group} has a line without `{member}`: {line}")
                            })?;
                        }
                        all += 1;
                        correlated += usize::from(entry["correlationId"].is_string());
                    }
                }
                ensure(all > 0, || "the functions have written nothing".to_owned())?;
                Ok(format!("{all} lines, {correlated} with a correlation id"))
            },
        )
        .await;
    report
        .check(
            "logs: a correlation id leads from the webhook to the stored event",
            async {
                let lines = lines
                    .as_ref()
                    .map_err(|error| Error::new(error.to_string()))?;
                for function in ["ingestion", "processing"] {
                    let group = format!("/aws/lambda/{}", world.function(function));
                    let found = lines
                        .iter()
                        .any(|(of, line)| *of == group && line.contains("happy.correlation:1"));
                    ensure(found, || {
                        format!("{group} says nothing of happy.correlation:1")
                    })?;
                }
                Ok(String::new())
            },
        )
        .await;
    report
        .check("logs: the counters agree with what was accepted", async {
            let lines = lines
                .as_ref()
                .map_err(|error| Error::new(error.to_string()))?;
            let mut accepted = 0.0;
            for line in lines.iter().flat_map(|(_, text)| text.lines()) {
                let Ok(entry) = serde_json::from_str::<Value>(line) else {
                    continue;
                };
                if entry["_aws"].is_object() {
                    accepted += entry["Accepted"].as_f64().unwrap_or_default();
                }
            }
            let answers = world.ledger().answers();
            // An answer can be lost after it was counted, and a killed function takes its last lines with it.
            #[expect(
                clippy::cast_precision_loss,
                reason = "far below what a float holds exactly"
            )]
            let share = accepted / answers as f64;
            ensure((0.98..1.05).contains(&share), || {
                format!("{accepted} were counted, and {answers} answered by 202")
            })?;
            Ok(format!("{accepted} counted, {answers} answered"))
        })
        .await;
}

async fn lines(world: &World) -> Result<Vec<(String, String)>, Error> {
    let mut found = Vec::new();
    for (_, group) in world
        .stack
        .terraform
        .resources("aws_cloudwatch_log_group")?
    {
        let group = group["name"].as_str().unwrap_or_default();
        found.extend(
            world
                .control
                .log_lines(group)
                .await?
                .into_iter()
                .map(|line| (group.to_owned(), line)),
        );
    }
    Ok(found)
}
