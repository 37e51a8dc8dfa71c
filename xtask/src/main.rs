//! Tasks of this workspace: `cargo xtask --help` lists them.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod bench;
mod docs;
mod functions;
mod operations;
mod package;
mod schema;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Tasks of the webhook-infra workspace")]
struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Time the edit loop of the webhook stack, of generated stacks, and of other tools.
    Bench(bench::Arguments),
    /// Time the start and the invocations of the ingestion function, beside those of its twin on Node.
    BenchFunctions(bench::functions::Arguments),
    /// Write the reference in `docs/` and the tables of the README from the code.
    Docs(docs::Arguments),
    /// Deploy the stack to an emulator on this machine and check the whole pipeline.
    E2e(operations::Arguments),
    /// Turn the output of `terraform metadata functions -json` into the table that the core crate embeds.
    Functions(functions::Arguments),
    /// Run the stack and its functions in an emulator on this machine.
    Local(operations::Arguments),
    /// Build the functions and pack them as the archives that Lambda takes.
    Package(package::Arguments),
    /// Send what is in the dead-letter queue back to be processed.
    Redrive(operations::Arguments),
    /// Process archived payloads again.
    Replay(operations::Arguments),
    /// Turn the output of `terraform providers schema -json` into the table that the core crate embeds.
    Schema(schema::Arguments),
}

fn main() -> ExitCode {
    let done = match Arguments::parse().task {
        Task::Bench(arguments) => bench::run(&arguments),
        Task::BenchFunctions(arguments) => bench::functions::run(&arguments),
        Task::Docs(arguments) => docs::run(&arguments),
        Task::E2e(arguments) => operations::run_with_functions("e2e", &arguments),
        Task::Functions(arguments) => functions::run(&arguments),
        Task::Local(arguments) => operations::run_with_functions("local", &arguments),
        Task::Package(arguments) => package::run(&arguments),
        Task::Redrive(arguments) => operations::run("redrive", &arguments),
        Task::Replay(arguments) => operations::run("replay", &arguments),
        Task::Schema(arguments) => schema::run(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // `fn main() -> Result` would print it in Rust's own syntax, with its line breaks escaped.
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}
