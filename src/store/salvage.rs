//! Mending a damaged profile: everything that can be read is brought together into a new file, what can't be read is set
//! aside, and the damaged bytes are kept as they were.

use super::backup::{self, Why};
use super::carve::carve;
use super::connect::reading;
use super::error::failed;
use super::names::{COMPANIONS, WAL, beside};
use super::row::{self, COLUMNS, Head, INSERT, Row};
use super::transfer::gaps::{self, GivenUp};
use super::transfer::{line, merge};
use super::{DATABASE, StoreError, check, copies, guard, hold, migrate, place, private_file, profile, swap};
use rusqlite::{Connection, TransactionBehavior, params};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use uuid::Uuid;

/// The folder of a profile that keeps damaged files.
const DAMAGED: &str = "damaged";

/// Why the copy of a question is set aside.
pub(super) const NOT_ITS_HASH: &str = "this copy of a question does not match its hash";

/// What a repair has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Repaired {
    /// Entries that could be read in the damaged file, pieces included.
    pub readable_before: u64,
    /// Entries in the mended file.
    pub readable_after: u64,
    /// Of these, the entries that only a backup still held.
    pub from_backups: u64,
    /// Damaged entries that no whole one was found of; they were set aside.
    pub set_aside: u64,
    /// The same of copies of questions.
    pub copies_set_aside: u64,
    /// Entries that were here and are nowhere any more, those set aside included. What never came from another device,
    /// or was known to be lost before, is none of them.
    pub lost: u64,
    /// Where the damaged bytes lie.
    pub kept: PathBuf,
}

/// What was brought together.
#[derive(Default)]
struct Found {
    /// Whole entries by their identity: the same one may have another number in a backup.
    rows: BTreeMap<Uuid, Row>,
    damaged: Vec<(Option<Head>, String)>,
    /// Whole copies of items, by hash.
    items: BTreeMap<String, String>,
    damaged_items: BTreeMap<String, String>,
    clocks: Vec<(String, String, i64, i64)>,
    /// What earlier repairs set aside; a backup holds the same.
    aside: BTreeSet<(String, String, i64)>,
    /// Numbers that were known to be given and not here.
    known_gaps: Option<u64>,
    /// What earlier repairs told as lost.
    given_up: Option<GivenUp>,
}

