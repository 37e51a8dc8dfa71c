//! Which functions there are.

use std::path::Path;

use cargo_metadata::{MetadataCommand, TargetKind};

use super::Outcome;

/// The package whose programs are functions.
pub(crate) const PACKAGE: &str = "webhook-functions";

/// What Cargo knows of this workspace.
pub(super) struct Workspace {
    root: Box<Path>,
    functions: Vec<String>,
}

impl Workspace {
    /// Asks Cargo.
    pub(super) fn find() -> Outcome<Self> {
        let metadata = MetadataCommand::new()
            .manifest_path(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.toml"))
            .no_deps()
            .exec()
            .map_err(|error| format!("`cargo metadata` failed: {error}"))?;
        let package = metadata
            .packages
            .iter()
            .find(|package| package.name.as_str() == PACKAGE)
            .ok_or_else(|| format!("this workspace has no package `{PACKAGE}`"))?;
        let mut functions = package
            .targets
            .iter()
            .filter(|target| target.kind.contains(&TargetKind::Bin))
            .map(|target| target.name.clone())
            .collect::<Vec<_>>();
        functions.sort();
        if functions.is_empty() {
            return Err(format!(
                "the package `{PACKAGE}` has no programs; a function is a file in its `src/bin/`"
            )
            .into());
        }
        Ok(Self {
            root: metadata.workspace_root.into_std_path_buf().into(),
            functions,
        })
    }

    /// The folder with the root `Cargo.toml`.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// The names of the functions, sorted.
    pub(super) fn functions(&self) -> &[String] {
        &self.functions
    }
}

/// A path as a person would write it here.
pub(super) fn shown(path: &Path) -> String {
    let here = std::env::current_dir().unwrap_or_default();
    path.strip_prefix(here)
        .unwrap_or(path)
        .display()
        .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cargo_knows_the_functions() {
        let workspace = Workspace::find().unwrap();
        assert!(workspace.functions().contains(&"ingestion".to_owned()));
        assert!(workspace.root().join("Cargo.lock").exists());
    }
}
