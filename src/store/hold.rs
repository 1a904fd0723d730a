//! Who writes to a profile, and whose files they are.

use super::StoreError;
use super::error::{failed, unusable};
use super::names::LOCK;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Write};
use std::path::Path;
use std::time::{Duration, UNIX_EPOCH};

/// How long a command that mends or goes back waits for another one; a window that stays open is told soon.
pub(super) const A_MOMENT: Duration = Duration::from_millis(500);

/// Holds the profile for this process. The system frees the lock when the process ends, however it ends.
pub(super) fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK);
    if path.is_symlink() {
        // What it leads to would be emptied.
        return Err(StoreError::Link(path));
    }
    private_file(&path)?;
    let mut file = OpenOptions::new().read(true).write(true).open(&path).map_err(|e| unusable(&path, &e))?;
    match file.try_lock() {
        Ok(()) => {
            // For the message to a second window only.
            let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
            Ok(file)
        }
        Err(TryLockError::WouldBlock) => {
            let mut pid = String::new();
            let _ = file.read_to_string(&mut pid);
            let since = file.metadata().and_then(|m| m.modified()).ok();
            let since = since.and_then(|at| at.duration_since(UNIX_EPOCH).ok()).map(|at| at.as_millis() as i64);
            Err(StoreError::InUse { pid: pid.trim().parse().ok(), since_ms: since })
        }
        Err(TryLockError::Error(e)) => Err(unusable(&path, &e)),
    }
}

/// The same, but waits for another one that is about to be done.
pub(super) fn lock_patiently(folder: &Path, patience: Duration) -> Result<File, StoreError> {
    const STEP: Duration = Duration::from_millis(10);
    for _ in 0..patience.as_millis() / STEP.as_millis() {
        match lock(folder) {
            Err(StoreError::InUse { .. }) => std::thread::sleep(STEP),
            outcome => return outcome,
        }
    }
    lock(folder)
}

/// Makes sure that a file is there and readable by its owner only.
pub(super) fn private_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| failed(path, &e))
}

/// Whether a window holds the profile now; nothing is made or changed to find out.
pub(super) fn is_held(folder: &Path) -> bool {
    let file = OpenOptions::new().read(true).open(folder.join(LOCK));
    file.is_ok_and(|file| matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock)))
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;

    #[test]
    fn a_lock_that_is_a_link_is_refused_and_what_it_leads_to_is_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let other = dir.path().join("other");
        std::fs::write(&other, "not ours").unwrap();
        std::os::unix::fs::symlink(&other, dir.path().join(LOCK)).unwrap();
        assert!(matches!(lock(dir.path()), Err(StoreError::Link(_))));
        assert_eq!(std::fs::read_to_string(&other).unwrap(), "not ours");
    }
}
