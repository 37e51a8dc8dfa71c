//! The archive of a function.

use std::fs;
use std::io::{Cursor, Write};
use std::path::Path;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::Outcome;

/// How hard to compress.
#[derive(Clone, Copy)]
pub(super) enum Effort {
    /// For what is used once, on this machine.
    Least,
    /// For what is uploaded, and loaded at each cold start.
    Best,
}

/// What is worth telling of an archive.
pub(super) struct Facts {
    pub(super) size: usize,
    pub(super) sha256: String,
    /// Whether the file had to be written.
    pub(super) changed: bool,
}

/// Writes an archive with these files, whole or not at all, and only when its bytes would change.
pub(super) fn write(path: &Path, files: &[(&str, &[u8])], effort: Effort) -> Outcome<Facts> {
    let bytes = bytes(files, effort)
        .map_err(|error| format!("{}: cannot be packed: {error}", path.display()))?;
    let changed = fs::read(path).ok().is_none_or(|before| before != bytes);
    if changed {
        replace(path, &bytes)
            .map_err(|error| format!("{}: cannot be written: {error}", path.display()))?;
    }
    Ok(Facts::of(&bytes, changed))
}

/// Those of an archive that is there already.
pub(super) fn facts(path: &Path) -> Option<Facts> {
    Some(Facts::of(&fs::read(path).ok()?, false))
}

impl Facts {
    fn of(archive: &[u8], changed: bool) -> Self {
        Self {
            size: archive.len(),
            sha256: HEXLOWER.encode(&Sha256::digest(archive)),
            changed,
        }
    }
}

/// The archive, whose bytes depend on nothing but the files: each has the first date that the format knows, and
/// may be read and run by everybody, as Lambda needs it.
fn bytes(files: &[(&str, &[u8])], effort: Effort) -> zip::result::ZipResult<Vec<u8>> {
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .compression_level(Some(match effort {
            Effort::Least => 1,
            Effort::Best => 9,
        }))
        .last_modified_time(DateTime::default())
        .unix_permissions(0o755);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in files {
        archive.start_file(*name, options)?;
        archive.write_all(content)?;
    }
    Ok(archive.finish()?.into_inner())
}

fn replace(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut file = tempfile::Builder::new();
    #[cfg(unix)]
    let file = {
        use std::os::unix::fs::PermissionsExt;
        file.permissions(fs::Permissions::from_mode(0o644))
    };
    let mut file = file.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use zip::ZipArchive;

    use super::*;

    #[test]
    fn the_same_program_gives_the_same_bytes() {
        let files = [("bootstrap", &b"a program"[..])];
        assert_eq!(
            bytes(&files, Effort::Best).unwrap(),
            bytes(&files, Effort::Best).unwrap()
        );
    }

    #[test]
    fn lambda_can_run_what_is_packed() {
        let packed = bytes(&[("bootstrap", b"a program")], Effort::Best).unwrap();
        let mut archive = ZipArchive::new(Cursor::new(packed)).unwrap();
        let mut entry = archive.by_name("bootstrap").unwrap();
        assert_eq!(entry.unix_mode().unwrap() & 0o777, 0o755);
        let date = entry.last_modified().unwrap();
        assert_eq!((date.year(), date.month(), date.day()), (1980, 1, 1));
        let mut content = String::new();
        entry.read_to_string(&mut content).unwrap();
        assert_eq!(content, "a program");
    }

    #[test]
    fn an_archive_is_written_when_it_changes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ingestion/bootstrap.zip");
        let written =
            |content: &[u8]| write(&path, &[("bootstrap", content)], Effort::Best).unwrap();
        let first = written(b"one");
        assert!(first.changed);
        assert!(!written(b"one").changed);
        let other = written(b"two");
        assert!(other.changed);
        assert_ne!(first.sha256, other.sha256);
        // Nothing is left beside it.
        assert_eq!(fs::read_dir(path.parent().unwrap()).unwrap().count(), 1);
    }
}
