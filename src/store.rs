//! One learner's log, in one SQLite file, and the profiles that hold them.
//!
//! The truth is the append-only table of events; everything else is derived from it by `core::progress`. An answer is
//! reported as saved only after its transaction is on disk.

mod guard;
pub mod log;
mod migrate;
pub mod profile;
pub mod report_file;
pub mod transfer;

use crate::core::bank::Item;
use crate::core::calendar::Stamp;
use crate::core::event::{Event, EventId, ExamId, Fact};
use rusqlite::{Connection, OpenFlags, OptionalExtension, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;
use uuid::Uuid;

/// The database's name in a profile's folder.
pub const DATABASE: &str = "progress.db";
/// The lock's name in a profile's folder.
const LOCK: &str = "profile.lock";

/// Why a profile can't be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another window is writing.
    #[error("the profile is open in another window of swprep")]
    InUse,
    /// A newer version made the file.
    #[error(
        "{} was made by a newer version of swprep (schema {found}, this one knows {known}); nothing was changed", path.display()
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// The file belongs to another program.
    #[error("{} is not a swprep profile", .0.display())]
    Foreign(PathBuf),
    /// The folder or file can't be written or read.
    #[error("can't use {}: {cause}", path.display())]
    Unusable {
        /// The file or folder.
        path: PathBuf,
        /// What the system said.
        cause: String,
    },
    /// The log lies in memory only.
    #[error("there is no folder for reports")]
    NoFolder,
    /// There is a file of that name.
    #[error("{} is there already; nothing was written", .0.display())]
    Exists(PathBuf),
    /// SQLite refused.
    #[error("the progress file refused: {0}")]
    Sql(#[from] rusqlite::Error),
    /// An event could not be put into words; this is a fault of the program.
    #[error("an event could not be written: {0}")]
    Encode(#[from] serde_json::Error),
    /// The profile does not exist.
    #[error("there is no profile named {0}")]
    NoProfile(String),
    /// The profile exists already.
    #[error("there is already a profile named {0}")]
    ProfileExists(String),
    /// The name can't be a profile's name.
    #[error("a profile's name needs at least one letter or digit: {0:?}")]
    BadName(String),
}

/// Chance for identities: sixty-four bits at a time.
pub type Dice = Box<dyn FnMut() -> u64>;

/// The last sign of life of a running exam.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heartbeat {
    /// The phase it was written in: `section N` or `break N`.
    pub phase: String,
    /// Active time of that phase.
    pub spent: Duration,
    /// When it was written, in UTC milliseconds.
    pub at_ms: i64,
}

/// An open profile.
pub struct Store {
    connection: Connection,
    device: Uuid,
    next_seq: i64,
    dice: Dice,
    _lock: Option<File>,
}

impl Store {
    /// Opens a profile for writing, making it if it is not there.
    ///
    /// # Errors
    /// Another window writes to it, the folder can't be written, or the file is foreign, newer or broken.
    pub fn open(folder: &Path, mut dice: Dice) -> Result<Self, StoreError> {
        profile::private_folder(folder)?;
        guard::keep_private(folder)?;
        let lock = lock(folder)?;
        let path = folder.join(DATABASE);
        private_file(&path)?;
        let mut connection = Connection::open(&path).map_err(|e| unusable(&path, &e))?;
        migrate::refuse_foreign(&connection, &path)?;
        set_up(&connection)?;
        migrate::migrate(&mut connection, &path)?;
        let device = device(&connection, &mut dice)?;
        let next_seq = connection.query_row(
            "SELECT COALESCE(MAX(seq), 0) + 1 FROM event WHERE device = ?1",
            [device.as_bytes().as_slice()],
            |row| row.get(0),
        )?;
        Ok(Self { connection, device, next_seq, dice, _lock: Some(lock) })
    }

    /// Opens a profile for reading only, beside a window that may be writing.
    ///
    /// # Errors
    /// There is no such profile, or it can't be read.
    pub fn read_only(folder: &Path) -> Result<Self, StoreError> {
        let path = folder.join(DATABASE);
        if !path.exists() {
            return Err(StoreError::NoProfile(
                folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
            ));
        }
        let connection =
            Connection::open_with_flags(&path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)
                .map_err(|e| unusable(&path, &e))?;
        connection.busy_timeout(BUSY)?;
        migrate::refuse_foreign(&connection, &path)?;
        Ok(Self { connection, device: Uuid::nil(), next_seq: 0, dice: Box::new(|| 0), _lock: None })
    }

    /// Opens a log in memory: for tests, and for a session that can't be saved.
    ///
    /// # Errors
    /// SQLite has no memory left.
    pub fn in_memory(mut dice: Dice) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        migrate::migrate(&mut connection, Path::new(":memory:"))?;
        let device = device(&connection, &mut dice)?;
        Ok(Self { connection, device, next_seq: 1, dice, _lock: None })
    }

    /// Writes facts as events in one transaction, and returns the events once they are on disk.
    ///
    /// # Errors
    /// Nothing was written: the disk is full, the file is read only, or SQLite refused for another reason.
    pub fn append(&mut self, at: Stamp, facts: Vec<Fact>) -> Result<Vec<Event>, StoreError> {
        if facts.is_empty() {
            return Ok(vec![]);
        }
        let events: Vec<Event> = facts.into_iter().map(|fact| Event { id: self.new_id(at), at, fact }).collect();
        let device = self.device;
        let first = self.next_seq;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = transaction.prepare_cached(INSERT)?;
            for (n, event) in events.iter().enumerate() {
                insert_event(&mut insert, event, &device, first + n as i64)?;
            }
        }
        transaction.commit()?;
        self.next_seq = first + events.len() as i64;
        Ok(events)
    }

    /// Notes how far the clock of a running exam has come. It overwrites the last note.
    ///
    /// # Errors
    /// The note could not be written; the exam itself is not touched.
    pub fn beat(&mut self, exam: &ExamId, beat: &Heartbeat) -> Result<(), StoreError> {
        self.connection
            .prepare_cached("INSERT OR REPLACE INTO clock (exam, phase, spent_ms, at_ms) VALUES (?1, ?2, ?3, ?4)")?
            .execute(params![exam.0, beat.phase, beat.spent.as_millis() as i64, beat.at_ms])?;
        Ok(())
    }

    /// The last note of an exam's clock.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn last_beat(&self, exam: &ExamId) -> Result<Option<Heartbeat>, StoreError> {
        let beat = self
            .connection
            .query_row("SELECT phase, spent_ms, at_ms FROM clock WHERE exam = ?1", [&exam.0], |row| {
                let spent: i64 = row.get(1)?;
                Ok(Heartbeat {
                    phase: row.get(0)?,
                    spent: Duration::from_millis(spent.max(0) as u64),
                    at_ms: row.get(2)?,
                })
            })
            .optional()?;
        Ok(beat)
    }

    /// Keeps copies of items, so that a report can show what was asked after the bank has changed.
    ///
    /// # Errors
    /// The copies could not be written.
    pub fn keep_items<'a>(&mut self, items: impl IntoIterator<Item = &'a Item>) -> Result<(), StoreError> {
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert =
                transaction.prepare_cached("INSERT OR IGNORE INTO item_copy (hash, body) VALUES (?1, ?2)")?;
            for item in items {
                insert.execute(params![item.content_hash(), serde_json::to_string(item)?])?;
            }
        }
        transaction.commit()?;
        Ok(())
    }

    /// The copy of an item's version, if one was kept.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn kept_item(&self, hash: &str) -> Result<Option<Item>, StoreError> {
        let body: Option<String> = self
            .connection
            .query_row("SELECT body FROM item_copy WHERE hash = ?1", [hash], |row| row.get(0))
            .optional()?;
        Ok(body.and_then(|b| serde_json::from_str(&b).ok()))
    }

    /// A new identity for an exam or a sitting.
    pub fn new_name(&mut self, at: Stamp) -> String {
        self.new_id(at).0.to_string()
    }

    fn new_id(&mut self, at: Stamp) -> EventId {
        let mut random = [0; 10];
        random[..8].copy_from_slice(&(self.dice)().to_le_bytes());
        random[8..].copy_from_slice(&(self.dice)().to_le_bytes()[..2]);
        EventId(uuid::Builder::from_unix_timestamp_millis(at.ms.max(0) as u64, &random).into_uuid())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        // A tidy file is a courtesy: every answer is already safe, so a failure here says nothing.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

const BUSY: Duration = Duration::from_secs(5);
const INSERT: &str = "INSERT INTO event (id, device, seq, at_ms, off_min, kind, v, body, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8)";

fn insert_event(
    insert: &mut rusqlite::CachedStatement<'_>,
    event: &Event,
    device: &Uuid,
    seq: i64,
) -> Result<(), StoreError> {
    let body = event.fact.to_json()?;
    let sum = checksum(event, device, seq, &body);
    insert.execute(params![
        event.id.0.as_bytes().as_slice(),
        device.as_bytes().as_slice(),
        seq,
        event.at.ms,
        event.at.offset_min,
        event.fact.kind(),
        body,
        sum.as_slice()
    ])?;
    Ok(())
}

/// Eight bytes of SHA-256 over everything that a row holds. Written with every event, so that a check of the file can
/// find damage to a single bit, which SQLite's own checks do not.
fn checksum(event: &Event, device: &Uuid, seq: i64, body: &str) -> [u8; 8] {
    let mut hash = Sha256::new();
    hash.update(event.id.0.as_bytes());
    hash.update(device.as_bytes());
    hash.update(seq.to_le_bytes());
    hash.update(event.at.ms.to_le_bytes());
    hash.update(event.at.offset_min.to_le_bytes());
    hash.update(event.fact.kind().as_bytes());
    hash.update([0]);
    hash.update(body.as_bytes());
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash.finalize()[..8]);
    sum
}

