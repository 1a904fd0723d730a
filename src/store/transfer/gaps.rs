//! Entries that were numbered on a device and are not here: those that may still come, and those that a repair gave up.

use super::merge;
use crate::store::{StoreError, meta, set_meta};
use rusqlite::Connection;
use serde::Serialize;
use std::collections::BTreeMap;
use uuid::Uuid;

/// The name under which `meta` holds how many entries of each device a repair gave up.
const GIVEN_UP: &str = "given_up";

/// How many entries of each device a repair gave up.
pub type GivenUp = BTreeMap<Uuid, u64>;

/// Entries of a device that have not come yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Gap {
    /// The device.
    pub device: Uuid,
    /// How many.
    pub missing: u64,
}

/// What is not here of each device.
fn all(connection: &Connection) -> Result<Vec<Gap>, StoreError> {
    let mut count = connection.prepare("SELECT COUNT(*), MAX(seq) FROM event WHERE device = ?1")?;
    let mut gaps = vec![];
    for device in merge::devices(connection)?.into_iter().filter(|device| !merge::is_shadow(*device)) {
        let (rows, last): (i64, i64) =
            count.query_row([device.as_bytes().as_slice()], |row| Ok((row.get(0)?, row.get(1)?)))?;
        if last > rows {
            gaps.push(Gap { device, missing: last.abs_diff(rows) });
        }
    }
    Ok(gaps)
}

/// What may still come of each device: what a repair has told as lost is not told again.
pub(in crate::store) fn pending(connection: &Connection) -> Result<Vec<Gap>, StoreError> {
    let given_up = given_up(connection)?;
    let mut gaps = all(connection)?;
    for gap in &mut gaps {
        gap.missing = gap.missing.saturating_sub(given_up.get(&gap.device).copied().unwrap_or(0));
    }
    gaps.retain(|gap| gap.missing > 0);
    Ok(gaps)
}

/// What repairs gave up.
pub(in crate::store) fn given_up(connection: &Connection) -> Result<GivenUp, StoreError> {
    Ok(meta(connection, GIVEN_UP)?.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default())
}

/// Gives up what is not here, in a file that was mended by a repair that lost something.
pub(in crate::store) fn give_up(connection: &Connection) -> Result<(), StoreError> {
    note(connection, &all(connection)?.into_iter().map(|gap| (gap.device, gap.missing)).collect())
}

/// Counts what was given up `before` and is still not here: some of it may have come after all.
pub(in crate::store) fn still_given_up(connection: &Connection, before: &GivenUp) -> Result<(), StoreError> {
    if before.is_empty() {
        return Ok(());
    }
    let gaps = all(connection)?.into_iter();
    note(connection, &gaps.filter_map(|g| Some((g.device, g.missing.min(*before.get(&g.device)?)))).collect())
}

fn note(connection: &Connection, given_up: &GivenUp) -> Result<(), StoreError> {
    set_meta(connection, GIVEN_UP, &serde_json::to_string(given_up)?)
}
