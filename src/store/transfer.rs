//! A whole profile as lines of JSON, out and in.
//!
//! The first line says what the file holds; then one line for each event, then one for each kept item. Reading it in is
//! harmless to repeat: an event that is there already is not written twice.

use super::row::{COLUMNS, INSERT, Row};
use super::{Store, StoreError, check};
use crate::core::bank::Item;
use crate::core::calendar::Stamp;
use crate::core::event::{Event, EventId, Fact};
use crate::text::{one_line, sanitize};
use rusqlite::{TransactionBehavior, params};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use std::io::{BufRead, Write};
use uuid::Uuid;

/// The `format` of the first line.
pub const PROFILE_FORMAT: &str = "swprep-profile/1";

/// The first line of an export.
#[derive(Debug, Serialize, Deserialize)]
struct Header {
    format: String,
    holds: String,
    events: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct EventLine {
    id: Uuid,
    device: Uuid,
    seq: i64,
    #[serde(flatten)]
    at: Stamp,
    kind: String,
    body: Box<RawValue>,
}

#[derive(Debug, Serialize, Deserialize)]
struct ItemLine {
    hash: String,
    item: Box<RawValue>,
}

/// What reading an export in has done.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    /// Events that were new.
    pub added: usize,
    /// Events that were there already.
    pub known: usize,
    /// Lines that could not be used, with the reason.
    pub skipped: Vec<String>,
}

impl Store {
    /// Writes the whole profile as lines of JSON, without what is damaged, and returns the number of events.
    ///
    /// # Errors
    /// The log can't be read or the lines can't be written.
    pub fn export(&self, out: &mut dyn Write) -> anyhow::Result<u64> {
        let events = check::census(&self.connection)?.whole;
        let holds = "the answers, exams and settings of one learner; keep it private".to_owned();
        let header = Header { format: PROFILE_FORMAT.into(), holds, events };
        writeln!(out, "{}", serde_json::to_string(&header)?)?;
        let mut select = self.connection.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY rowid"))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            // A damaged entry is left out: written down anew it would look sound.
            let Some(Row { head, kind, body }) = Row::read(row) else { continue };
            let body = RawValue::from_string(body)?;
            let line = EventLine { id: head.id, device: head.device, seq: head.seq, at: head.at, kind, body };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
        let mut select = self.connection.prepare("SELECT hash, body FROM item_copy ORDER BY hash")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let line = ItemLine { hash: row.get(0)?, item: RawValue::from_string(row.get(1)?)? };
            writeln!(out, "{}", serde_json::to_string(&line)?)?;
        }
        Ok(header.events)
    }

    /// Reads an export in, in one transaction: all of its usable lines, or nothing.
    ///
    /// # Errors
    /// The file is no export of a profile, or the events can't be written. Nothing was changed then.
    pub fn import(&mut self, lines: impl BufRead) -> anyhow::Result<Imported> {
        let mut imported = Imported::default();
        let was_whole = check::census(&self.connection)?.missing == 0;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let mut lines = lines.lines();
        let first = lines.next().transpose()?.unwrap_or_default();
        let header = serde_json::from_str::<Header>(first.trim_start_matches('\u{feff}'));
        anyhow::ensure!(
            header.is_ok_and(|h| h.format == PROFILE_FORMAT),
            "the first line does not say \"format\": \"{PROFILE_FORMAT}\"; export a profile with `swprep export` and import that file"
        );
        for (number, line) in (2..).zip(lines) {
            let line = line?;
            if line.trim().is_empty() {
                continue;
            }
            let outcome = match serde_json::from_str::<EventLine>(&line) {
                Ok(event) => import_event(&transaction, &event),
                Err(cause) => match serde_json::from_str::<ItemLine>(&line) {
                    Ok(item) => import_item(&transaction, &item),
                    Err(_) => Err(Refusal::Line(cause.to_string())),
                },
            };
            match outcome {
                Ok(Some(true)) => imported.added += 1,
                Ok(Some(false)) => imported.known += 1,
                Ok(None) => {}
                Err(Refusal::Line(cause)) => imported.skipped.push(format!("line {number}: {cause}")),
                Err(Refusal::Store(cause)) => return Err(cause.into()),
            }
        }
        transaction.commit()?;
        if was_whole {
            // Another machine may not have sent everything; that is no loss here.
            check::accept_gaps(&self.connection)?;
        }
        self.next_seq = super::next_seq(&self.connection, self.device)?;
        Ok(imported)
    }
}

/// Why a line was not read in.
enum Refusal {
    /// The line itself is of no use; the others may be.
    Line(String),
    /// The log refused; then nothing is read in.
    Store(StoreError),
}

impl<E: Into<StoreError>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Store(error.into())
    }
}

/// Writes an event unless it is there; says whether it was new.
fn import_event(connection: &rusqlite::Connection, line: &EventLine) -> Result<Option<bool>, Refusal> {
    let mut fact = Fact::from_json(&line.kind, line.body.get()).map_err(Refusal::Line)?;
    if let Fact::ExamStarted(form) = &mut fact {
        // A file from elsewhere may hold anything; what is shown of it must be fit to be shown.
        form.name = form.name.as_deref().map(one_line);
    }
    let known: bool = connection.query_row(
        "SELECT EXISTS (SELECT 1 FROM event WHERE id = ?1)",
        [line.id.as_bytes().as_slice()],
        |row| row.get(0),
    )?;
    if known {
        return Ok(Some(false));
    }
    let event = Event { id: EventId(line.id), at: line.at, fact };
    let mut insert = connection.prepare_cached(INSERT)?;
    Row::of(&event, line.device, line.seq)?.insert(&mut insert)?;
    Ok(Some(true))
}

fn import_item(connection: &rusqlite::Connection, line: &ItemLine) -> Result<Option<bool>, Refusal> {
    let item: Item = serde_json::from_str(line.item.get()).map_err(|e| Refusal::Line(e.to_string()))?;
    if item.content_hash() != line.hash {
        return Err(Refusal::Line("the copy of a question does not match its hash".into()));
    }
    let texts = item.options.iter().flat_map(|o| [&o.text, &o.why]).chain([&item.stem]);
    if !texts.into_iter().all(|text| sanitize::is_clean(text)) {
        return Err(Refusal::Line("the copy of a question holds control characters".into()));
    }
    connection
        .execute("INSERT OR IGNORE INTO item_copy (hash, body) VALUES (?1, ?2)", params![line.hash, line.item.get()])?;
    Ok(None)
}