/// The identity of this copy of the profile; made once.
fn device(connection: &Connection, dice: &mut Dice) -> Result<Uuid, StoreError> {
    let known: Option<String> =
        connection.query_row("SELECT value FROM meta WHERE key = 'device'", [], |row| row.get(0)).optional()?;
    if let Some(device) = known.and_then(|text| Uuid::parse_str(&text).ok()) {
        return Ok(device);
    }
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&dice().to_le_bytes());
    bytes[8..].copy_from_slice(&dice().to_le_bytes());
    let device = uuid::Builder::from_random_bytes(bytes).into_uuid();
    connection.execute("INSERT INTO meta (key, value) VALUES ('device', ?1)", [device.to_string()])?;
    Ok(device)
}

fn set_up(connection: &Connection) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY)?;
    let mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    if mode != "wal" {
        // Some file systems can't do it; a rollback journal is as safe, only slower.
        let got: String = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
        if got != "wal" {
            connection.query_row("PRAGMA journal_mode = TRUNCATE", [], |_| Ok(()))?;
        }
    }
    connection.execute_batch(
        "PRAGMA synchronous = FULL; PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON; \
         PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON;",
    )?;
    // The log is read once, from one end to the other; its pages are of no use afterwards.
    connection.execute_batch("PRAGMA cache_size = -256")?;
    connection.query_row("PRAGMA journal_size_limit = 8388608", [], |_| Ok(()))?;
    Ok(())
}

/// Holds the profile for this process. The system frees the lock when the process ends, however it ends.
fn lock(folder: &Path) -> Result<File, StoreError> {
    let path = folder.join(LOCK);
    private_file(&path)?;
    let file = OpenOptions::new().read(true).write(true).open(&path).map_err(|e| unusable(&path, &e))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(e)) => Err(unusable(&path, &e)),
    }
}

/// Makes sure that a file is there and readable by its owner only.
fn private_file(path: &Path) -> Result<(), StoreError> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map(drop).map_err(|e| unusable(path, &e))
}

fn unusable(path: &Path, cause: &dyn std::fmt::Display) -> StoreError {
    StoreError::Unusable { path: path.to_owned(), cause: cause.to_string() }
}

#[cfg(test)]
mod tests;
