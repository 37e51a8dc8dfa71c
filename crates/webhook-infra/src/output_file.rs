//! Writing the output: as a whole, and only when it changes.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

/// Writes `content` to `file` unless it is there already.
///
/// A reader sees the old content or the new one, and when anything goes wrong the old one stays.
pub(crate) fn write(file: &Path, content: &str) -> io::Result<()> {
    if fs::read(file).is_ok_and(|old| old == content.as_bytes()) {
        return Ok(());
    }
    let folder = file.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = file
        .file_name()
        .map(|name| name.to_string_lossy())
        .unwrap_or_default();
    let temporary = folder.join(format!(".{name}.{}", std::process::id()));
    let result = fill(&temporary, content).and_then(|()| fs::rename(&temporary, file));
    if result.is_err() {
        // What is left of a failed attempt helps no one.
        let _ = fs::remove_file(&temporary);
    }
    result
}

fn fill(temporary: &Path, content: &str) -> io::Result<()> {
    let mut file = File::create(temporary)?;
    file.write_all(content.as_bytes())?;
    date_back(&file);
    file.sync_all()
}

/// Gives the file the time of the build script's own executable.
///
/// Cargo runs a script again when a file it watches is newer than the script's last run, and a file that
/// the run itself wrote would be: every change would be built twice. The executable is older than its run
/// and newer than the source.
fn date_back(file: &File) {
    let built = std::env::current_exe()
        .and_then(fs::metadata)
        .and_then(|metadata| metadata.modified());
    if let Ok(time) = built {
        // Where the file system cannot do it, the price is one build too many.
        let _ = file.set_modified(time);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(name: &str) -> std::path::PathBuf {
        let folder =
            std::env::temp_dir().join(format!("webhook-infra-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        folder
    }

    #[test]
    fn a_file_is_written_once_and_left_alone_after_that() {
        let folder = folder("once");
        let file = folder.join("a/b/main.tf.json");
        write(&file, "{}\n").unwrap();
        let first = fs::metadata(&file).unwrap().modified().unwrap();
        File::options()
            .write(true)
            .open(&file)
            .unwrap()
            .set_modified(first + std::time::Duration::from_secs(9))
            .unwrap();
        write(&file, "{}\n").unwrap();
        assert_ne!(
            fs::metadata(&file).unwrap().modified().unwrap(),
            first,
            "it was written again"
        );
        write(&file, "{ }\n").unwrap();
        assert_eq!(fs::read_to_string(&file).unwrap(), "{ }\n");
        assert_eq!(
            fs::read_dir(file.parent().unwrap()).unwrap().count(),
            1,
            "no temporary file is left"
        );
        fs::remove_dir_all(folder).unwrap();
    }

    #[test]
    fn a_failure_leaves_the_old_file() {
        let folder = folder("failure");
        fs::create_dir_all(folder.join("main.tf.json")).unwrap();
        assert!(write(&folder.join("main.tf.json"), "{}").is_err());
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        fs::remove_dir_all(folder).unwrap();
    }
}
