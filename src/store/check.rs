//! Whether a log is whole: its rows by their checksums, its numbers by their order, its pages by SQLite's own checks.

use super::row::{self, COLUMNS, Head};
use super::{StoreError, meta};
use rusqlite::Connection;
use std::collections::HashMap;
use uuid::Uuid;

/// The name under which [`meta`] holds how many entries are known to be lost.
const LOST: &str = "lost";

/// What a look at every row of a log has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Census {
    /// Rows in the file.
    pub rows: u64,
    /// Rows whose checksum is right.
    pub whole: u64,
    /// Rows that are not what was written.
    pub damaged: u64,
    /// Entries that were numbered and are not there at all; those known to be lost since a repair are not counted.
    pub missing: u64,
    /// When the newest event happened, in UTC milliseconds.
    pub last_ms: i64,
    devices: HashMap<Uuid, (u64, i64)>,
}

impl Census {
    /// Counts a row: its head if it is whole.
    pub(super) fn count(&mut self, whole: Option<&Head>) {
        self.rows += 1;
        let Some(head) = whole else {
            self.damaged += 1;
            return;
        };
        self.whole += 1;
        self.last_ms = self.last_ms.max(head.at.ms);
        let (rows, last) = self.devices.entry(head.device).or_default();
        *rows += 1;
        *last = head.seq.max(*last);
    }

    /// Finishes the count of a file's rows, and holds it against what its index and its notes say.
    ///
    /// # Errors
    /// The index knows of other rows, so the file is damaged.
    pub(super) fn close(mut self, connection: &Connection) -> Result<Self, StoreError> {
        let indexed: i64 = connection.query_row("SELECT COUNT(*) FROM event", [], |row| row.get(0))?;
        if u64::try_from(indexed) != Ok(self.rows) {
            return Err(StoreError::Damaged(format!("{indexed} entries are listed and {} are there", self.rows)));
        }
        self.missing = self.gaps().saturating_sub(self.damaged.saturating_add(known_gaps(connection)?));
        Ok(self)
    }

    /// Numbers that no whole row has, up to the last one of each device.
    pub(super) fn gaps(&self) -> u64 {
        self.devices.values().map(|(rows, last)| last.unsigned_abs().saturating_sub(*rows)).sum()
    }

    /// Whether nothing is damaged and nothing missing.
    pub fn is_whole(&self) -> bool {
        self.damaged == 0 && self.missing == 0
    }
}

/// Looks at every row.
///
/// # Errors
/// The file can't be read to its end, or its index knows of other rows.
pub fn census(connection: &Connection) -> Result<Census, StoreError> {
    let mut census = Census::default();
    let mut select = connection.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY rowid"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        let head = Head::read(row).filter(|head| head.is_whole(row::kind_of(row), row::body_of(row)));
        census.count(head.as_ref());
    }
    census.close(connection)
}

/// How many numbers are known to be given to entries that are not here: lost before a repair, or never come from another
/// device.
pub(super) fn known_gaps(connection: &Connection) -> Result<u64, StoreError> {
    Ok(meta(connection, LOST)?.and_then(|n| n.parse().ok()).unwrap_or(0))
}

/// Takes the gaps that are there now for known, so that they are told once and not at every start; gives their number.
pub(super) fn accept_gaps(connection: &Connection) -> Result<u64, StoreError> {
    let census = census(connection)?;
    // A damaged entry is still there.
    let gaps = census.gaps().saturating_sub(census.damaged);
    super::set_meta(connection, LOST, &gaps.to_string())?;
    Ok(gaps)
}

/// SQLite's quick look at the pages of the file: milliseconds even for a log of years.
///
/// # Errors
/// The file is damaged.
pub fn quick(connection: &Connection) -> Result<(), StoreError> {
    // Constraints were held when a row was written, and its checksum tells whether it is still that row; to parse every
    // body again would take most of the time.
    connection.execute_batch("PRAGMA ignore_check_constraints = ON")?;
    let said = connection.query_row("PRAGMA quick_check(1)", [], |row| row.get::<_, String>(0));
    connection.execute_batch("PRAGMA ignore_check_constraints = OFF")?;
    let said = said?;
    if said == "ok" { Ok(()) } else { Err(StoreError::Damaged(said.replace('\n', " "))) }
}

/// SQLite's thorough look: what it finds, in its own words.
///
/// # Errors
/// The file can't be read at all.
pub fn thorough(connection: &Connection) -> Result<Vec<String>, StoreError> {
    let mut found = vec![];
    for (pragma, good) in [("PRAGMA integrity_check(20)", "ok"), ("PRAGMA foreign_key_check", "")] {
        let mut check = connection.prepare(pragma)?;
        let mut rows = check.query([])?;
        while let Some(row) = rows.next()? {
            let said: String = row.get(0)?;
            if said != good {
                found.push(said.replace('\n', " "));
            }
        }
    }
    Ok(found)
}
