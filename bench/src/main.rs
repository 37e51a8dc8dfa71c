//! Measures functions: how long one takes to start, to answer its first invocation and the next ones, and what it
//! needs for that.
//!
//! Each process gets a stand-in of Lambda's Runtime API of its own, and all share a stand-in of the AWS services
//! that ingestion calls, over TLS on the loopback device. So the figures hold everything but Lambda's own part and
//! the network. All of it runs on one processor: what a figure has besides the function's own time of it is the
//! stand-ins'.

mod backend;
mod certificate;
mod event;
mod function;
mod measurement;
mod processor;
mod report;
mod runtime_api;
mod share;
mod statistics;

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use backend::Backend;
use function::{Function, Named};
use measurement::{Measurement, measure};
use report::Report;
use share::Share;

/// A result whose error says what was being done.
type Outcome<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Measures the ingestion function, and others that do the same.
#[derive(Parser)]
#[command(name = "webhook-bench")]
struct Arguments {
    /// A function: its name, and how it is started
    #[arg(long = "function", value_name = "NAME=COMMAND", required = true)]
    functions: Vec<Named>,

    /// The archive of a function, for its size
    #[arg(long = "archive", value_name = "NAME=PATH")]
    archives: Vec<Named>,

    /// What starts each function, such as an emulator of its processor
    #[arg(long, value_name = "COMMAND")]
    launcher: Option<String>,

    /// How often each function is started, after one start that does not count
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// How many invocations follow the first one of each start
    #[arg(long, default_value_t = 200)]
    warm: u32,

    /// Take the first invocation again with the share of a processor that Lambda gives to so many megabytes
    #[arg(long, value_name = "MB", value_delimiter = ',')]
    cpu_share: Vec<u32>,

    /// Write what was measured to this file, a line of JSON for each function
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match run(&Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: &Arguments) -> Outcome<()> {
    let mut functions = Vec::new();
    for named in &arguments.functions {
        let archive = arguments
            .archives
            .iter()
            .find(|archive| archive.name == named.name);
        functions.push(Function::new(
            named,
            arguments.launcher.as_deref(),
            archive,
        )?);
    }
    processor::keep_to_one()
        .map_err(|error| format!("the bench cannot keep to one processor: {error}"))?;
    let backend = Backend::start()?;

    let full = interleaved(&functions, &backend, arguments, None).await?;
    let mut shares = Vec::new();
    for &memory in &arguments.cpu_share {
        match Share::of(memory).map(drop) {
            Ok(()) => {
                let measured = interleaved(&functions, &backend, arguments, Some(memory)).await?;
                shares.push((memory, measured));
            }
            Err(reason) => eprintln!("skipped: the share of {memory} MB: {reason}"),
        }
    }

    let reports = functions
        .iter()
        .enumerate()
        .map(|(number, function)| {
            let shares = shares
                .iter()
                .map(|(memory, measured)| (*memory, measured[number].as_slice()))
                .collect::<BTreeMap<_, _>>();
            Report::new(function, &full[number], &shares)
        })
        .collect::<Vec<_>>();
    if let Some(path) = &arguments.json {
        write_lines(path, &reports)
            .map_err(|error| format!("{}: cannot be written: {error}", path.display()))?;
    }
    print!("{}", report::table(&reports));
    Ok(())
}

/// Starts the functions by turns, so that what else the machine does hits all alike; gives the runs of each.
async fn interleaved(
    functions: &[Function],
    backend: &Backend,
    arguments: &Arguments,
    memory: Option<u32>,
) -> Outcome<Vec<Vec<Measurement>>> {
    // With a share only the first invocation is of interest.
    let warm = if memory.is_some() { 0 } else { arguments.warm };
    let mut measured = vec![Vec::new(); functions.len()];
    for run in 0..=arguments.runs {
        for (number, function) in functions.iter().enumerate() {
            let measurement = measure(function, backend, warm, memory)
                .await
                .map_err(|error| format!("{}: {error}", function.name()))?;
            // The first start brings the program into the memory of the system.
            if run > 0 {
                measured[number].push(measurement);
            }
        }
    }
    Ok(measured)
}

fn write_lines(path: &PathBuf, reports: &[Report]) -> Outcome<()> {
    let mut file = File::create(path)?;
    for report in reports {
        writeln!(file, "{}", serde_json::to_string(report)?)?;
    }
    Ok(())
}
