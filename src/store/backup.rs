//! Backups of a profile: whole copies of the log, each checked before it gets its name, thinned as they grow old.
//!
//! A name says all that is needed to choose one: `0012-2026-11-23T230107Z-1204-daily.db` is the twelfth, made at that
//! time (UTC), with 1,204 events, as the backup of the day. The first number orders them, whatever the clock said.

mod thin;

use super::check::Census;
use super::connect::{BUSY, keep_little};
use super::error::unusable;
use super::profile::private_folder;
use super::{StoreError, check, place, private_file};
use rusqlite::{Connection, OpenFlags};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

/// The folder of a profile that holds them.
const FOLDER: &str = "backups";
/// How a copy ends that has not been checked yet.
const UNCHECKED: &str = ".tmp";

/// What a backup was made for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The first start of a day after something was logged.
    Daily,
    /// An exam that is over.
    Exam,
    /// A new version of the file.
    Schema,
    /// Reading an export in.
    Import,
    /// The state that another backup was about to replace.
    BeforeRestore,
    /// The state that was gone back to.
    Restored,
    /// The state after a repair.
    Repaired,
    /// It was asked for.
    Asked,
}

impl Why {
    const ALL: [(Self, &str); 8] = [
        (Self::Daily, "daily"),
        (Self::Exam, "exam"),
        (Self::Schema, "schema"),
        (Self::Import, "import"),
        (Self::BeforeRestore, "replaced"),
        (Self::Restored, "restored"),
        (Self::Repaired, "repaired"),
        (Self::Asked, "asked"),
    ];

    /// The word for it in a backup's name.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(why, _)| *why == self).map_or("", |(_, id)| id)
    }

    /// What it was made for, in words.
    pub fn words(self) -> &'static str {
        match self {
            Self::Daily => "of the day",
            Self::Exam => "after an exam",
            Self::Schema => "before a new version of the file",
            Self::Import => "before an import",
            Self::BeforeRestore => "before going back to another one",
            Self::Restored => "the one gone back to",
            Self::Repaired => "after a repair",
            Self::Asked => "asked for",
        }
    }
}

/// A backup that was found whole when it was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Backup {
    /// The file.
    pub path: PathBuf,
    /// Its number: a later one is newer, whatever the clock said.
    pub number: u64,
    /// When it was made, in UTC milliseconds.
    pub at_ms: i64,
    /// The events in it.
    pub events: u64,
    /// What it was made for.
    pub why: Why,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Backup {
    fn from_path(path: PathBuf) -> Option<Self> {
        let name = path.file_name()?.to_str()?.strip_suffix(".db")?;
        let (number, rest) = name.split_once('-')?;
        let (rest, why) = rest.rsplit_once('-')?;
        let (time, events) = rest.rsplit_once('-')?;
        // A colon can't stand in a file's name everywhere.
        let (day, clock) = time.split_at_checked(13)?;
        let (minute, second) = clock.split_at_checked(2)?;
        let time: jiff::Timestamp = format!("{day}:{minute}:{second}").parse().ok()?;
        Some(Self {
            number: number.parse().ok()?,
            at_ms: time.as_millisecond(),
            events: events.parse().ok()?,
            why: Why::ALL.iter().find(|(_, id)| *id == why)?.0,
            bytes: path.metadata().ok()?.len(),
            path,
        })
    }

    /// Opens it for reading, once it was found whole again.
    ///
    /// # Errors
    /// It is damaged, gone, or holds another number of events than its name says.
    pub fn open_checked(&self) -> Result<Connection, StoreError> {
        let bad = |cause: String| StoreError::BadBackup { path: self.path.clone(), cause };
        verify(&self.path, Some(self.events)).map(|(connection, _)| connection).map_err(|e| bad(e.to_string()))
    }
}

/// The folder of a profile's backups.
pub fn folder_of(profile: &Path) -> PathBuf {
    profile.join(FOLDER)
}

/// The backups of a profile, the newest first.
pub fn list(profile: &Path) -> Vec<Backup> {
    let Ok(entries) = fs::read_dir(folder_of(profile)) else { return vec![] };
    let mut backups: Vec<Backup> = entries.flatten().filter_map(|e| Backup::from_path(e.path())).collect();
    backups.sort_by_key(|b| std::cmp::Reverse(b.number));
    backups
}

