//! `cargo xtask bench`: how long the edit loop takes, of the webhook stack, of generated stacks of
//! thousands of resources, and of the same stack in other tools.
//!
//! Everything runs on copies in a temporary folder.

mod command;
mod edit_loop;
mod from_data;
pub(crate) mod functions;
mod generated;
mod machine;
mod peers;
mod table;
mod timing;
mod workspace;

use std::path::PathBuf;
use std::time::Duration;

use timing::Stopwatch;

/// A result whose error says what was being done.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// How often each loop runs, after one run that does not count
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..))]
    runs: u32,

    /// A folder with the stack in other tools: cdktf/, cdktn/, terrars/; needs `node` and `npm`
    #[arg(long, value_name = "DIR")]
    peers: Option<PathBuf>,

    /// Time terrars too, whose first build takes most of a minute
    #[arg(long, requires = "peers")]
    terrars: bool,

    /// How long to wait before each run until the machine is idle (Linux)
    #[arg(long, value_name = "SECONDS", default_value_t = 0)]
    quiet: u64,
}

pub(crate) fn run(arguments: &Arguments) -> Outcome<()> {
    let load = machine::load();
    let folder = tempfile::Builder::new()
        .prefix("webhook-infra-bench-")
        .tempdir()
        .map_err(|error| format!("cannot make a temporary folder: {error}"))?;
    let stopwatch = Stopwatch::new(arguments.runs, Duration::from_secs(arguments.quiet));

    let workspace = folder.path().join("workspace");
    workspace::copy(&workspace)?;
    println!("{}", workspace::measure(&workspace, &stopwatch)?);
    println!(
        "{}",
        generated::measure(folder.path(), &workspace, &stopwatch)?
    );
    println!(
        "{}",
        from_data::measure(folder.path(), &workspace, &stopwatch)?
    );
    if let Some(peers) = &arguments.peers {
        let copy = folder.path().join("peers");
        println!(
            "{}",
            peers::measure(peers, &copy, arguments.terrars, &stopwatch)?
        );
    }

    println!("{stopwatch}");
    println!("{}", machine::describe(&workspace, load.as_deref()));
    Ok(())
}
