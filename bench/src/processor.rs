//! The processor that everything runs on.

use std::io;

use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

/// Keeps this process, and those that it will start, to one processor, as Lambda's functions have at most one up to
/// 1769 MB. On two, each request and answer wakes the other one, and where that one is virtual this takes longer than
/// much of what is measured.
pub(crate) fn keep_to_one() -> io::Result<()> {
    let allowed = sched_getaffinity(None)?;
    // The system's own work is more often on the first.
    let last = (0..CpuSet::MAX_CPU)
        .rev()
        .find(|&number| allowed.is_set(number));
    let mut one = CpuSet::new();
    one.set(last.ok_or_else(|| io::Error::other("there is none"))?);
    Ok(sched_setaffinity(None, &one)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_thread_keeps_to_one() {
        let kept = std::thread::spawn(|| {
            keep_to_one().unwrap();
            sched_getaffinity(None).unwrap().count()
        });
        assert_eq!(kept.join().unwrap(), 1);
    }
}
