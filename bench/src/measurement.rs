//! One start of a function.

use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::oneshot;

use crate::Outcome;
use crate::backend::Backend;
use crate::event;
use crate::function::{Function, Process};
use crate::runtime_api::Call;
use crate::share::Share;

/// What a start has shown. Times are milliseconds, processor times those of all threads.
#[derive(Clone)]
pub(crate) struct Measurement {
    /// From the start of the process until it asks for an event.
    pub(crate) init: f64,
    pub(crate) init_cpu: f64,
    /// From the first event until its answer is there.
    pub(crate) first: f64,
    pub(crate) first_cpu: f64,
    /// The same, for each of the events that follow.
    pub(crate) warm: Vec<f64>,
    /// For one of them, on average.
    pub(crate) warm_cpu: f64,
    /// The most memory that the process has held, in bytes.
    pub(crate) memory: u64,
}

/// Starts a function, has it answer, and ends it. The share of so many megabytes holds from the first event on: Lambda
/// gives a whole processor until then. Each process has a share of its own, or it would pay what the one before it
/// owes.
pub(crate) async fn measure(
    function: &Function,
    backend: &Backend,
    warm: u32,
    memory: Option<u32>,
) -> Outcome<Measurement> {
    let share = memory.map(Share::of).transpose()?;
    let sent_before = backend.sent();
    let mut process = function.start(backend).await?;
    let (ready, mut asked) = ready(&mut process).await?;
    let init = milliseconds(ready - process.started());
    let init_cpu = process.cpu_ms()?;
    if let Some(share) = &share {
        share.hold(process.id())?;
    }

    let first;
    (first, asked) = invoke(&mut process, asked, 0).await?;
    let first_cpu = process.cpu_ms()? - init_cpu;

    let mut times = Vec::new();
    for number in 1..=warm {
        let time;
        (time, asked) = invoke(&mut process, asked, number).await?;
        times.push(time);
    }
    let warm_cpu = (process.cpu_ms()? - init_cpu - first_cpu) / f64::from(warm.max(1));
    let memory = process.peak_memory()?;

    let sent = backend.sent() - sent_before;
    if sent != u64::from(warm) + 1 {
        let what = format!("{} events, but {sent} messages sent", warm + 1);
        return Err(process.complaint(&what).into());
    }
    process.end().await?;
    Ok(Measurement {
        init,
        init_cpu,
        first,
        first_cpu,
        warm: times,
        warm_cpu,
        memory,
    })
}

/// Hands an event out; gives the time until the answer, and where the next event goes.
async fn invoke(
    process: &mut Process,
    asked: oneshot::Sender<Vec<u8>>,
    number: u32,
) -> Outcome<(f64, oneshot::Sender<Vec<u8>>)> {
    let event = event::event(number);
    let handed_out = Instant::now();
    if asked.send(event).is_err() {
        return Err(process
            .complaint("the process does not wait for its event")
            .into());
    }
    let answered = match process.call().await? {
        Call::Answer(at, body) => {
            let answer = serde_json::from_slice::<Value>(&body).unwrap_or_default();
            if answer["statusCode"] != 202 {
                let body = String::from_utf8_lossy(&body);
                return Err(process.complaint(&format!("it has answered {body}")).into());
            }
            at
        }
        Call::Failure(body) => return Err(failure(process, &body)),
        Call::Next(..) => {
            return Err(process
                .complaint("it wants an event before it has answered")
                .into());
        }
    };
    let (_, asked) = ready(process).await?;
    Ok((milliseconds(answered - handed_out), asked))
}

/// Waits until the process wants an event.
async fn ready(process: &mut Process) -> Outcome<(Instant, oneshot::Sender<Vec<u8>>)> {
    match process.call().await? {
        Call::Next(at, asked) => Ok((at, asked)),
        Call::Failure(body) => Err(failure(process, &body)),
        Call::Answer(..) => Err(process.complaint("it has answered without an event").into()),
    }
}

fn failure(process: &Process, body: &[u8]) -> Box<dyn std::error::Error + Send + Sync> {
    let body = String::from_utf8_lossy(body);
    process.complaint(&format!("it has failed: {body}")).into()
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}
