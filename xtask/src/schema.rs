//! `cargo xtask schema`: makes the table of the provider's schema that the core crate embeds.

use flate2::read::GzDecoder;
use serde_json::Value;
use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use webhook_infra_core::schema::Schema;

const TABLE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../crates/core/src/schema/aws.schema"
);

#[derive(clap::Args)]
pub(crate) struct Arguments {
    /// The output of `terraform providers schema -json`, plain or as .json.gz
    file: PathBuf,

    /// The provider in that file
    #[arg(long, default_value = "hashicorp/aws")]
    provider_source: String,

    /// The version of the provider, which is not in the file: 6.66.0
    #[arg(long)]
    provider_version: String,

    /// Where to write the table
    #[arg(long, default_value = TABLE)]
    output: PathBuf,
}

pub(crate) fn run(arguments: &Arguments) -> Result<(), Box<dyn Error>> {
    let json = read_json(&arguments.file)
        .map_err(|error| format!("cannot read {}: {error}", arguments.file.display()))?;
    let table = Schema::encode(
        &json,
        &arguments.provider_source,
        &arguments.provider_version,
    )?;
    fs::write(&arguments.output, &table)
        .map_err(|error| format!("cannot write {}: {error}", arguments.output.display()))?;
    let size = table.len();
    print_summary(&Schema::from_bytes(table)?, size);
    Ok(())
}

fn read_json(path: &Path) -> Result<Value, Box<dyn Error>> {
    let file = File::open(path)?;
    let is_compressed = path.extension().is_some_and(|extension| extension == "gz");
    let reader: Box<dyn Read> = if is_compressed {
        Box::new(GzDecoder::new(file))
    } else {
        Box::new(file)
    };
    Ok(serde_json::from_reader(BufReader::new(reader))?)
}

fn print_summary(schema: &Schema, size: usize) {
    println!(
        "{} {}: {} resources, {} data sources, {} ephemeral resources, {} functions in {size} bytes",
        schema.provider_source(),
        schema.provider_version(),
        schema.resource_types().count(),
        schema.data_source_types().count(),
        schema.ephemeral_resource_types().count(),
        schema.function_names().count(),
    );
}
