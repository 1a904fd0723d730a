//! The schema's versions: forward only, each in its own transaction, after a backup.

use super::backup::{self, Why};
use super::{StoreError, check};
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// Marks the file as ours: "swpr" as a number.
const APPLICATION_ID: i64 = 0x7377_7072;

/// The schema, version by version. A file that was released is never edited; changes go into the next one, and each makes
/// or alters a table.
const MIGRATIONS: &[&str] = &[include_str!("0001_events.sql"), include_str!("0002_quarantine.sql")];

/// The newest schema known here.
pub const KNOWN: i64 = MIGRATIONS.len() as i64;

/// A version above this is no version of ours, but a damaged number.
pub const FAR: i64 = 1000;

/// Brings the file from the schema that [`refuse_foreign`] `found` to the newest. An older file is backed up first, into
/// the `folder` of the profile.
pub fn migrate(connection: &mut Connection, found: i64, folder: Option<&Path>) -> Result<(), StoreError> {
    if let Some(folder) = folder
        && (1..KNOWN).contains(&found)
    {
        // The file itself says when it was last written; a copy of the same state need not be made twice.
        let census = check::census(connection)?;
        let newest = backup::list(folder).into_iter().next();
        if newest.is_none_or(|b| b.why != Why::Schema || b.events != census.whole) {
            backup::make(connection, folder, census.last_ms, Why::Schema)?;
        }
    }
    for (version, sql) in (1..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        transaction.execute_batch(sql)?;
        transaction.pragma_update(None, "user_version", version)?;
        transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
        transaction.commit()?;
    }
    Ok(())
}

/// The file's schema version; an error if it is another program's or a newer version's file.
pub fn refuse_foreign(connection: &Connection, path: &Path) -> Result<i64, StoreError> {
    let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
    let (version, application) = (number("user_version")?, number("application_id")?);
    if application != APPLICATION_ID && (version != 0 || application != 0) {
        return Err(if ours(connection) {
            StoreError::Damaged("its mark is not that of a profile".into())
        } else {
            StoreError::Foreign(path.to_owned())
        });
    }
    if !(0..=FAR).contains(&version) || (version == 0 && application != 0) {
        return Err(StoreError::Damaged(format!("{version} is no version of a profile")));
    }
    // Each version changes the tables, so the tables tell a damaged number from another version's.
    if version != KNOWN && version != 0 && tables(connection)? == known_tables()? {
        return Err(StoreError::Damaged(format!("its version is {version}, and its tables are those of {KNOWN}")));
    }
    if version > KNOWN {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known: KNOWN });
    }
    Ok(version)
}

/// The tables of a file, and what else its schema holds, as they were made.
fn tables(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let mut select = connection.prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY sql")?;
    select.query_map([], |row| row.get(0))?.collect()
}

fn known_tables() -> Result<Vec<String>, StoreError> {
    let mut fresh = Connection::open_in_memory()?;
    migrate(&mut fresh, 0, None)?;
    Ok(tables(&fresh)?)
}

/// Whether the file holds a log of ours, whatever its marks say.
fn ours(connection: &Connection) -> bool {
    connection.prepare("SELECT id, device, seq, at_ms, off_min, kind, v, body, sum FROM event").is_ok()
}
