//! Reading the log.

use super::{Store, StoreError};
use crate::core::calendar::Stamp;
use crate::core::event::{Event, EventId, Fact};
use std::collections::VecDeque;
use uuid::Uuid;

/// What a log held.
#[derive(Debug, Default)]
pub struct Log {
    /// The events that could be read, in the order in which they were written.
    pub events: Vec<Event>,
    /// Events that could not be read, in words. They stay in the file.
    pub skipped: Vec<String>,
}

impl Store {
    /// Reads the whole log, in the order in which things happened.
    ///
    /// What one device wrote stays in its own order, however its clock was set; the events of several devices are
    /// merged by time, so that both sides of an import read the same story.
    ///
    /// # Errors
    /// The file can't be read. A single unreadable event is skipped and named instead.
    pub fn log(&self) -> Result<Log, StoreError> {
        let mut log = Log::default();
        let mut devices: Vec<([u8; 16], usize)> = vec![];
        let mut select =
            self.connection.prepare("SELECT id, at_ms, off_min, kind, body, device FROM event ORDER BY device, seq")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let id = row.get_ref(0)?.as_blob().ok().and_then(|b| Uuid::from_slice(b).ok()).unwrap_or_default();
            let at = Stamp { ms: row.get(1)?, offset_min: row.get(2)? };
            let (kind, body) = (row.get_ref(3)?.as_str(), row.get_ref(4)?.as_str());
            let fact = match (kind, body) {
                (Ok(kind), Ok(body)) => Fact::from_json(kind, body),
                _ => Err("its text is damaged".into()),
            };
            let device = row.get_ref(5)?.as_blob().ok().and_then(|b| b.try_into().ok()).unwrap_or_default();
            if devices.last().is_none_or(|(last, _)| *last != device) {
                devices.push((device, log.events.len()));
            }
            match fact {
                Ok(fact) => log.events.push(Event { id: EventId(id), at, fact }),
                Err(cause) => log.skipped.push(format!("event {id}: {cause}")),
            }
        }
        if devices.len() > 1 {
            log.events = merged(log.events, &devices.iter().map(|(_, first)| *first).collect::<Vec<_>>());
        }
        Ok(log)
    }
}

/// Merges runs of events, each in its own order, by time; `starts` are the places at which the runs begin.
fn merged(events: Vec<Event>, starts: &[usize]) -> Vec<Event> {
    let mut runs: Vec<VecDeque<Event>> = vec![];
    for (place, event) in events.into_iter().enumerate() {
        while starts.get(runs.len()).is_some_and(|start| *start <= place) {
            runs.push(VecDeque::new());
        }
        if let Some(run) = runs.last_mut() {
            run.push_back(event);
        }
    }
    let mut all = vec![];
    let head = |run: &VecDeque<Event>| run.front().map(|e| e.at.ms);
    while let Some(next) = (0..runs.len()).filter(|n| !runs[*n].is_empty()).min_by_key(|n| head(&runs[*n])) {
        all.extend(runs[next].pop_front());
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::{EventId, ItemFlagged};

    /// Each device keeps its own order even where its clock was set back; between devices the earlier comes first.
    #[test]
    fn logs_of_two_devices_are_merged_by_time() {
        let event = |ms: i64| Event {
            id: EventId(Uuid::from_u128(ms as u128)),
            at: Stamp { ms, offset_min: 0 },
            fact: Fact::ItemFlagged(ItemFlagged { item: "t-0001".into(), on: true }),
        };
        let laptop = [10, 30, 20];
        let desktop = [15, 25];
        let all: Vec<Event> = laptop.iter().chain(&desktop).map(|ms| event(*ms)).collect();
        let order: Vec<i64> = merged(all, &[0, 3]).iter().map(|e| e.at.ms).collect();
        assert_eq!(order, [10, 15, 25, 30, 20]);
    }
}
