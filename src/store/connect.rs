//! How the database is opened: what it promises is set, and read back.

use super::StoreError;
use super::error::unusable;
use super::names::{WAL, beside};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use std::path::Path;
use std::time::Duration;

/// How long one writer waits for another inside SQLite.
const BUSY: Duration = Duration::from_secs(5);

/// The pages that SQLite keeps in memory, as it wants it told: less than nought in kilobytes. A log is read once, from one
/// end to the other; its pages are of no use afterwards.
const CACHE_SIZE: i64 = -256;

/// Sets the database up so that what is saved is on disk, and reads back that it is so.
pub(super) fn set_up(connection: &Connection, network: bool) -> Result<(), StoreError> {
    connection.busy_timeout(BUSY)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    let mut mode: String = connection.query_row("PRAGMA journal_mode", [], |row| row.get(0))?;
    // Asked for only where it is not so already: a mode that is set anew at each start has damaged files elsewhere.
    if !network && mode != "wal" {
        mode = connection.query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))?;
    }
    if mode != "wal" || network {
        // Some file systems can't do it; a rollback journal is as safe, only slower.
        mode = connection.query_row("PRAGMA journal_mode = TRUNCATE", [], |row| row.get(0))?;
    }
    // FULL waits for the disk at each commit; EXTRA also for the folder in which a journal was emptied.
    let level = if mode == "wal" { 2 } else { 3 };
    let wanted = [
        ("synchronous", level),
        ("fullfsync", 1),
        ("checkpoint_fullfsync", 1),
        ("foreign_keys", 1),
        ("recursive_triggers", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("cache_size", CACHE_SIZE),
    ];
    for (pragma, want) in wanted {
        connection.execute_batch(&format!("PRAGMA {pragma} = {want}"))?;
        let got: i64 = connection.pragma_query_value(None, pragma, |row| row.get(0))?;
        if got != want {
            return Err(StoreError::Unsafe(format!("{pragma} is {got}, not {want}")));
        }
    }
    if !matches!(mode.as_str(), "wal" | "truncate" | "delete" | "persist") {
        return Err(StoreError::Unsafe(format!("journal_mode is {mode}")));
    }
    connection.query_row("PRAGMA journal_size_limit = 8388608", [], |_| Ok(()))?;
    Ok(())
}

/// Lets a connection that reads a log from one end to the other keep few of its pages.
pub(super) fn keep_little(connection: &Connection) -> rusqlite::Result<()> {
    connection.execute_batch(&format!("PRAGMA cache_size = {CACHE_SIZE}"))
}

/// Opens a log for reading, on a medium that can't be written too.
pub(super) fn reading(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|e| unusable(path, &e))?;
    connection.busy_timeout(BUSY)?;
    let tried = connection.query_row("SELECT COUNT(*) FROM sqlite_schema", [], |_| Ok(()));
    let Err(error) = tried else {
        keep_little(&connection)?;
        return Ok(connection);
    };
    // SQLite wants to write beside a log even to read it, unless it is told that nobody changes it.
    let read_only =
        matches!(error.sqlite_error_code(), Some(rusqlite::ErrorCode::ReadOnly | rusqlite::ErrorCode::CannotOpen));
    let ahead = beside(path, WAL).metadata().map_or(0, |m| m.len());
    if !read_only || ahead > 0 {
        return Err(error.into());
    }
    let name = path.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
    let uri = format!("file:{name}?immutable=1");
    let connection = Connection::open_with_flags(uri, flags | OpenFlags::SQLITE_OPEN_URI)?;
    keep_little(&connection)?;
    Ok(connection)
}
