//! One learner's log, in one SQLite file, and the profiles that hold them.
//!
//! The truth is the append-only table of events; everything else is derived from it by `core::progress`. An answer is
//! reported as saved only after its transaction is on disk.

pub mod backup;
mod carve;
pub mod check;
mod connect;
mod copies;
pub mod doctor;
mod error;
mod guard;
mod hold;
pub mod log;
mod migrate;
mod names;
mod place;
pub mod profile;
pub mod report_file;
pub mod restore;
mod row;
pub mod salvage;
mod swap;
pub mod sync;
pub mod transfer;

pub use error::StoreError;
pub use names::DATABASE;

use crate::core::bank::Item;
use crate::core::calendar::Stamp;
use crate::core::event::{Event, EventId, ExamId, Fact};
use backup::{Backup, Why};
use connect::{reading, set_up};
use error::unusable;
use hold::{lock, private_file};
use log::next_seq;
use row::{INSERT, Row};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;
use uuid::Uuid;

/// The name under which [`meta`] holds the identity of this copy of the profile.
const DEVICE: &str = "device";

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
    folder: Option<PathBuf>,
    lock: Option<File>,
    look: Look,
    /// Whether the folder lies on a network drive.
    network: bool,
}

/// So long the look at the file lets the first picture go before.
const FIRST_PICTURE: Duration = Duration::from_millis(300);

/// The quick look at the structure of a file that is written to.
enum Look {
    /// It found nothing.
    Sound,
    /// It goes on beside the program, or is about to begin; a word hurries it.
    Beside(Sender<()>, JoinHandle<Result<(), StoreError>>),
    /// It found this; nothing more is written.
    Damaged(String),
}

impl Store {
    /// Opens a profile for writing, making it if it is not there.
    ///
    /// # Errors
    /// Another window writes to it, the folder can't be written, or the file is foreign, newer or damaged.
    pub fn open(folder: &Path, dice: Dice) -> Result<Self, StoreError> {
        guard::keep_private(folder)?;
        let lock = lock(folder)?;
        Self::open_held(folder, dice, lock, true)
    }

    /// The same, at once: the look at the structure of the file is left for [`Self::look_beside`].
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_swiftly(folder: &Path, dice: Dice) -> Result<Self, StoreError> {
        guard::keep_private(folder)?;
        let lock = lock(folder)?;
        Self::open_held(folder, dice, lock, false)
    }

    /// The same, but waits for another window that is about to be done; commands that only write a line use it.
    ///
    /// # Errors
    /// As [`Self::open`]; the other window was not done in that time.
    pub fn open_patiently(folder: &Path, dice: Dice, patience: Duration) -> Result<Self, StoreError> {
        guard::keep_private(folder)?;
        let lock = hold::lock_patiently(folder, patience)?;
        Self::open_held(folder, dice, lock, true)
    }

    fn open_held(folder: &Path, mut dice: Dice, lock: File, at_once: bool) -> Result<Self, StoreError> {
        swap::finish(folder)?;
        backup::tidy(folder);
        let path = folder.join(DATABASE);
        if path.metadata().map_or(0, |m| m.len()) == 0 && !backup::list(folder).is_empty() {
            return Err(StoreError::Gone(path));
        }
        private_file(&path)?;
        let mut connection = Connection::open(&path).map_err(|e| unusable(&path, &e))?;
        let found = migrate::refuse_foreign(&connection, &path)?;
        let network = place::is_network(place::file_system(folder).as_deref());
        set_up(&connection, network)?;
        if at_once || found != migrate::KNOWN {
            check::quick(&connection)?;
        }
        migrate::migrate(&mut connection, found, Some(folder))?;
        let device = device(&connection, &mut dice)?;
        let next_seq = next_seq(&connection, device)?;
        Ok(Self {
            connection,
            device,
            next_seq,
            dice,
            folder: Some(folder.to_owned()),
            lock: Some(lock),
            look: Look::Sound,
            network,
        })
    }

    /// Opens a profile for reading only, beside a window that may be writing.
    ///
    /// # Errors
    /// There is no such profile, or it can't be read.
    pub fn read_only(folder: &Path) -> Result<Self, StoreError> {
        let path = swap::database(folder);
        let none =
            || StoreError::NoProfile(folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default());
        if path.metadata().map_or(0, |m| m.len()) == 0 {
            return Err(if backup::list(folder).is_empty() { none() } else { StoreError::Gone(path) });
        }
        let connection = reading(&path)?;
        if migrate::refuse_foreign(&connection, &path)? == 0 {
            // The very first start was cut off before there was a log.
            return Err(none());
        }
        check::quick(&connection)?;
        let folder = Some(folder.to_owned());
        Ok(Self {
            connection,
            device: Uuid::nil(),
            next_seq: 0,
            dice: Box::new(|| 0),
            folder,
            lock: None,
            look: Look::Sound,
            network: false,
        })
    }

    /// Opens a log in memory: for tests, and for a session that can't be saved.
    ///
    /// # Errors
    /// SQLite has no memory left.
    pub fn in_memory(mut dice: Dice) -> Result<Self, StoreError> {
        let mut connection = Connection::open_in_memory()?;
        migrate::migrate(&mut connection, 0, None)?;
        let device = device(&connection, &mut dice)?;
        let look = Look::Sound;
        Ok(Self { connection, device, next_seq: 1, dice, folder: None, lock: None, look, network: false })
    }

