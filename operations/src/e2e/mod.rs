//! `operations e2e`: the whole stack, applied with permissions enforced and driven over HTTP, as senders drive it.

mod basics;
mod bodies;
mod duplicates;
mod lambda_calls;
mod ledger;
mod permissions;
mod poison;
mod recovery;
mod report;
mod secrecy;
mod senders;
mod status;
mod storm;
mod throttling;
mod world;

use std::process::ExitCode;

use crate::error::Error;
use report::Report;
use world::World;

/// What the command takes.
#[derive(clap::Args, Debug)]
pub struct Arguments {
    /// How many webhooks to send while services fail and functions are killed
    #[arg(long, value_name = "NUMBER", default_value_t = 10_000)]
    webhooks: usize,
    /// How many of them are sent at the same time
    #[arg(long, value_name = "NUMBER", default_value_t = 16)]
    at_a_time: usize,
    /// The share of requests to AWS that fail meanwhile
    #[arg(long, value_name = "SHARE", default_value_t = 0.01)]
    failures: f64,
    /// Decides ids, secrets, and which requests fail
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
}

/// Runs all checks; the exit code tells whether all have passed.
///
/// # Errors
/// When the stack cannot be started.
pub async fn run(arguments: &Arguments) -> Result<ExitCode, Error> {
    let world = World::start(arguments.seed).await?;
    let mut report = Report::default();
    basics::run(&world, &mut report).await;
    status::run(&world, &mut report).await;
    duplicates::run(&world, &mut report).await;
    bodies::run(&world, &mut report).await;
    throttling::run(&world, &mut report).await;
    permissions::run(&world, &mut report).await;
    poison::run(&world, &mut report).await;
    let storm = storm::Plan {
        webhooks: arguments.webhooks,
        at_a_time: arguments.at_a_time,
        failures: arguments.failures,
    };
    storm::run(&world, &mut report, &storm).await;
    ledger::run(&world, &mut report).await;
    recovery::run(&world, &mut report).await;
    secrecy::run(&world, &mut report).await;
    Ok(report.finish())
}
