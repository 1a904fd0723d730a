//! The names of the files of a profile, and of those that stand beside one.

use std::path::{Path, PathBuf};

/// The log.
pub const DATABASE: &str = "progress.db";
/// A log that is complete and about to take the place of the old one.
pub const READY: &str = "progress.db.ready";
/// A log that is being prepared.
pub const NEW: &str = "progress.db.new";
/// Who writes.
pub const LOCK: &str = "profile.lock";
/// Changes that were written ahead of the file.
pub const WAL: &str = "-wal";
/// All that SQLite keeps beside a file that is open.
pub const COMPANIONS: [&str; 3] = [WAL, "-shm", "-journal"];

/// The companion of a file.
pub fn beside(file: &Path, companion: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(companion);
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As SQLite names them, whatever the file is called.
    #[test]
    fn a_companion_has_the_whole_name_of_its_file() {
        for name in [DATABASE, READY, NEW, "0012-asked.db"] {
            let folder = tempfile::tempdir().unwrap();
            let file = folder.path().join(name);
            let raw = rusqlite::Connection::open(&file).unwrap();
            raw.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (x)").unwrap();
            assert!(beside(&file, WAL).is_file() && beside(&file, COMPANIONS[1]).is_file(), "{name}");
        }
    }
}
