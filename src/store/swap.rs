//! Putting another file in the place of a profile's log, so that a crash leaves the old one or the new one.
//!
//! The new file is complete, checked and on disk before it gets the name `progress.db.ready`. From then on it is the
//! log: whoever opens the profile next finishes the exchange if it was cut off.

use super::error::failed;
use super::names::{COMPANIONS, DATABASE, NEW, READY, beside};
use super::{StoreError, place};
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Where a new log is prepared.
pub fn workplace(profile: &Path) -> PathBuf {
    profile.join(NEW)
}

/// The file that holds the log now: the one that is ready, if an exchange was cut off.
pub fn database(profile: &Path) -> PathBuf {
    let ready = profile.join(READY);
    if ready.is_file() { ready } else { profile.join(DATABASE) }
}

/// Makes the prepared file the log. Only for the one that holds the profile, with no connection open.
pub fn put(profile: &Path) -> Result<(), StoreError> {
    place::rename(&workplace(profile), &profile.join(READY))?;
    finish(profile)
}

/// Finishes an exchange that was cut off, and removes a new file that was not ready.
pub fn finish(profile: &Path) -> Result<(), StoreError> {
    remove(&workplace(profile))?;
    let ready = profile.join(READY);
    if ready.is_file() {
        // What stands beside the old file would be taken for a part of the new one. All of it was copied before.
        for companion in COMPANIONS {
            remove(&beside(&profile.join(DATABASE), companion))?;
            remove(&beside(&ready, companion))?;
        }
        place::sync_folder(profile)?;
        place::rename(&ready, &profile.join(DATABASE))?;
    }
    Ok(())
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(failed(path, &error)),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(path: &Path) -> Option<String> {
        fs::read_to_string(path).ok()
    }

    /// Whatever the moment at which an exchange was cut off, the next one who opens has one file or the other.
    #[test]
    fn an_exchange_that_was_cut_off_is_finished_or_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let place = |name: &str| folder.path().join(name);
        let log = place(DATABASE);
        fs::write(&log, "old").unwrap();
        fs::write(place("progress.db-wal"), "of the old one").unwrap();
        fs::write(workplace(folder.path()), "half of the n").unwrap();
        finish(folder.path()).unwrap();
        assert_eq!(text(&log).as_deref(), Some("old"));
        assert!(place("progress.db-wal").exists() && !workplace(folder.path()).exists());
        fs::write(place(READY), "new").unwrap();
        assert_eq!(text(&database(folder.path())).as_deref(), Some("new"), "who only reads sees it at once");
        finish(folder.path()).unwrap();
        assert_eq!(text(&log).as_deref(), Some("new"));
        assert!(!place("progress.db-wal").exists() && !place(READY).exists());
    }
}
