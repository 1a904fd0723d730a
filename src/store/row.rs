//! A row of the log as it lies in the file, and the checksum that shows whether it is whole.

use super::StoreError;
use crate::core::calendar::Stamp;
use crate::core::event::Event;
use rusqlite::types::ValueRef;
use rusqlite::{CachedStatement, params};
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The columns in the order in which [`Head::read`], [`text_of`] and [`Row::read`] want them.
pub const COLUMNS: &str = "id, device, seq, at_ms, off_min, v, sum, kind, body";

/// Writes a row; see [`Row::insert`].
pub const INSERT: &str = "INSERT INTO event (id, device, seq, at_ms, off_min, kind, v, body, sum) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?8)";

/// The form of bodies that is written and read here.
const BODY_FORM: i64 = 1;

const KIND: usize = 7;
const BODY: usize = 8;

/// Everything of a row but its two texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The event.
    pub id: Uuid,
    /// The copy of the profile that wrote it.
    pub device: Uuid,
    /// Its place among that copy's events, from 1.
    pub seq: i64,
    /// When it happened.
    pub at: Stamp,
    /// The first eight bytes of SHA-256 over all the rest.
    pub sum: [u8; 8],
}

impl Head {
    /// Reads a row's head; `None` where a column is not what it should be.
    pub fn read(row: &rusqlite::Row<'_>) -> Option<Self> {
        let number = |n| row.get_ref(n).ok().and_then(|v| v.as_i64().ok());
        let uuid = |n| row.get_ref(n).ok().and_then(|v| Uuid::from_slice(v.as_blob().ok()?).ok());
        let sum = row.get_ref(6).ok()?.as_blob().ok()?.try_into().ok()?;
        let at = Stamp { ms: number(3)?, offset_min: i16::try_from(number(4)?).ok()? };
        (number(5)? == BODY_FORM).then_some(())?;
        Some(Self { id: uuid(0)?, device: uuid(1)?, seq: number(2)?, at, sum })
    }

    /// Whether the row holds what was written.
    pub fn is_whole(&self, kind: &[u8], body: &[u8]) -> bool {
        self.seq > 0 && self.sum == checksum(self.id, self.device, self.seq, self.at, kind, body)
    }
}

/// A whole row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// All but its texts.
    pub head: Head,
    /// The kind of event.
    pub kind: String,
    /// What it holds, as JSON.
    pub body: String,
}

impl Row {
    /// The row of an event that is about to be written.
    pub fn of(event: &Event, device: Uuid, seq: i64) -> Result<Self, StoreError> {
        Ok(Self::written(event.id.0, device, seq, event.at, event.fact.kind(), &event.fact.to_json()?))
    }

    /// A row with its checksum.
    pub fn written(id: Uuid, device: Uuid, seq: i64, at: Stamp, kind: &str, body: &str) -> Self {
        let sum = checksum(id, device, seq, at, kind.as_bytes(), body.as_bytes());
        Self { head: Head { id, device, seq, at, sum }, kind: kind.into(), body: body.into() }
    }

    /// A row from its parts, if its checksum is right.
    pub fn whole(head: Head, kind: &[u8], body: &[u8]) -> Option<Self> {
        if !head.is_whole(kind, body) {
            return None;
        }
        Some(Self { head, kind: String::from_utf8(kind.into()).ok()?, body: String::from_utf8(body.into()).ok()? })
    }

    /// Reads a row, if it is whole.
    pub fn read(row: &rusqlite::Row<'_>) -> Option<Self> {
        Self::whole(Head::read(row)?, kind_of(row), body_of(row))
    }

    /// Writes the row as it is, by a statement prepared from [`INSERT`].
    pub fn insert(&self, insert: &mut CachedStatement<'_>) -> Result<(), StoreError> {
        let Head { id, device, seq, at, sum } = &self.head;
        insert.execute(params![
            id.as_bytes().as_slice(),
            device.as_bytes().as_slice(),
            seq,
            at.ms,
            at.offset_min,
            self.kind,
            self.body,
            sum.as_slice()
        ])?;
        Ok(())
    }
}

/// The bytes of a row's kind; they need not be sound.
pub fn kind_of<'a>(row: &'a rusqlite::Row<'_>) -> &'a [u8] {
    text_of(row, KIND)
}

/// The bytes of a row's body; they need not be sound.
pub fn body_of<'a>(row: &'a rusqlite::Row<'_>) -> &'a [u8] {
    text_of(row, BODY)
}

fn text_of<'a>(row: &'a rusqlite::Row<'_>, column: usize) -> &'a [u8] {
    row.get_ref(column).ok().and_then(|v| v.as_bytes().ok()).unwrap_or_default()
}

/// Bytes in hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|b| [b >> 4, b & 15]).filter_map(|n| char::from_digit(n.into(), 16)).collect()
}

/// What is left of a damaged row, as JSON: to be kept, not to be read by the program.
pub fn remains(row: &rusqlite::Row<'_>) -> String {
    let value = |n| match row.get_ref(n) {
        Ok(ValueRef::Integer(n)) => serde_json::json!(n),
        Ok(ValueRef::Real(n)) => serde_json::json!(n),
        Ok(ValueRef::Text(text)) => serde_json::json!(String::from_utf8_lossy(text)),
        Ok(ValueRef::Blob(bytes)) => {
            serde_json::json!(hex(bytes))
        }
        Ok(ValueRef::Null) | Err(_) => serde_json::Value::Null,
    };
    let members = COLUMNS.split(", ").enumerate().map(|(n, name)| (name.to_owned(), value(n)));
    serde_json::Value::Object(members.collect()).to_string()
}

/// Eight bytes of SHA-256 over everything that a row holds. Written with every event, so that a check of the file can
/// find damage to a single bit, which SQLite's own checks do not.
fn checksum(id: Uuid, device: Uuid, seq: i64, at: Stamp, kind: &[u8], body: &[u8]) -> [u8; 8] {
    // Few pieces: each one that is handed over costs about as much as a quarter of the hash itself.
    let mut head = [0; 50];
    head[..16].copy_from_slice(id.as_bytes());
    head[16..32].copy_from_slice(device.as_bytes());
    head[32..40].copy_from_slice(&seq.to_le_bytes());
    head[40..48].copy_from_slice(&at.ms.to_le_bytes());
    head[48..].copy_from_slice(&at.offset_min.to_le_bytes());
    let mut hash = Sha256::new();
    hash.update(head);
    hash.update(kind);
    hash.update([0]);
    hash.update(body);
    let mut sum = [0; 8];
    sum.copy_from_slice(&hash.finalize()[..8]);
    sum
}
