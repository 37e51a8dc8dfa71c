//! The processor that everything runs on.

use std::io;

/// Keeps this process, and those that it will start, to one processor, since a function of Lambda has no more until it
/// has the memory for a whole one. On two, each request and answer wakes the other one, and where that one is virtual
/// this takes longer than much of what is measured.
#[cfg(target_os = "linux")]
pub(crate) fn keep_to_one() -> io::Result<()> {
    use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

    let allowed = sched_getaffinity(None)?;
    // The system's own work is more often on the first.
    let last = (0..CpuSet::MAX_CPU)
        .rev()
        .find(|&number| allowed.is_set(number));
    let mut one = CpuSet::new();
    one.set(last.ok_or_else(|| io::Error::other("there is none"))?);
    Ok(sched_setaffinity(None, &one)?)
}

/// What is measured is read from Linux's `/proc`, too.
#[cfg(not(target_os = "linux"))]
pub(crate) fn keep_to_one() -> io::Result<()> {
    Err(io::Error::new(
        io::ErrorKind::Unsupported,
        "functions are measured on Linux only",
    ))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use rustix::thread::sched_getaffinity;

    use super::keep_to_one;

    #[test]
    fn a_thread_keeps_to_one() {
        let kept = std::thread::spawn(|| {
            keep_to_one().unwrap();
            sched_getaffinity(None).unwrap().count()
        });
        assert_eq!(kept.join().unwrap(), 1);
    }
}
