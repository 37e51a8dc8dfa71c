//! The command.

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use webhook_operations::{Error, e2e, local, redrive, replay};

#[derive(Parser)]
#[command(
    name = "operations",
    about = "Runs the webhook processor on this machine, and operates it on AWS"
)]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Deploy the stack to an emulator on this machine and check the whole pipeline.
    E2e(e2e::Arguments),
    /// Run the stack on this machine, until Ctrl-C.
    Local(local::Arguments),
    /// Send what is in the dead-letter queue back to be processed.
    Redrive(redrive::Arguments),
    /// Process archived payloads again.
    Replay(replay::Arguments),
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse().task).await {
        Ok(code) => code,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(task: Task) -> Result<ExitCode, Error> {
    match task {
        Task::E2e(arguments) => return e2e::run(&arguments).await,
        Task::Local(arguments) => local::run(&arguments).await?,
        Task::Redrive(arguments) => redrive::run(&arguments).await?,
        Task::Replay(arguments) => replay::run(&arguments).await?,
    }
    Ok(ExitCode::SUCCESS)
}
