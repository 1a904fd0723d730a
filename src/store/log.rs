//! Reading the log, page by page: making sense of a page can be left to another thread meanwhile.

use super::{Store, StoreError};
use crate::core::calendar::Stamp;
use crate::core::event::{Event, EventId, Fact, Retracted};
use crate::text::json::clean_json;
use std::collections::HashSet;
use uuid::Uuid;

/// The most entries of a page.
pub const PAGE: usize = 256;

/// Some entries of the log as they lie in the file, in the order in which things happened.
#[derive(Debug, Default)]
pub struct Page {
    entries: Vec<Entry>,
    /// Kind and body of each entry, one after the other: two pieces of memory for a page, not many for each entry.
    texts: Vec<u8>,
}

#[derive(Debug)]
struct Entry {
    id: Uuid,
    at: Stamp,
    /// Where its kind ends in the texts; it begins where the body before it ends.
    kind_end: usize,
    body_end: usize,
}

impl Page {
    /// The events; one that can't be read is told in words. A log may have been written elsewhere, so its texts are made
    /// fit to be shown.
    pub fn events(&self) -> impl Iterator<Item = Result<Event, String>> {
        let starts = std::iter::once(0).chain(self.entries.iter().map(|e| e.body_end));
        self.entries.iter().zip(starts).map(|(entry, start)| {
            let text = |from: usize, to: usize| {
                std::str::from_utf8(&self.texts[from..to]).map_err(|_| "its text is damaged".to_owned())
            };
            let fact = text(start, entry.kind_end)
                .and_then(|kind| Fact::from_json(kind, &clean_json(text(entry.kind_end, entry.body_end)?)))
                .map_err(|cause| format!("event {}: {cause}", entry.id))?;
            Ok(Event { id: EventId(entry.id), at: entry.at, fact })
        })
    }
}

impl Store {
    /// Reads the whole log and hands over its pages, in the order in which things happened.
    ///
    /// What one device wrote stays in its own order, however its clock was set; the events of several devices are
    /// merged by time, so that both sides of an import read the same story.
    ///
    /// # Errors
    /// The file can't be read.
    pub fn pages(&self, mut take: impl FnMut(Page)) -> Result<(), StoreError> {
        let one_device: bool = self.connection.query_row(
            "SELECT (SELECT device FROM event ORDER BY device LIMIT 1) \
             IS (SELECT device FROM event ORDER BY device DESC LIMIT 1)",
            [],
            |row| row.get(0),
        )?;
        // The latest time so far never falls along a device's own order, so sorting by it keeps that order.
        let order =
            if one_device { "rowid" } else { "max(at_ms) OVER (PARTITION BY device ORDER BY seq), device, seq" };
        let select = format!("SELECT id, at_ms, off_min, kind, body FROM event ORDER BY {order}");
        let mut select = self.connection.prepare(&select)?;
        let mut rows = select.query([])?;
        let mut page = Page::default();
        while let Some(row) = rows.next()? {
            let id = row.get_ref(0)?.as_blob().ok().and_then(|b| Uuid::from_slice(b).ok()).unwrap_or_default();
            let at = Stamp { ms: row.get(1)?, offset_min: row.get(2)? };
            let mut end_of = |column| {
                // The table holds only text here; its bytes need not be sound.
                page.texts.extend_from_slice(row.get_ref(column)?.as_bytes().unwrap_or_default());
                Ok::<usize, rusqlite::Error>(page.texts.len())
            };
            let (kind_end, body_end) = (end_of(3)?, end_of(4)?);
            page.entries.push(Entry { id, at, kind_end, body_end });
            if page.entries.len() == PAGE {
                take(std::mem::take(&mut page));
            }
        }
        take(page);
        Ok(())
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
        let mut select = self.connection.prepare("SELECT body FROM event WHERE kind = 'event.retracted'")?;
        let mut rows = select.query([])?;
        let mut gone = HashSet::new();
        while let Some(row) = rows.next()? {
            let body = row.get_ref(0)?.as_bytes().unwrap_or_default();
            // One that is damaged takes nothing back; its page tells of it.
            gone.extend(serde_json::from_slice::<Retracted>(body).ok().map(|r| r.event));
        }
        Ok(gone)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::ItemFlagged;
    use crate::store::transfer::PROFILE_FORMAT;

    /// Each device keeps its own order even where its clock was set back; between devices the earlier comes first.
    #[test]
    fn logs_of_two_devices_are_merged_by_time() {
        let body = Fact::ItemFlagged(ItemFlagged { item: "t-0001".into(), on: true }).to_json().unwrap();
        let line = |device: u128, seq: i64, ms: i64| {
            serde_json::json!({
                "id": Uuid::from_u128(ms as u128), "device": Uuid::from_u128(device), "seq": seq, "ms": ms,
                "offset_min": 0, "kind": "item.flagged",
                "body": serde_json::from_str::<serde_json::Value>(&body).unwrap(),
            })
            .to_string()
        };
        let header = serde_json::json!({ "format": PROFILE_FORMAT, "holds": "", "events": 5 }).to_string();
        let lines = [header, line(1, 1, 10), line(1, 2, 30), line(1, 3, 20), line(2, 1, 15), line(2, 2, 25)];
        let mut store = Store::in_memory(Box::new(|| 7)).unwrap();
        assert_eq!(store.import(lines.join("\n").as_bytes()).unwrap().added, 5);
        let mut order = vec![];
        store.pages(|page| order.extend(page.events().map(|e| e.unwrap().at.ms))).unwrap();
        assert_eq!(order, [10, 15, 25, 30, 20]);
    }
}
