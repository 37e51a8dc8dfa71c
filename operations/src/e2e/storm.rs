//! Many webhooks while services fail and functions are killed.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use serde_json::json;

use super::report::{Report, ensure};
use super::senders::Webhook;
use super::world::{World, concurrently, text_of};
use crate::error::{Context, Error};

/// How the storm is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    pub(super) webhooks: usize,
    pub(super) at_a_time: usize,
    pub(super) failures: f64,
}

/// How often a sender tries. Real ones try for days.
const ATTEMPTS: u32 = 12;

pub(super) async fn run(world: &World, report: &mut Report, plan: &Plan) {
    let name = format!(
        "storm: {} webhooks are accepted in the end, at {} % failures",
        plan.webhooks,
        plan.failures * 100.0
    );
    report
        .check(&name, async {
            world.proxy.fail(plan.failures);
            let outcome = storm(world, plan).await;
            world.proxy.fail(0.0);
            outcome
        })
        .await;
    report
        .check("storm: the queue becomes empty", async {
            world.drained(Duration::from_mins(5)).await?;
            let counts = world.proxy.counts();
            let mut services = BTreeMap::<&str, u64>::new();
            for ((service, _), count) in &counts {
                *services.entry(service).or_default() += count;
            }
            let requests = world.proxy.requests();
            let told = services
                .iter()
                .map(|(service, count)| format!("{service} {count}"))
                .collect::<Vec<_>>();
            Ok(format!(
                "failed of {requests} requests: {}",
                told.join(", ")
            ))
        })
        .await;
}

async fn storm(world: &World, plan: &Plan) -> Result<String, Error> {
    let start = Instant::now();
    let sent = AtomicUsize::new(0);
    let retries = AtomicUsize::new(0);
    let sending = async {
        concurrently(plan.webhooks, plan.at_a_time, |number| {
            send(world, number, &sent, &retries)
        })
        .await
    };
    let (outcome, killed) = tokio::join!(sending, kill(world, plan.webhooks, &sent));
    outcome?;
    let (killed, took) = (killed?, start.elapsed().as_secs_f64());
    #[expect(clippy::cast_precision_loss, reason = "it is shown without decimals")]
    let rate = plan.webhooks as f64 / took;
    Ok(format!(
        "{rate:.0} a second, sent again {} times, killed {killed}",
        retries.load(Ordering::Relaxed)
    ))
}

/// Sends one webhook until it is accepted, and one of fifty a second time.
async fn send(
    world: &World,
    number: usize,
    sent: &AtomicUsize,
    retries: &AtomicUsize,
) -> Result<(), Error> {
    let mut body = world.body(
        &format!("storm-{}-{}", world.seed, number / 3),
        &format!("storm-event-{number}"),
    );
    body["number"] = json!(number);
    let webhook = Webhook::generic(&body);
    let copies = if number.is_multiple_of(50) { 2 } else { 1 };
    for _ in 0..copies {
        let mut attempt = 0;
        loop {
            let answer = world.post(&webhook).await;
            match answer {
                Ok(answer) if answer.status().as_u16() == 202 => break,
                // What senders take for a reason to try again.
                Ok(answer)
                    if answer.status().is_server_error() || answer.status().as_u16() == 429 => {}
                Ok(answer) => {
                    return Err(Error::new(format!(
                        "webhook {number}: {}: {}",
                        answer.status(),
                        text_of(&answer)
                    )));
                }
                Err(_) => {}
            }
            attempt += 1;
            retries.fetch_add(1, Ordering::Relaxed);
            ensure(attempt < ATTEMPTS, || {
                format!("webhook {number} was not accepted in {ATTEMPTS} attempts")
            })?;
            tokio::time::sleep(Duration::from_millis(50 << attempt.min(6))).await;
        }
    }
    sent.fetch_add(1, Ordering::Relaxed);
    Ok(())
}

/// Kills functions at their work, as the sandbox of a function may be, a few times on the way.
async fn kill(world: &World, webhooks: usize, sent: &AtomicUsize) -> Result<String, Error> {
    let mut killed = BTreeMap::<&str, usize>::new();
    for (part, function) in [
        (3, "processing"),
        (4, "ingestion"),
        (5, "processing"),
        (6, "processing"),
    ] {
        let deadline = Instant::now() + Duration::from_mins(10);
        while sent.load(Ordering::Relaxed) < webhooks * part / 10 && Instant::now() < deadline {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let processes = world.stack.emulator.functions(world.function(function));
        if let Some(process) = processes.first() {
            end(*process)?;
            *killed.entry(function).or_default() += 1;
        }
    }
    ensure(killed.contains_key("processing"), || {
        "no processing function ran that could be killed".to_owned()
    })?;
    Ok(killed
        .iter()
        .map(|(function, times)| format!("{function} {times} times"))
        .collect::<Vec<_>>()
        .join(", "))
}

/// Ends a process at once.
pub(super) fn end(process: u32) -> Result<(), Error> {
    let process = i32::try_from(process)
        .ok()
        .and_then(rustix::process::Pid::from_raw);
    let process = process.ok_or_else(|| Error::new("a process without a number"))?;
    match rustix::process::kill_process(process, rustix::process::Signal::KILL) {
        // It has ended by itself meanwhile.
        Ok(()) | Err(rustix::io::Errno::SRCH) => Ok(()),
        Err(error) => Err(error).context(|| format!("process {process:?} cannot be killed")),
    }
}
