//! The schema's versions: forward only, each in its own transaction, after a backup.

use super::StoreError;
use rusqlite::Connection;
use std::path::Path;

/// Marks the file as ours: "swpr" as a number.
const APPLICATION_ID: i64 = 0x7377_7072;

/// The schema, version by version. A file that was released is never edited; changes go into the next one.
const MIGRATIONS: &[&str] = &[include_str!("0001_events.sql")];

/// Brings the file to the newest schema.
pub fn migrate(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let found = refuse_foreign(connection, path)?;
    let known = MIGRATIONS.len() as i64;
    if found > 0 && found < known {
        let backup = path.with_extension(format!("before-v{known}.db"));
        if !backup.exists() {
            connection.execute("VACUUM INTO ?1", [backup.to_string_lossy()])?;
        }
    }
    for (version, sql) in (1..).zip(MIGRATIONS).filter(|(version, _)| *version > found) {
        let transaction = connection.transaction()?;
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
        return Err(StoreError::Foreign(path.to_owned()));
    }
    let known = MIGRATIONS.len() as i64;
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    Ok(version)
}