/// The backups that tell the present story of a profile, the newest first: those made before a restore tell another.
pub fn of_this_story(profile: &Path) -> Vec<Backup> {
    list(profile).into_iter().take_while(|b| b.why != Why::BeforeRestore).collect()
}

/// Makes a backup, checks it, gives it its name, and thins the old ones.
///
/// # Errors
/// The log is damaged (a copy of that would be no backup), or the copy can't be written.
pub fn make(connection: &Connection, profile: &Path, at_ms: i64, why: Why) -> Result<Backup, StoreError> {
    // The one of the day is made beside the screen, and must not meet another of the same number.
    static ONE: Mutex<()> = Mutex::new(());
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let made = copy(connection, profile, at_ms, why)?;
    // What could not be removed stays; that is no reason to fail.
    for old in thin::surplus(&list(profile)) {
        let _ = fs::remove_file(&old.path);
    }
    Ok(made)
}

fn copy(connection: &Connection, profile: &Path, at_ms: i64, why: Why) -> Result<Backup, StoreError> {
    let folder = folder_of(profile);
    private_folder(&folder)?;
    let number = list(profile).first().map_or(1, |b| b.number + 1);
    let unchecked = folder.join(format!("{number:04}{UNCHECKED}"));
    let outcome = copy_into(connection, &unchecked).and_then(|events| {
        let time = jiff::Timestamp::from_millisecond(at_ms).unwrap_or_default();
        let name = format!("{number:04}-{}-{events}-{}.db", time.strftime("%Y-%m-%dT%H%M%SZ"), why.id());
        let path = folder.join(name);
        place::rename(&unchecked, &path)?;
        Backup::from_path(path.clone()).ok_or_else(|| unusable(&path, &"it is not there after it was written"))
    });
    if outcome.is_err() {
        let _ = fs::remove_file(&unchecked);
    }
    outcome
}

/// Copies the whole log into a new private file, checks the copy, and waits until it is on disk; gives its events.
pub(super) fn copy_into(connection: &Connection, path: &Path) -> Result<u64, StoreError> {
    let _ = fs::remove_file(path);
    private_file(path)?;
    connection.execute("VACUUM INTO ?1", [path.to_string_lossy()])?;
    let (_, census) = verify(path, None)?;
    place::sync_file(path)?;
    Ok(census.whole)
}

/// Looks at every page and row of a copy that nobody writes to.
fn verify(path: &Path, events: Option<u64>) -> Result<(Connection, Census), StoreError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    keep_little(&connection)?;
    super::migrate::refuse_foreign(&connection, path)?;
    if let Some(fault) = check::thorough(&connection)?.first() {
        return Err(StoreError::Damaged(fault.clone()));
    }
    let census = check::census(&connection)?;
    if !census.is_whole() {
        let (damaged, missing) = (census.damaged, census.missing);
        return Err(StoreError::Damaged(format!("{damaged} entries are damaged and {missing} missing")));
    }
    if events.is_some_and(|events| events != census.whole) {
        return Err(StoreError::Damaged("it holds another number of entries than its name says".into()));
    }
    Ok((connection, census))
}

/// Whether a backup of the day is due: something was logged since the last one, and that was made on another day.
pub fn is_due(connection: &Connection, profile: &Path, at_ms: i64) -> bool {
    let backups = list(profile);
    let newest = backups.first();
    if newest.is_some_and(|newest| thin::day(newest.at_ms) == thin::day(at_ms)) {
        return false;
    }
    let events = connection.query_row("SELECT COUNT(*) FROM event", [], |row| row.get::<_, i64>(0)).unwrap_or(0);
    events > 0 && newest.is_none_or(|newest| newest.events != events.unsigned_abs())
}

/// Removes copies that were cut off before they were checked. Only for the one that holds the profile.
pub(super) fn tidy(profile: &Path) {
    let Ok(entries) = fs::read_dir(folder_of(profile)) else { return };
    for path in entries.flatten().map(|e| e.path()) {
        let name = path.file_name().and_then(|n| n.to_str()).unwrap_or_default();
        if name.contains(UNCHECKED) {
            let _ = fs::remove_file(path);
        }
    }
}
