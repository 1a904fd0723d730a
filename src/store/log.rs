//! Reading the log, page by page: making sense of a page can be left to another thread meanwhile.

use super::check::Census;
use super::row::{self, COLUMNS, Head, Row};
use super::transfer::merge;
use super::{Store, StoreError, meta};
use crate::core::event::{Event, EventId, ExamRenamed, ExamStarted, Fact, Retracted};
use crate::text::json::clean_json;
use crate::text::one_line;
use rusqlite::Connection;
use std::collections::HashSet;
use std::fmt::Write as _;
use uuid::Uuid;

/// The name under which `meta` holds that entries were read in from elsewhere.
pub(super) const MERGED: &str = "merged";

/// The most entries of a page.
pub const PAGE: usize = 256;

/// Some entries of the log as they lie in the file, in the order in which things happened.
#[derive(Debug, Default)]
pub struct Page {
    entries: Vec<Entry>,
    /// Kind and body of each entry, one after the other: two pieces of memory for a page, not many for each entry.
    texts: Vec<u8>,
}

/// Why an entry is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unread {
    /// It is not what was written: its checksum is wrong.
    Damaged,
    /// It is whole, but of a kind or form that this version does not know.
    Unknown(String),
}

impl std::fmt::Display for Unread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Damaged => write!(f, "it is damaged"),
            Self::Unknown(cause) => write!(f, "{cause}"),
        }
    }
}

#[derive(Debug)]
struct Entry {
    /// `None` where the row is damaged.
    head: Option<Head>,
    /// Where its kind ends in the texts; it begins where the body before it ends.
    kind_end: usize,
    body_end: usize,
}

impl Page {
    /// The events; one that can't be read is told.
    pub fn events(&self) -> impl Iterator<Item = Result<Event, Unread>> {
        let starts = std::iter::once(0).chain(self.entries.iter().map(|e| e.body_end));
        self.entries.iter().zip(starts).map(|(entry, start)| {
            let head = entry.head.ok_or(Unread::Damaged)?;
            let text = |from: usize, to: usize| std::str::from_utf8(&self.texts[from..to]).map_err(|_| Unread::Damaged);
            let (kind, body) = (text(start, entry.kind_end)?, text(entry.kind_end, entry.body_end)?);
            let fact = fact(kind, body).map_err(|cause| Unread::Unknown(format!("event {}: {cause}", head.id)))?;
            Ok(Event { id: EventId(head.id), at: head.at, fact })
        })
    }
}

/// What an entry says. It may have been written elsewhere, so its texts are made fit to be shown. All that is read of the
/// log is read by this, so that no two places understand one entry in two ways.
///
/// # Errors
/// It is of a kind or form that this version does not know; the words say what it is not.
pub(super) fn fact(kind: &str, body: &str) -> Result<Fact, String> {
    let mut fact = Fact::from_json(kind, &clean_json(body))?;
    // A name stands within a line.
    if let Fact::ExamStarted(ExamStarted { name: Some(name), .. })
    | Fact::ExamRenamed(ExamRenamed { name: Some(name), .. }) = &mut fact
    {
        *name = one_line(name);
    }
    Ok(fact)
}

impl Store {
    /// Reads the whole log and hands over its pages, in the order in which things happened.
    ///
    /// What one device wrote stays in its own order, however its clock was set; the events of several devices are
    /// merged by time, so that both sides of an import read the same story.
    ///
    /// Every row is held against its checksum on the way, and what was counted is told at the end.
    ///
    /// # Errors
    /// The file can't be read, or its parts contradict each other.
    pub fn pages(&self, mut take: impl FnMut(Page)) -> Result<Census, StoreError> {
        let order = self.order()?;
        let mut select = self.connection.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY {order}"))?;
        let mut rows = select.query([])?;
        let mut page = Page::default();
        let mut census = Census::default();
        while let Some(row) = rows.next()? {
            let (kind, body) = (row::kind_of(row), row::body_of(row));
            let head = Head::read(row).filter(|head| head.is_whole(kind, body));
            census.count(head.as_ref());
            page.texts.extend_from_slice(kind);
            let kind_end = page.texts.len();
            page.texts.extend_from_slice(body);
            page.entries.push(Entry { head, kind_end, body_end: page.texts.len() });
            if page.entries.len() == PAGE {
                take(std::mem::take(&mut page));
            }
        }
        take(page);
        census.close(&self.connection)
    }