    /// Looks at the structure of the file on a thread beside the program. The first thing that is written waits for it,
    /// and nothing is written to a damaged file.
    pub fn look_beside(&mut self) {
        let Some(path) = self.folder.as_deref().map(|folder| folder.join(DATABASE)) else { return };
        let (hurry, hurried) = channel();
        let look = move || match hurried.recv_timeout(FIRST_PICTURE) {
            // The program was left before anything was written.
            Err(RecvTimeoutError::Disconnected) => Ok(()),
            _ => check::quick(&reading(&path)?),
        };
        self.look = Look::Beside(hurry, std::thread::spawn(look));
    }

    /// Waits for the look at the file.
    fn looked(&mut self) -> Result<(), StoreError> {
        if let Look::Beside(hurry, look) = std::mem::replace(&mut self.look, Look::Sound)
            && let (_, Ok(Err(error))) = (hurry.send(()), look.join())
        {
            self.look = match error {
                StoreError::Damaged(what) => Look::Damaged(what),
                // It could not look; what is written is read back at the next start all the same.
                _ => Look::Sound,
            };
        }
        match &self.look {
            Look::Damaged(what) => Err(StoreError::Damaged(what.clone())),
            _ => Ok(()),
        }
    }

    /// Writes facts as events in one transaction, and returns the events once they are on disk.
    ///
    /// # Errors
    /// Nothing was written: the disk is full, the file is read only, or SQLite refused for another reason.
    pub fn append(&mut self, at: Stamp, facts: Vec<Fact>) -> Result<Vec<Event>, StoreError> {
        if facts.is_empty() {
            return Ok(vec![]);
        }
        self.looked()?;
        let events: Vec<Event> = facts.into_iter().map(|fact| Event { id: self.new_id(at), at, fact }).collect();
        let device = self.device;
        let first = self.next_seq;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        {
            let mut insert = transaction.prepare_cached(INSERT)?;
            for (n, event) in events.iter().enumerate() {
                Row::of(event, device, first + n as i64)?.insert(&mut insert)?;
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
        self.looked()?;
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
        self.looked()?;
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

    /// Makes a backup; `None` for a log that lies in memory or holds nothing yet.
    ///
    /// # Errors
    /// The log is damaged, or the copy can't be written. The log itself is as it was.
    pub fn back_up(&self, at: Stamp, why: Why) -> Result<Option<Backup>, StoreError> {
        let empty: bool = self.connection.query_row("SELECT NOT EXISTS (SELECT 1 FROM event)", [], |row| row.get(0))?;
        let folder = self.folder.as_deref().filter(|_| !empty);
        folder.map(|folder| backup::make(&self.connection, folder, at.ms, why)).transpose()
    }

    /// Begins the backup of the day on a thread beside the program, if one is due. The program is not held up by it
    /// but for the end: there the thread must be waited for.
    pub fn daily_backup(&self, at: Stamp) -> Option<JoinHandle<Result<(), StoreError>>> {
        let folder = self.folder.clone()?;
        // The thread holds the profile as well: nobody else may begin before it is done.
        let lock = self.lock.as_ref()?.try_clone().ok()?;
        backup::is_due(&self.connection, &folder, at.ms).then(|| {
            std::thread::spawn(move || {
                let made = backup::make(&reading(&folder.join(DATABASE))?, &folder, at.ms, Why::Daily);
                drop(lock);
                made.map(drop)
            })
        })
    }

    /// What speaks against the place where the log lies, in words.
    pub fn doubtful_place(&self) -> Option<String> {
        self.folder.as_deref().and_then(|folder| place::doubt(folder, self.network))
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
        if let Look::Beside(hurry, look) = std::mem::replace(&mut self.look, Look::Sound) {
            drop(hurry);
            let _ = look.join();
        }
        // A tidy file is a courtesy: every answer is already safe, so a failure here says nothing.
        let _ = self.connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)");
    }
}

/// The identity of this copy of the profile; made once.
fn device(connection: &Connection, dice: &mut Dice) -> Result<Uuid, StoreError> {
    if let Some(device) = meta(connection, DEVICE)?.and_then(|text| Uuid::parse_str(&text).ok()) {
        return Ok(device);
    }
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&dice().to_le_bytes());
    bytes[8..].copy_from_slice(&dice().to_le_bytes());
    let device = uuid::Builder::from_random_bytes(bytes).into_uuid();
    set_meta(connection, DEVICE, &device.to_string())?;
    Ok(device)
}

/// Lets the next one who opens the file be another device.
fn forget_device(connection: &Connection) -> Result<(), StoreError> {
    connection.execute("DELETE FROM meta WHERE key = ?1", [DEVICE])?;
    Ok(())
}

/// A note in the file beside the log.
fn meta(connection: &Connection, key: &str) -> Result<Option<String>, StoreError> {
    let value = connection.query_row("SELECT value FROM meta WHERE key = ?1", [key], |row| row.get(0));
    Ok(value.optional()?)
}

fn set_meta(connection: &Connection, key: &str, value: &str) -> Result<(), StoreError> {
    connection.execute("INSERT OR REPLACE INTO meta (key, value) VALUES (?1, ?2)", [key, value])?;
    Ok(())
}

#[cfg(test)]
mod tests;