impl Found {
    fn take(&mut self, rows: impl IntoIterator<Item = Row>) {
        for row in rows {
            self.rows.entry(row.head.id).or_insert(row);
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
            let text = |n| row.get_ref(n).ok().and_then(|v| v.as_bytes().ok()).map(String::from_utf8_lossy);
            if let (Some(hash), Some(body)) = (text(0), text(1)) {
                let whole = copies::of(body.as_bytes(), &hash).is_some();
                let kept = if whole { &mut self.items } else { &mut self.damaged_items };
                kept.entry(hash.into_owned()).or_insert(body.into_owned());
            }
        });
        let _ = each(connection, "SELECT raw, reason, at_ms FROM quarantine", |row| {
            if let (Ok(raw), Ok(reason), Ok(at)) = (row.get(0), row.get(1), row.get(2)) {
                self.aside.insert((raw, reason, at));
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
        self.known_gaps = self.known_gaps.or_else(|| check::known_gaps(connection).ok());
        self.given_up = self.given_up.take().or_else(|| gaps::given_up(connection).ok());
    }

    /// What is damaged and of which no whole one was found: what is left of it, and why it is set aside.
    fn unmended(&self) -> Vec<(String, &'static str)> {
        let known: HashSet<(Uuid, i64)> = self.rows.values().map(|row| (row.head.device, row.head.seq)).collect();
        let mended = |head: &Head| self.rows.contains_key(&head.id) || known.contains(&(head.device, head.seq));
        let rows = self.damaged.iter().filter(|(head, _)| !head.as_ref().is_some_and(mended));
        let rows = rows.map(|(_, raw)| (raw.clone(), "its checksum was wrong"));
        let items = self.damaged_items.iter().filter(|(hash, _)| !self.items.contains_key(*hash));
        let items = items.map(|(hash, body)| serde_json::json!({ "hash": hash, "body": body }).to_string());
        rows.chain(items.map(|raw| (raw, NOT_ITS_HASH))).collect()
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
    guard::keep_private(profile)?;
    let lock = hold::lock_patiently(profile, hold::A_MOMENT)?;
    swap::finish(profile)?;
    backup::tidy(profile);
    let path = profile.join(DATABASE);
    if let Ok(connection) = reading(&path)
        && let Err(newer @ StoreError::Newer { .. }) = migrate::refuse_foreign(&connection, &path)
    {
        return Err(newer);
    }
    let kept = keep_bytes(profile, at_ms)?;
    let mut found = Found::default();
    if let Ok(connection) = reading(&path) {
        found.read(&connection);
    }
    found.take(carve_file(&path));
    let readable_before = found.rows.len() as u64;
    read_backups(profile, &mut found);
    if found.rows.is_empty() {
        return Err(StoreError::Hopeless(kept));
    }
    let unmended = found.unmended();
    let copies_set_aside = unmended.iter().filter(|(_, why)| *why == NOT_ITS_HASH).count() as u64;
    let set_aside = unmended.len() as u64 - copies_set_aside;
    let readable_after = found.rows.len() as u64;
    let lost = build(&swap::workplace(profile), &found, &unmended, at_ms)?;
    swap::put(profile)?;
    backup::make(&reading(&path)?, profile, at_ms, Why::Repaired)?;
    drop(lock);
    let from_backups = readable_after - readable_before;
    Ok(Repaired { readable_before, readable_after, from_backups, set_aside, copies_set_aside, lost, kept })
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
    carve(&bytes(path), &bytes(&beside(path, WAL)))
}

/// Writes everything that was found into a new file, checks it, and gives the number of entries that are lost.
fn build(path: &Path, found: &Found, unmended: &[(String, &str)], at_ms: i64) -> Result<u64, StoreError> {
    let _ = fs::remove_file(path);
    private_file(path)?;
    let mut connection = Connection::open(path)?;
    connection.execute_batch("PRAGMA synchronous = FULL; PRAGMA trusted_schema = OFF")?;
    migrate::migrate(&mut connection, 0, None)?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    {
        let mut insert = transaction.prepare_cached(INSERT)?;
        let mut aside = transaction.prepare("INSERT INTO quarantine (raw, reason, at_ms) VALUES (?1, ?2, ?3)")?;
        let mut rows: Vec<&Row> = found.rows.values().collect();
        rows.sort_by_key(|row| (row.head.device, row.head.seq));
        for row in rows {
            // Two may have one number where the file and a backup took in the entries of two copies in another order.
            match merge::place(&transaction, row)? {
                Some(device) if device == row.head.device => row.insert(&mut insert)?,
                Some(device) => merge::under(row, device).insert(&mut insert)?,
                None => {
                    aside.execute(params![line::of_row(row)?, "too many entries have its number", at_ms])?;
                }
            }
        }
        for (hash, body) in &found.items {
            transaction.execute("INSERT INTO item_copy (hash, body) VALUES (?1, ?2)", params![hash, body])?;
        }
        for (exam, phase, spent, at) in &found.clocks {
            transaction.execute(
                "INSERT OR REPLACE INTO clock (exam, phase, spent_ms, at_ms) VALUES (?1, ?2, ?3, ?4)",
                params![exam, phase, spent, at],
            )?;
        }
        for (raw, reason, at) in &found.aside {
            aside.execute(params![raw, reason, at])?;
        }
        for (raw, reason) in unmended {
            aside.execute(params![raw, reason, at_ms])?;
        }
    }
    let lost = check::accept_gaps(&transaction)?.saturating_sub(found.known_gaps.unwrap_or(0));
    if lost > 0 {
        gaps::give_up(&transaction)?;
    } else {
        gaps::still_given_up(&transaction, found.given_up.as_ref().unwrap_or(&GivenUp::new()))?;
    }
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
    for ending in std::iter::once("").chain(COMPANIONS) {
        let from = beside(&profile.join(DATABASE), ending);
        if from.is_file() {
            let to = beside(&folder.join(DATABASE), ending);
            private_file(&to)?;
            fs::copy(&from, &to).map_err(|e| failed(&to, &e))?;
            place::sync_file(&to)?;
        }
    }
    place::sync_folder(folder)
}
