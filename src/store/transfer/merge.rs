//! Bringing entries of other copies of a profile into the log, so that the order in which they come does not matter.
//!
//! An entry is known by its identity. Two copies of a profile that write under the same device give the same number to
//! two entries; the second one is then kept under a shadow of the device, its identity with another version digit, and
//! no answer is lost. See `store/log.rs` for the order in which such entries are read.

use super::gaps;
use super::line::Lines;
use crate::core::calendar::Stamp;
use crate::store::backup::Why;
use crate::store::row::{INSERT, Row};
use crate::store::{Store, StoreError, check, log};
use rusqlite::{Connection, OptionalExtension, TransactionBehavior, params};
use serde::Serialize;
use std::collections::BTreeSet;
use uuid::Uuid;

/// Where the version of an identity stands, and the version that devices have.
const VERSION: usize = 6;
const DEVICE: u8 = 4;
/// The versions of shadows.
const SHADOWS: std::ops::RangeInclusive<u8> = 8..=15;

/// What a merge has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Merged {
    /// Entries that were new.
    pub added: u64,
    /// Entries that were there already.
    pub known: u64,
    /// Of the new ones, those that this version can't read; they are kept.
    pub unreadable: u64,
    /// Entries that contradict one that is there under the same identity; those were left as they are.
    pub contradicting: u64,
    /// Devices under whose name two copies have written.
    pub forked: BTreeSet<Uuid>,
    /// Whether this copy goes on under a new name, because another one wrote under its own.
    pub renamed: bool,
}

/// The device itself, for a shadow.
pub fn original(device: Uuid) -> Uuid {
    if is_shadow(device) { with_version(device, DEVICE) } else { device }
}

/// Whether this is the shadow of a device.
pub fn is_shadow(device: Uuid) -> bool {
    SHADOWS.contains(&(device.as_bytes()[VERSION] >> 4))
}

fn with_version(device: Uuid, version: u8) -> Uuid {
    let mut bytes = *device.as_bytes();
    bytes[VERSION] = version << 4 | bytes[VERSION] & 15;
    Uuid::from_bytes(bytes)
}

/// The same entry under another device.
pub fn under(row: &Row, device: Uuid) -> Row {
    Row::written(row.head.id, device, row.head.seq, row.head.at, &row.kind, &row.body)
}

/// The devices of a log, shadows included; each is found by a step in the index.
pub(in crate::store) fn devices(connection: &Connection) -> Result<Vec<Uuid>, StoreError> {
    let mut next = connection.prepare("SELECT device FROM event WHERE device > ?1 ORDER BY device LIMIT 1")?;
    let mut last: Vec<u8> = vec![];
    let mut devices = vec![];
    while let Some(device) = next.query_row([&last], |row| row.get::<_, Vec<u8>>(0)).optional()? {
        devices.extend(Uuid::from_slice(&device));
        last = device;
    }
    Ok(devices)
}

impl Store {
    /// Takes entries and copies of questions in, in one transaction: all or nothing. If there is anything new, a backup is
    /// made before.
    pub(in crate::store) fn merge(&mut self, lines: &[Lines], at: Stamp, why: Why) -> Result<Merged, StoreError> {
        self.looked()?;
        let mut merged = Merged::default();
        // What looks at every row is left where nothing is new, as with most syncs.
        let mut was_whole = false;
        if !self.holds_all(lines)? {
            self.back_up(at, why)?;
            was_whole = check::census(&self.connection)?.missing == 0;
        }
        let own = self.device;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for row in lines.iter().flat_map(|l| &l.rows) {
            take(&transaction, row, own, &mut merged)?;
        }
        for (hash, body) in lines.iter().flat_map(|l| &l.items) {
            transaction
                .prepare_cached("INSERT OR IGNORE INTO item_copy (hash, body) SELECT ?1, ?2 WHERE json_valid(?2)")?
                .execute(params![hash, body])?;
        }
        if merged.added > 0 {
            // From now on the order in the file is not the order of what happened.
            crate::store::set_meta(&transaction, log::MERGED, "1")?;
            if was_whole {
                // Another machine may not have sent everything; that is no loss here.
                check::accept_gaps(&transaction)?;
            }
            gaps::still_given_up(&transaction, &gaps::given_up(&transaction)?)?;
        }
        if merged.renamed {
            crate::store::forget_device(&transaction)?;
        }
        transaction.commit()?;
        self.device = crate::store::device(&self.connection, &mut self.dice)?;
        self.next_seq = log::next_seq(&self.connection, self.device)?;
        Ok(merged)
    }

    /// Whether no entry among these is new.
    fn holds_all(&self, lines: &[Lines]) -> Result<bool, StoreError> {
        let mut known = self.connection.prepare("SELECT EXISTS (SELECT 1 FROM event WHERE id = ?1)")?;
        for row in lines.iter().flat_map(|l| &l.rows) {
            if !known.query_row([row.head.id.as_bytes().as_slice()], |row| row.get::<_, bool>(0))? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Writes an entry unless it is there.
fn take(connection: &Connection, row: &Row, own: Uuid, merged: &mut Merged) -> Result<(), StoreError> {
    let known = connection
        .prepare_cached("SELECT at_ms, kind, body FROM event WHERE id = ?1")?
        .query_row([row.head.id.as_bytes().as_slice()], |found| {
            let is = |n, text: &str| found.get_ref(n).is_ok_and(|v| v.as_bytes() == Ok(text.as_bytes()));
            Ok(found.get::<_, i64>(0)? == row.head.at.ms && is(1, &row.kind) && is(2, &row.body))
        })
        .optional()?;
    match known {
        Some(true) => merged.known += 1,
        Some(false) => merged.contradicting += 1,
        None => {
            let Some(device) = place(connection, row)? else {
                merged.contradicting += 1;
                return Ok(());
            };
            if device != row.head.device {
                merged.forked.insert(row.head.device);
            }
            let mut insert = connection.prepare_cached(INSERT)?;
            match under(row, device).insert(&mut insert) {
                Ok(()) => {}
                // The database's own idea of JSON is a little narrower.
                Err(StoreError::Sql(e)) if e.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation) => {
                    merged.contradicting += 1;
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
            merged.added += 1;
            merged.unreadable += u64::from(log::fact(&row.kind, &row.body).is_err());
            merged.renamed |= row.head.device == own;
        }
    }
    Ok(())
}

/// The device, or the first shadow of it, that has not given this number yet.
pub(in crate::store) fn place(connection: &Connection, row: &Row) -> Result<Option<Uuid>, StoreError> {
    let mut taken = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM event WHERE device = ?1 AND seq = ?2)")?;
    let shadows = SHADOWS.map(|version| with_version(row.head.device, version));
    for device in std::iter::once(row.head.device).chain(shadows) {
        if !taken.query_row(params![device.as_bytes().as_slice(), row.head.seq], |row| row.get(0))? {
            return Ok(Some(device));
        }
    }
    Ok(None)
}
