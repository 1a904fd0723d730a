//! Mending a damaged profile: everything that can be read is brought together into a new file, what can't be read is set
//! aside, and the damaged bytes are kept as they were.

use super::backup::{self, Why};
use super::carve::carve;
use super::connect::BUSY;
use super::error::failed;
use super::row::{self, COLUMNS, Head, INSERT, Row};
use super::{DATABASE, StoreError, check, hold, migrate, place, private_file, profile, swap};
use rusqlite::{Connection, OpenFlags, TransactionBehavior, params};
use serde::Serialize;
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The folder of a profile that keeps damaged files.
const DAMAGED: &str = "damaged";

/// What a repair has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// Entries that could be read in the damaged file, pieces included.
    pub readable_before: u64,
    /// Entries in the mended file.
    pub readable_after: u64,
    /// Of these, the entries that only a backup still held.
    pub from_backups: u64,
    /// Damaged entries that no whole copy was found of; they were set aside.
    pub set_aside: u64,
    /// Entries that were numbered and are nowhere any more, those set aside included.
    pub lost: u64,
    /// Where the damaged bytes lie.
    pub kept: PathBuf,
}

/// What was brought together.
#[derive(Default)]
struct Found {
    rows: BTreeMap<(Uuid, i64), Row>,
    damaged: Vec<(Option<Head>, String)>,
    /// Copies of items, by hash.
    items: BTreeMap<String, String>,
    clocks: Vec<(String, String, i64, i64)>,
    /// What earlier repairs set aside.
    aside: Vec<(String, String, i64)>,
}

impl Found {
    fn take(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            self.rows.entry((row.head.device, row.head.seq)).or_insert(row);
        }
    }

    /// Reads what SQLite can still read; where it stops, the rest is left to others.
    fn read(&mut self, connection: &Connection) {
        let select = format!("SELECT {COLUMNS} FROM event NOT INDEXED ORDER BY rowid");
        let _ = each(connection, &select, |row| match Row::read(row) {
            Some(row) => self.take([row]),
            None => self.damaged.push((Head::read(row), row::remains(row))),
        });
        let _ = each(connection, "SELECT hash, body FROM item_copy NOT INDEXED", |row| {
            if let (Ok(hash), Ok(body)) = (row.get(0), row.get(1)) {
                self.items.entry(hash).or_insert(body);
            }
        });
        let _ = each(connection, "SELECT raw, reason, at_ms FROM quarantine", |row| {
            if let (Ok(raw), Ok(reason), Ok(at)) = (row.get(0), row.get(1), row.get(2)) {
                self.aside.push((raw, reason, at));
            }
        });
        let mut clocks = vec![];
        let _ = each(connection, "SELECT exam, phase, spent_ms, at_ms FROM clock NOT INDEXED", |row| {
            if let (Ok(exam), Ok(phase), Ok(spent), Ok(at)) = (row.get(0), row.get(1), row.get(2), row.get(3)) {
                clocks.push((exam, phase, spent, at));
            }
        });
        if self.clocks.is_empty() {
            self.clocks = clocks;
        }
    }

    /// Damaged rows of which no whole copy was found.
    fn unmended(&self) -> Vec<&str> {
        let known: HashSet<Uuid> = self.rows.values().map(|row| row.head.id).collect();
        let mended = |head: &Head| known.contains(&head.id) || self.rows.contains_key(&(head.device, head.seq));
        self.damaged
            .iter()
            .filter(|(head, _)| !head.as_ref().is_some_and(mended))
            .map(|(_, raw)| raw.as_str())
            .collect()
    }
}

fn each(connection: &Connection, sql: &str, mut take: impl FnMut(&rusqlite::Row<'_>)) -> rusqlite::Result<()> {
    let mut select = connection.prepare(sql)?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        take(row);
    }
    Ok(())
}

/// Mends a profile. The damaged bytes are kept first; the new file takes their place only when it is complete.
///
/// # Errors
/// The profile is open elsewhere, nothing at all can be read, or the disk refused; then all is as it was.
pub fn repair(profile: &Path, at_ms: i64) -> Result<Repaired, StoreError> {
    let lock = hold::lock_patiently(profile, hold::A_MOMENT)?;
    swap::finish(profile)?;
    backup::tidy(profile);
    let path = profile.join(DATABASE);
    if let Ok(connection) = open(&path)
        && let Err(newer @ StoreError::Newer { .. }) = migrate::refuse_foreign(&connection, &path)
    {
        return Err(newer);
    }
    let kept = keep_bytes(profile, at_ms)?;
    let mut found = Found::default();
    if let Ok(connection) = open(&path) {
        found.read(&connection);
    }
    found.take(carve_file(&path));
    let readable_before = found.rows.len() as u64;
    read_backups(profile, &mut found);
    if found.rows.is_empty() {
        return Err(StoreError::Damaged(format!(
            "nothing in it can be read and there is no backup; a copy of it lies in {}",
            kept.display()
        )));
    }
    let unmended = found.unmended();
    let set_aside = unmended.len() as u64;
    let readable_after = found.rows.len() as u64;
    let lost = build(&swap::workplace(profile), &found, &unmended, at_ms)?;
    swap::put(profile)?;
    backup::make(&open(&path)?, profile, at_ms, Why::Repaired)?;
    drop(lock);
    let from_backups = readable_after - readable_before;
    Ok(Repaired { readable_before, readable_after, from_backups, set_aside, lost, kept })
}

