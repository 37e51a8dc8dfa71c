//! The share of a processor that Lambda gives to a function.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Outcome;

/// With so many megabytes a function has one whole processor, and with less the same part of it.
const WHOLE_PROCESSOR: u64 = 1769;

/// How often the system hands shares out, in microseconds.
const PERIOD: u64 = 20_000;

/// A control group; it is removed when it is dropped.
pub(crate) struct Share {
    folder: PathBuf,
}

impl Share {
    /// Makes the share of a function with so many megabytes.
    pub(crate) fn of(memory: u32) -> Result<Self, String> {
        Self::under(Path::new("/sys/fs/cgroup"), memory)
    }

    fn under(root: &Path, memory: u32) -> Result<Self, String> {
        let quota = PERIOD * u64::from(memory) / WHOLE_PROCESSOR;
        let (parent, settings) = if root.join("cpu/cpu.cfs_quota_us").exists() {
            let settings = vec![
                ("cpu.cfs_period_us", PERIOD.to_string()),
                ("cpu.cfs_quota_us", quota.to_string()),
            ];
            (root.join("cpu"), settings)
        } else {
            let handed_down = fs::read_to_string(root.join("cgroup.subtree_control"));
            if !handed_down.is_ok_and(|all| all.split_whitespace().any(|name| name == "cpu")) {
                return Err("this system has no control groups for the processor".to_owned());
            }
            (
                root.to_owned(),
                vec![("cpu.max", format!("{quota} {PERIOD}"))],
            )
        };
        let folder = parent.join(format!("webhook-bench-{}-{memory}", std::process::id()));
        fs::create_dir(&folder)
            .map_err(|error| format!("the control group cannot be made: {error}"))?;
        let share = Self { folder };
        for (name, value) in settings {
            fs::write(share.folder.join(name), value)
                .map_err(|error| format!("the control group does not take `{name}`: {error}"))?;
        }
        Ok(share)
    }

    /// Has a process live with this share from now on.
    pub(crate) fn hold(&self, process: u32) -> Outcome<()> {
        fs::write(self.folder.join("cgroup.procs"), process.to_string())
            .map_err(|error| format!("the control group does not take the process: {error}"))?;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir(&self.folder) {
            eprintln!("{}: cannot be removed: {error}", self.folder.display());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_system_without_control_groups_says_so() {
        let root = tempfile::tempdir().unwrap();
        let reason = Share::under(root.path(), 128).err().unwrap();
        assert!(reason.contains("no control groups"), "{reason}");
    }
}