    /// The order in which things happened, in the database's words. It rests on nothing but the entries themselves, so
    /// that it is the same in every copy of a profile that holds the same.
    fn order(&self) -> Result<String, StoreError> {
        let devices = merge::devices(&self.connection)?;
        if devices.len() < 2 && meta(&self.connection, MERGED)?.is_none() {
            return Ok("rowid".into());
        }
        // The latest time so far never falls along a device's own order, so sorting by it keeps that order.
        let latest = "max(at_ms) OVER (PARTITION BY device ORDER BY seq)";
        let shadows: Vec<Uuid> = devices.into_iter().filter(|device| merge::is_shadow(*device)).collect();
        if shadows.is_empty() {
            return Ok(format!("{latest}, device, seq"));
        }
        // Which of two entries of one number lies in the shadow is an accident: for such a device time alone decides.
        let text = |device: Uuid| format!("x'{}'", device.simple());
        let forked: Vec<String> =
            shadows.iter().flat_map(|device| [text(*device), text(merge::original(*device))]).collect();
        let original = shadows.iter().fold(String::new(), |mut cases, device| {
            let _ = write!(cases, " WHEN {} THEN {}", text(*device), text(merge::original(*device)));
            cases
        });
        Ok(format!(
            "CASE WHEN device IN ({}) THEN at_ms ELSE {latest} END, CASE device{original} ELSE device END, seq, id",
            forked.join(", ")
        ))
    }

    /// The events that can be read.
    #[cfg(test)]
    pub(crate) fn readable(&self) -> Vec<Event> {
        let mut events = vec![];
        self.pages(|page| events.extend(page.events().flatten())).unwrap();
        events
    }

    /// The events that were taken back.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn retracted(&self) -> Result<HashSet<EventId>, StoreError> {
        // The kind stands in the text, not in a parameter: only so is the index of taken-back events used.
        let select = format!("SELECT {COLUMNS} FROM event WHERE kind = 'event.retracted'");
        let mut select = self.connection.prepare(&select)?;
        let mut rows = select.query([])?;
        let mut gone = HashSet::new();
        while let Some(row) = rows.next()? {
            // One that is damaged or not understood takes nothing back; its page tells of it.
            if let Some(Ok(Fact::Retracted(Retracted { event }))) = Row::read(row).map(|row| fact(&row.kind, &row.body))
            {
                gone.insert(event);
            }
        }
        Ok(gone)
    }
}

/// The number of a device's next event.
pub(super) fn next_seq(connection: &Connection, device: Uuid) -> Result<i64, StoreError> {
    let last: i64 = connection.query_row(
        "SELECT COALESCE(MAX(seq), 0) FROM event WHERE device = ?1",
        [device.as_bytes().as_slice()],
        |row| row.get(0),
    )?;
    Ok(last.saturating_add(1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::calendar::Stamp;
    use crate::core::event::ItemFlagged;
    use crate::store::backup::Why;
    use crate::store::row::Row;
    use crate::store::transfer::line::Lines;

    fn order(devices: [&[(i64, i64)]; 2]) -> Vec<i64> {
        let body = Fact::ItemFlagged(ItemFlagged { item: "t-0001".into(), on: true }).to_json().unwrap();
        let rows = devices.into_iter().zip([1, 2]).flat_map(|(device, name)| {
            let body = body.clone();
            device.iter().map(move |(seq, ms)| {
                let (id, device) = (Uuid::from_u128(*ms as u128), Uuid::from_u128(name | 4 << 76));
                Row::written(id, device, *seq, Stamp { ms: *ms, offset_min: 0 }, "item.flagged", &body)
            })
        });
        let mut store = Store::in_memory(Box::new(|| 7)).unwrap();
        let lines = Lines { rows: rows.collect(), ..Lines::default() };
        store.merge(&[lines], Stamp { ms: 0, offset_min: 0 }, Why::Sync).unwrap();
        let mut order = vec![];
        store.pages(|page| order.extend(page.events().map(|e| e.unwrap().at.ms))).unwrap();
        order
    }

    /// Each device keeps its own order even where its clock was set back; between devices the earlier comes first.
    #[test]
    fn logs_of_two_devices_are_merged_by_time() {
        assert_eq!(order([&[(1, 10), (2, 30), (3, 20)], &[(1, 15), (2, 25)]]), [10, 15, 25, 30, 20]);
    }

    /// Pieces of one device may come in any order.
    #[test]
    fn a_device_that_came_in_pieces_is_read_in_its_own_order() {
        assert_eq!(order([&[(3, 20), (1, 10), (2, 30)], &[]]), [10, 30, 20]);
    }
}