fn open(path: &Path) -> Result<Connection, StoreError> {
    let connection =
        Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
    connection.busy_timeout(BUSY)?;
    Ok(connection)
}

/// Reads backups, the newest first, until one is whole: the older ones hold nothing more.
fn read_backups(profile: &Path, found: &mut Found) {
    for backup in backup::of_this_story(profile) {
        match backup.open_checked() {
            Ok(connection) => return found.read(&connection),
            Err(_) => found.take(carve_file(&backup.path)),
        }
    }
}

fn carve_file(path: &Path) -> Vec<Row> {
    let bytes = |path: &Path| fs::read(path).unwrap_or_default();
    carve(&bytes(path), &bytes(&companion(path, "-wal")))
}

fn companion(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// Writes everything that was found into a new file, checks it, and gives the number of entries that are lost.
fn build(path: &Path, found: &Found, unmended: &[&str], at_ms: i64) -> Result<u64, StoreError> {
    let _ = fs::remove_file(path);
    private_file(path)?;
    let mut connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF")?;
    migrate::migrate(&mut connection, path, None)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut insert = transaction.prepare_cached(INSERT)?;
        for row in found.rows.values() {
            row.insert(&mut insert)?;
        }
        for (hash, body) in &found.items {
            // One that is no longer JSON is no copy of a question.
            transaction.execute(
                "INSERT INTO item_copy (hash, body) SELECT ?1, ?2 WHERE json_valid(?2)",
                params![hash, body],
            )?;
        }
        for (exam, phase, spent, at) in &found.clocks {
            transaction.execute(
                "INSERT OR REPLACE INTO clock (exam, phase, spent_ms, at_ms) VALUES (?1, ?2, ?3, ?4)",
                params![exam, phase, spent, at],
            )?;
        }
        let mut aside = transaction.prepare("INSERT INTO quarantine (raw, reason, at_ms) VALUES (?1, ?2, ?3)")?;
        for (raw, reason, at) in &found.aside {
            aside.execute(params![raw, reason, at])?;
        }
        for raw in unmended {
            aside.execute(params![raw, "its checksum was wrong", at_ms])?;
        }
    }
    let lost = check::accept_gaps(&transaction)?;
    transaction.commit()?;
    if let Some(fault) = check::thorough(&connection)?.first() {
        return Err(StoreError::Damaged(format!("the mended file, before it was used: {fault}")));
    }
    connection.close().map_err(|(_, error)| error)?;
    place::sync_file(path)?;
    Ok(lost)
}

/// Copies the log and what stands beside it, byte for byte, into a folder of its own.
///
/// # Errors
/// The disk refused.
pub(super) fn keep_bytes(profile: &Path, at_ms: i64) -> Result<PathBuf, StoreError> {
    let time = jiff::Timestamp::from_millisecond(at_ms).unwrap_or_default().strftime("%Y-%m-%dT%H%M%SZ").to_string();
    let name = |n: u32| profile.join(DAMAGED).join(if n == 1 { time.clone() } else { format!("{time}-{n}") });
    let folder = (1..1000).map(name).find(|folder| !folder.exists()).unwrap_or_else(|| name(1));
    let outcome = copy_bytes(profile, &folder);
    if outcome.is_err() {
        // Half a copy is none.
        let _ = fs::remove_dir_all(&folder);
    }
    outcome.map(|()| folder)
}

fn copy_bytes(profile: &Path, folder: &Path) -> Result<(), StoreError> {
    profile::private_folder(folder)?;
    for ending in std::iter::once("").chain(swap::COMPANIONS) {
        let from = profile.join(format!("{DATABASE}{ending}"));
        if from.is_file() {
            let to = folder.join(format!("{DATABASE}{ending}"));
            private_file(&to)?;
            fs::copy(&from, &to).map_err(|e| failed(&to, &e))?;
            place::sync_file(&to)?;
        }
    }
    place::sync_folder(folder)
}
