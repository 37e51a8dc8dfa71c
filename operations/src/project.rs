//! Where the project's files are, and where those of a run go.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::{Context, Error};

/// The folder of the workspace: the nearest one above the current folder that has the stack's output.
///
/// # Errors
/// When there is none.
pub fn root() -> Result<PathBuf, Error> {
    let here = std::env::current_dir().context(|| "the current folder is not there".to_owned())?;
    here.ancestors()
        .find(|folder| folder.join("out/main.tf.json").is_file())
        .map(Path::to_path_buf)
        .ok_or_else(|| {
            Error::new(format!(
                "{} is in no folder with an out/main.tf.json: change into the project, and run `cargo build` there",
                here.display()
            ))
        })
}

/// A folder of one run under `target/local/`, empty at the start, which no other process uses meanwhile.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    // Unlocked when the process ends, in whatever way.
    _lock: File,
}

impl Folder {
    /// Takes `target/local/{name}`, or, while others have it, `{name}-2` and so on.
    ///
    /// # Errors
    /// When the folder cannot be written.
    pub fn claim(root: &Path, name: &str) -> Result<Self, Error> {
        let parent = root.join("target/local");
        fs::create_dir_all(&parent).context(|| parent.display().to_string())?;
        for number in 1.. {
            let name = if number == 1 {
                name.to_owned()
            } else {
                format!("{name}-{number}")
            };
            let lock_path = parent.join(format!("{name}.lock"));
            let lock = File::create(&lock_path).context(|| lock_path.display().to_string())?;
            match lock.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => continue,
                Err(TryLockError::Error(error)) => {
                    return Err(error).context(|| lock_path.display().to_string());
                }
            }
            let path = parent.join(name);
            if path.exists() {
                fs::remove_dir_all(&path).context(|| path.display().to_string())?;
            }
            fs::create_dir_all(&path).context(|| path.display().to_string())?;
            return Ok(Self { path, _lock: lock });
        }
        unreachable!("there is always another number")
    }

    /// Its place.
    pub fn path(&self) -> &Path {
        &self.path
    }
}
