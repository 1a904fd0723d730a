//! Going back to a backup: what that would change, and doing it, after a backup of what is there now.

use super::backup::{self, Backup, Why};
use super::error::failed;
use super::salvage::keep_bytes;
use super::{Dice, Store, StoreError, guard, hold, migrate, swap};
use rusqlite::Connection;
use std::collections::{BTreeMap, HashSet};
use std::path::{Path, PathBuf};

/// What going back would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Difference {
    /// Entries in the log now, as far as it can be read.
    pub now: u64,
    /// Entries that would no longer count, by their kind.
    pub left_out: BTreeMap<String, u64>,
    /// Entries that would be there again.
    pub back: u64,
    /// When the first entry happened that would no longer count, in UTC milliseconds.
    pub from_ms: Option<i64>,
    /// Whether the log now is damaged, so that these numbers are the least.
    pub damaged: bool,
}

impl Difference {
    /// Whether going back would change nothing.
    pub fn is_none(&self) -> bool {
        !self.damaged && self.back == 0 && self.left_out.is_empty()
    }
}

/// Compares the log with a backup; changes nothing.
///
/// # Errors
/// The backup is damaged, or a newer version wrote the log.
pub fn difference(profile: &Path, backup: &Backup) -> Result<Difference, StoreError> {
    let held = ids(&backup.open_checked()?)?;
    let mut difference = Difference::default();
    let mut seen = 0;
    let read = Store::read_only(profile).and_then(|store| {
        let mut select = store.connection.prepare("SELECT id, kind, at_ms FROM event ORDER BY rowid")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            difference.now += 1;
            if held.contains(row.get_ref(0)?.as_blob().unwrap_or_default()) {
                seen += 1;
                continue;
            }
            *difference.left_out.entry(row.get(1)?).or_default() += 1;
            let at: i64 = row.get(2)?;
            difference.from_ms = Some(difference.from_ms.map_or(at, |from| from.min(at)));
        }
        Ok(())
    });
    if let Err(newer @ StoreError::Newer { .. }) = read {
        return Err(newer);
    }
    difference.damaged = read.is_err();
    difference.back = (held.len() as u64).saturating_sub(seen);
    Ok(difference)
}

fn ids(connection: &Connection) -> Result<HashSet<Vec<u8>>, StoreError> {
    let mut select = connection.prepare("SELECT id FROM event")?;
    let ids = select.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    Ok(ids)
}

/// Goes back to a backup, and gives the place where the present state was kept.
///
/// # Errors
/// The backup is damaged, the profile is open elsewhere, or the disk refused; then all is as it was.
pub fn restore(profile: &Path, backup: &Backup, at_ms: i64, dice: Dice) -> Result<PathBuf, StoreError> {
    let good = backup.open_checked()?;
    guard::keep_private(profile)?;
    // Held to the end: an answer that another window saved in between would be in neither file.
    let lock = hold::lock_patiently(profile, hold::A_MOMENT)?;
    let held = lock.try_clone().map_err(|e| failed(profile, &e))?;
    // A log that can be opened is left tidy; one that can't is kept as it is.
    let present = Store::open_held(profile, dice, held, true)
        .and_then(|store| backup::make(&store.connection, profile, at_ms, Why::BeforeRestore));
    let kept = match present {
        Ok(kept) => kept.path,
        Err(error @ (StoreError::Full | StoreError::Newer { .. })) => return Err(error),
        Err(_) => keep_bytes(profile, at_ms)?,
    };
    let new = swap::workplace(profile);
    backup::copy_into(&good, &new)?;
    prepare(&new)?;
    {
        let made = Connection::open(&new)?;
        backup::make(&made, profile, at_ms, Why::Restored)?;
    }
    swap::put(profile)?;
    drop(lock);
    Ok(kept)
}

/// Makes a copy ready to be written to: with the newest schema, and as another device, so that numbers which were given
/// to entries left out are not given a second time.
fn prepare(new: &Path) -> Result<(), StoreError> {
    let mut connection = Connection::open(new)?;
    connection.execute_batch("PRAGMA synchronous = FULL")?;
    let found = migrate::refuse_foreign(&connection, new)?;
    migrate::migrate(&mut connection, found, None)?;
    super::forget_device(&connection)
}
