//! Providers' schemas from the author's files.

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use webhook_infra_core::schema::Schema;

use crate::constructs::provider;
use crate::context::Declaration;
use crate::errors::Errors;

/// A file that was read: the expansion names it, so that a change of it is a reason to compile again.
pub(crate) struct SchemaFile {
    /// The provider's local name.
    pub(crate) provider: String,
    /// The path as it was written, seen from the package.
    pub(crate) path: String,
    /// The table that was made of it.
    pub(crate) table: &'static [u8],
}

/// A schema and its bytes, which live as long as the process: a stack is expanded a few times in one.
#[derive(Clone, Copy)]
pub(crate) struct Loaded {
    pub(crate) schema: &'static Schema,
    table: &'static [u8],
}

/// Reads the files that `#[provider(…, schema = "…")]` names.
pub(super) fn read<'s>(
    declarations: impl Iterator<Item = &'s Declaration<'s>>,
    errors: &mut Errors,
) -> Vec<(SchemaFile, Loaded)> {
    let mut files: Vec<(SchemaFile, Loaded)> = Vec::new();
    for declaration in declarations.filter(|d| d.construct.name == "provider") {
        let (Some(name), Some(path)) = (
            provider::name(declaration),
            provider::literal(declaration, "schema"),
        ) else {
            continue;
        };
        if files.iter().any(|(file, _)| file.provider == name) {
            continue;
        }
        let source =
            provider::literal(declaration, "source").unwrap_or_else(|| format!("hashicorp/{name}"));
        match load(&path, &source) {
            Ok(loaded) => {
                let table = loaded.table;
                let provider = name;
                files.push((
                    SchemaFile {
                        provider,
                        path,
                        table,
                    },
                    loaded,
                ));
            }
            Err(problem) => {
                let span = provider::literal_expression(declaration, "schema")
                    .map_or_else(|| declaration.span(), |value| value.span);
                errors.add(
                    span,
                    format!("the schema of provider `{name}` cannot be read: {problem}"),
                    format!("write it with `terraform providers schema -json > {path}`, in a folder that uses the provider"),
                );
            }
        }
    }
    files
}

type Cache = HashMap<(PathBuf, String), (SystemTime, Loaded)>;

/// The schema in a file, kept for the next expansion in the same process (a language server expands a
/// stack at every keystroke).
fn load(path: &str, source: &str) -> Result<Loaded, String> {
    static CACHE: Mutex<Option<Cache>> = Mutex::new(None);
    let root = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let file = Path::new(&root).join(path);
    let changed = fs::metadata(&file)
        .and_then(|metadata| metadata.modified())
        .map_err(|error| error.to_string())?;
    let key = (file, source.to_owned());
    let mut cache = CACHE.lock().unwrap_or_else(PoisonError::into_inner);
    let cache = cache.get_or_insert_with(HashMap::new);
    if let Some((_, loaded)) = cache.get(&key).filter(|(time, _)| *time == changed) {
        return Ok(*loaded);
    }
    let text = fs::read(&key.0).map_err(|error| error.to_string())?;
    let loaded = schema(&text, source)?;
    cache.insert(key, (changed, loaded));
    Ok(loaded)
}

fn schema(text: &[u8], source: &str) -> Result<Loaded, String> {
    // The file does not say of which version it is.
    let table = Schema::encode_slice(text, source, "").map_err(|error| error.to_string())?;
    let table: &'static [u8] = Box::leak(table.into_boxed_slice());
    let schema = Schema::from_bytes(table).map_err(|error| error.to_string())?;
    Ok(Loaded {
        schema: Box::leak(Box::new(schema)),
        table,
    })
}
