//! Profiles to do harm to, and what their logs say.

use rusqlite::Connection;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use swprep::core::bank::Difficulty;
use swprep::core::calendar::Stamp;
use swprep::core::event::{Answered, Event, EventId, Fact, Shown};
use swprep::store::backup::{self, Why};
use swprep::store::{DATABASE, Dice, Store};

/// Tuesday, 24 November 2026, 19:05 in New York.
pub const AT: Stamp = Stamp { ms: 1_795_565_100_000, offset_min: -300 };

/// Chance from a seed.
pub fn dice(seed: u64) -> Dice {
    let mut n = seed;
    Box::new(move || {
        n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (n ^ (n >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed ^ (mixed >> 27)
    })
}

/// An answer of a sitting.
pub fn answer(n: usize) -> Fact {
    Fact::Answered(Answered {
        session: "s".into(),
        shown: Shown {
            item: format!("t-{:04}", n % 700).as_str().into(),
            hash: "0123456789abcdef".into(),
            objective: format!("t.g.o{}", n % 200).as_str().into(),
            key: 1,
            difficulty: Difficulty::Hard,
            order: vec![2, 0, 1],
        },
        choice: (n % 3) as u8,
        confidence: None,
        ms: 1234,
        struck: vec![],
    })
}

/// The folder of the profile in a data directory.
pub fn folder(data: &Path) -> PathBuf {
    data.join("profiles/default")
}

/// Writes so many answers; after the first `backed_up` of them a backup is made.
pub fn write(data: &Path, answers: usize, backed_up: usize) {
    let mut store = Store::open(&folder(data), dice(1)).unwrap();
    let at = |n: usize| Stamp { ms: AT.ms + n as i64 * 60_000, ..AT };
    store.append(AT, (0..backed_up).map(answer).collect()).unwrap();
    if backed_up > 0 {
        store.back_up(at(backed_up), Why::Asked).unwrap();
    }
    for n in (backed_up..answers).step_by(50) {
        store.append(at(n), (n..answers.min(n + 50)).map(answer).collect()).unwrap();
    }
}

/// The log of a data directory as the database holds it, past all that the program would check.
pub fn raw_log(data: &Path) -> Connection {
    Connection::open(folder(data).join(DATABASE)).unwrap()
}

/// Makes the file what the first released version wrote.
pub fn make_old(data: &Path) {
    let raw = raw_log(data);
    raw.execute_batch("DROP TABLE quarantine; PRAGMA user_version = 1; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
}

/// A folder in memory where the system has one: for tests of which no part depends on the disk.
pub fn memory_dir() -> tempfile::TempDir {
    tempfile::tempdir_in("/dev/shm").unwrap_or_else(|_| tempfile::tempdir().unwrap())
}

/// Copies a data directory; gives the copy.
pub fn copy(data: &Path) -> tempfile::TempDir {
    copy_to(data, tempfile::tempdir().unwrap())
}

/// Copies a data directory into a folder.
pub fn copy_to(data: &Path, copy: tempfile::TempDir) -> tempfile::TempDir {
    fn all(from: &Path, to: &Path) {
        fs::create_dir_all(to).unwrap();
        for entry in fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            let target = to.join(path.file_name().unwrap());
            if path.is_dir() {
                all(&path, &target);
            } else {
                fs::copy(&path, &target).unwrap();
            }
        }
    }
    all(data, copy.path());
    copy
}

/// The events of a log, which must be whole.
pub fn events(folder: &Path) -> Vec<Event> {
    let store = Store::read_only(folder).unwrap();
    let mut events = vec![];
    let census = store.pages(|page| events.extend(page.events().map(Result::unwrap))).unwrap();
    assert!(census.is_whole(), "{census:?}");
    events
}

/// The identities of a log's events.
pub fn ids(folder: &Path) -> BTreeSet<EventId> {
    events(folder).iter().map(|e| e.id).collect()
}

/// Every backup that has a name is whole.
pub fn backups_are_whole(folder: &Path) {
    for made in backup::list(folder) {
        made.open_checked().unwrap();
    }
}
