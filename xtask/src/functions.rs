//! `cargo xtask functions`: makes the table of Terraform's functions that the core crate embeds.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use webhook_infra_core::functions;

const TABLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/core/src/functions/terraform.functions"
);

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The output of `terraform metadata functions -json`
    file: PathBuf,

    /// The version of Terraform, which is not in the file: 1.11.4
    #[arg(long)]
    terraform_version: String,

    /// Where to write the table
    #[arg(long, default_value = TABLE)]
    output: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let text = fs::read_to_string(&arguments.file)
        .map_err(|error| format!("cannot read {}: {error}", arguments.file.display()))?;
    let json = serde_json::from_str(&text)?;
    let table = functions::encode(&json, &arguments.terraform_version)?;
    fs::write(&arguments.output, &table)
        .map_err(|error| format!("cannot write {}: {error}", arguments.output.display()))?;
    let count = table.lines().filter(|line| !line.starts_with('#')).count();
    println!("{count} functions in {} bytes", table.len());
    Ok(())
}
