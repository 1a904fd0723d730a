//! The log on several devices, by way of a folder that the user's own service carries between them.
//!
//! The folder holds segments: files of entries that are written once and never changed, so that no service ever has two
//! versions to choose from. What is there is read each time; what the log holds and the folder does not is put there.
//! Nothing else is remembered, so a sync that was cut off is finished by the next one.

pub mod segment;

use super::backup::Why;
use super::error::failed;
use super::transfer::gaps::{self, Gap};
use super::transfer::line::Lines;
use super::transfer::merge::{self, Merged};
use super::transfer::{each_row, line};
use super::{DATABASE, Store, StoreError, copies};
use crate::core::calendar::Stamp;
use crate::text::one_line;
use segment::{Name, Segment};
use serde::Serialize;
use std::collections::HashSet;
use std::fs;
use std::path::Path;
use uuid::Uuid;

/// So many bytes of lines go into one segment.
const SEGMENT: usize = 512 << 10;

/// What a sync has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Synced {
    /// What became of the entries that the folder held.
    #[serde(flatten)]
    pub merged: Merged,
    /// Entries that were put into the folder.
    pub sent: u64,
    /// Files that they were put into.
    pub files_written: u64,
    /// Copies of questions that were not sent, because they are damaged.
    pub damaged_copies: u64,
    /// Files that were read.
    pub files_read: u64,
    /// Files that could not be used, with the reason; they are tried again next time.
    pub skipped: Vec<String>,
    /// Second versions and parts of files that a service made and that are not whole, passed over.
    pub conflict_copies: u64,
    /// Entries of devices that have not come yet, but for those that a repair has told as lost.
    pub gaps: Vec<Gap>,
}

/// What was put into a folder.
struct Sent {
    entries: u64,
    files: u64,
    /// Copies of questions that were left out.
    damaged_copies: u64,
}

/// What a folder holds.
#[derive(Debug, Default)]
struct Folder {
    lines: Vec<Lines>,
    events: HashSet<Uuid>,
    items: HashSet<String>,
    skipped: Vec<String>,
    conflict_copies: u64,
}

impl Store {
    /// Takes in what the folder holds and puts there what it does not hold.
    ///
    /// # Errors
    /// The folder is not there, is no place for this, or holds another log (and it was not said to `join`); or the log
    /// or the disk refused. What was done until then is sound, and the next sync goes on from there.
    pub fn sync(&mut self, folder: &Path, at: Stamp, join: bool) -> Result<Synced, StoreError> {
        let folder = folder.canonicalize().map_err(|e| failed(folder, &e))?;
        let own = self.folder.as_deref().and_then(|own| own.canonicalize().ok());
        // Another profile's open file must not go with it either.
        let within_a_profile = folder.ancestors().any(|above| above.join(DATABASE).is_file());
        if within_a_profile || own.is_some_and(|own| own.starts_with(&folder) || folder.starts_with(&own)) {
            return Err(StoreError::WithTheLog(folder));
        }
        segment::tidy(&folder, self.device);
        let found = read(&folder)?;
        if !join {
            self.refuse_stranger(&found)?;
        }
        let merged = self.merge(&found.lines, at, Why::Sync)?;
        let sent = self.send(&folder, &found)?;
        Ok(Synced {
            merged,
            sent: sent.entries,
            files_written: sent.files,
            damaged_copies: sent.damaged_copies,
            files_read: found.lines.len() as u64,
            skipped: found.skipped,
            conflict_copies: found.conflict_copies,
            gaps: gaps::pending(&self.connection)?,
        })
    }

    /// A log and a folder that both hold something, and nothing in common, may be of two people.
    fn refuse_stranger(&self, found: &Folder) -> Result<(), StoreError> {
        let (mut empty, mut shared) = (true, false);
        each_row(&self.connection, |row| {
            empty = false;
            shared |= found.events.contains(&row.head.id);
            Ok(())
        })?;
        if empty || shared || found.events.is_empty() {
            return Ok(());
        }
        Err(StoreError::Stranger(found.events.len() as u64))
    }

    /// Puts into the folder what it lacks.
    fn send(&self, folder: &Path, found: &Folder) -> Result<Sent, StoreError> {
        let (mut entries, mut files) = (0, 0);
        let mut batch = Segment::default();
        let mut put = |batch: &mut Segment| -> Result<(), StoreError> {
            let batch = std::mem::take(batch);
            if !batch.is_empty() {
                entries += batch.events;
                files += 1;
                batch.put(folder, self.device)?;
            }
            Ok(())
        };
        let mut last = Uuid::nil();
        each_row(&self.connection, |row| {
            if found.events.contains(&row.head.id) {
                return Ok(());
            }
            if row.head.device != last || batch.bytes() > SEGMENT {
                put(&mut batch)?;
            }
            last = row.head.device;
            batch.row(&merge::under(&row, merge::original(row.head.device)))
        })?;
        put(&mut batch)?;
        let damaged_copies = copies::each_whole(&self.connection, |hash, body| {
            if found.items.contains(&hash) {
                return Ok(());
            }
            if batch.bytes() > SEGMENT {
                put(&mut batch)?;
            }
            batch.item(self.device, &line::of_item(hash, body)?);
            Ok::<(), StoreError>(())
        })?;
        put(&mut batch)?;
        Ok(Sent { entries, files, damaged_copies })
    }
}

/// Reads all segments of a folder. What is none of ours is left alone.
fn read(folder: &Path) -> Result<Folder, StoreError> {
    let mut found = Folder::default();
    let mut names: Vec<String> = fs::read_dir(folder)
        .and_then(Iterator::collect::<Result<Vec<_>, _>>)
        .map_err(|e| failed(folder, &e))?
        .into_iter()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.starts_with(segment::PREFIX))
        .collect();
    // Second versions come last: they are wanted only where the first is not whole.
    names.sort_by_cached_key(|name| (Name::parse(name).is_none(), name.clone()));
    for file in names {
        let read = |name: Name| segment::read(&folder.join(&file), &name);
        match (Name::parse(&file), segment::carried_copy(&file)) {
            (Some(name), _) => match read(name) {
                Ok(lines) => found.take(lines),
                Err(cause) => found.skip(&file, &cause),
            },
            (None, Some(name)) => match read(name) {
                Ok(lines) if found.holds(&lines) => {}
                Ok(lines) => found.take(lines),
                Err(_) => found.conflict_copies += 1,
            },
            (None, None) => found.skip(&file, "it is no name of a segment"),
        }
    }
    Ok(found)
}

impl Folder {
    fn take(&mut self, lines: Lines) {
        self.events.extend(lines.rows.iter().map(|row| row.head.id));
        self.items.extend(lines.items.iter().map(|(hash, _)| hash.clone()));
        self.lines.push(lines);
    }

    fn holds(&self, lines: &Lines) -> bool {
        lines.rows.iter().all(|row| self.events.contains(&row.head.id))
            && lines.items.iter().all(|(hash, _)| self.items.contains(hash))
    }

    fn skip(&mut self, file: &str, cause: &str) {
        self.skipped.push(format!("{}: {cause}", one_line(file)));
    }
}
