//! Tasks of this workspace: `cargo xtask --help` lists them.

use clap::{Parser, Subcommand};

mod bench;
mod docs;
mod functions;
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
    /// Write the reference in `docs/` and the tables of the README from the code.
    Docs(docs::Arguments),
    /// Turn the output of `terraform metadata functions -json` into the table that the core crate embeds.
    Functions(functions::Arguments),
    /// Turn the output of `terraform providers schema -json` into the table that the core crate embeds.
    Schema(schema::Arguments),
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    match Arguments::parse().task {
        Task::Bench(arguments) => bench::run(&arguments),
        Task::Docs(arguments) => docs::run(&arguments),
        Task::Functions(arguments) => functions::run(&arguments),
        Task::Schema(arguments) => schema::run(&arguments),
    }
}
