//! A log outside of the database: one line for each entry, after a first line that says how many there are and what
//! their checksum is. Whatever the bytes are, reading them does not fail worse than with a word.

use crate::core::bank::Item;
use crate::core::calendar::Stamp;
use crate::store::StoreError;
use crate::store::row::{Row, hex};
use crate::text::{one_line, sanitize};
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use sha2::{Digest, Sha256};
use uuid::Uuid;

/// The most bytes of a line: the form of the longest exam takes a twentieth of it.
const LONGEST: usize = 1 << 20;
/// Numbers and times beyond these are no numbers and times of a log.
const LAST_SEQ: i64 = 1 << 40;
const LAST_MS: i64 = 253_402_300_799_999;
/// So many faults are told one by one.
const TOLD: usize = 20;

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// What the file is, and in which version.
    pub format: String,
    /// The same for people.
    pub holds: String,
    /// Lines of entries.
    pub events: u64,
    /// Lines of copies of questions.
    pub items: u64,
    /// SHA-256 of all other lines, each with a line feed, in hexadecimal digits.
    pub sha256: String,
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
    sum: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct ItemLine {
    hash: String,
    item: Box<RawValue>,
}

/// What was read of a file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// Whole entries, under the device that wrote them.
    pub rows: Vec<Row>,
    /// Copies of questions: their hashes and texts.
    pub items: Vec<(String, String)>,
    /// What is wrong with it, in words; empty for a file that is what its first line says.
    pub faults: Vec<String>,
    /// The checksum of its lines.
    pub sha256: String,
}

/// An entry as a line, without its end.
///
/// # Errors
/// Its body is no JSON.
pub fn of_row(row: &Row) -> Result<String, StoreError> {
    let head = row.head;
    let body = RawValue::from_string(row.body.clone())?;
    let kind = row.kind.clone();
    let line =
        EventLine { id: head.id, device: head.device, seq: head.seq, at: head.at, kind, body, sum: hex(&head.sum) };
    Ok(serde_json::to_string(&line)?)
}

/// The copy of a question as a line, without its end.
///
/// # Errors
/// It is no JSON.
pub fn of_item(hash: String, body: String) -> Result<String, StoreError> {
    Ok(serde_json::to_string(&ItemLine { hash, item: RawValue::from_string(body)? })?)
}

/// The checksum of lines, one after the other.
#[derive(Debug, Default)]
pub struct Sum(Sha256);

impl Sum {
    /// Adds a line.
    pub fn line(&mut self, line: &[u8]) {
        self.0.update(line);
        self.0.update(b"\n");
    }

    /// The checksum of all that was added.
    pub fn finish(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Reads a file of that format.
///
/// # Errors
/// Its first line does not say that it is one; the words say what it is not.
pub fn read(format: &str, bytes: &[u8]) -> Result<Lines, String> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap_or(bytes);
    // A line end of another system is none of the contents.
    let mut lines = bytes.split(|b| *b == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    let manifest = serde_json::from_slice::<Manifest>(lines.next().unwrap_or_default())
        .ok()
        .filter(|manifest| manifest.format == format)
        .ok_or_else(|| format!("the first line does not say \"format\": \"{format}\" with what the file holds"))?;
    let mut read = Lines::default();
    let mut sum = Sum::default();
    let mut more = 0;
    for (number, line) in (2..).zip(lines).filter(|(_, line)| !line.trim_ascii().is_empty()) {
        sum.line(line);
        if let Err(cause) = read.line(line) {
            if read.faults.len() < TOLD {
                read.faults.push(format!("line {number}: {}", one_line(&cause)));
            } else {
                more += 1;
            }
        }
    }
    if more > 0 {
        read.faults.push(format!("{more} more lines"));
    }
    let (events, items) = (read.rows.len() as u64, read.items.len() as u64);
    read.sha256 = sum.finish();
    if (events, items) != (manifest.events, manifest.items) {
        read.faults.push(format!(
            "{events} of {} entries and {items} of {} copies of questions are whole",
            manifest.events, manifest.items
        ));
    } else if read.sha256 != manifest.sha256 {
        read.faults.push("its checksum is not the one that the first line names".into());
    }
    Ok(read)
}

impl Lines {
    fn line(&mut self, line: &[u8]) -> Result<(), String> {
        if line.len() > LONGEST {
            return Err("it is too long".into());
        }
        match serde_json::from_slice::<EventLine>(line) {
            Ok(event) => self.rows.push(row(&event)?),
            Err(cause) => match serde_json::from_slice::<ItemLine>(line) {
                Ok(copy) => self.items.push(item(copy)?),
                Err(_) => return Err(cause.to_string()),
            },
        }
        Ok(())
    }
}

/// The row of a line, if it is what was written.
fn row(line: &EventLine) -> Result<Row, String> {
    let whole = Row::written(line.id, line.device, line.seq, line.at, &line.kind, line.body.get());
    if hex(&whole.head.sum) != line.sum {
        return Err("it is damaged: its checksum is wrong".into());
    }
    let possible = line.device.get_version_num() == 4
        && (1..=LAST_SEQ).contains(&line.seq)
        && (-LAST_MS..=LAST_MS).contains(&line.at.ms)
        && line.at.offset_min.unsigned_abs() <= 24 * 60
        && (1..=64).contains(&line.kind.len())
        && line.kind.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'_'));
    if !possible {
        return Err("no version of swprep writes such an entry".into());
    }
    // Kept as it is, whatever it holds: two copies of an entry must not come to differ, and what this version does not
    // know a newer one will. It is made fit to be shown where the log is read.
    Ok(whole)
}

fn item(line: ItemLine) -> Result<(String, String), String> {
    let item: Item = serde_json::from_str(line.item.get()).map_err(|e| e.to_string())?;
    if item.content_hash() != line.hash {
        return Err("the copy of a question does not match its hash".into());
    }
    let texts = item.options.iter().flat_map(|o| [&o.text, &o.why]).chain([&item.stem]);
    if !texts.into_iter().all(|text| sanitize::is_clean(text)) {
        return Err("the copy of a question holds control characters".into());
    }
    Ok((line.hash, line.item.get().to_owned()))
}
