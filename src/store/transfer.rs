//! A whole profile as lines of JSON, out and in.
//!
//! The first line says what the file holds, how much of it, and its checksum; then one line for each event, then one for
//! each kept item. Reading it in is harmless to repeat, and the files of several machines may come in any order.

pub mod line;
pub mod merge;

use super::backup::Why;
use super::check::Census;
use super::row::{COLUMNS, Row};
use super::{Store, StoreError};
use crate::core::calendar::Stamp;
use anyhow::{bail, ensure};
use line::{Manifest, Sum};
use merge::Merged;
use std::io::{Read, Write};

/// The `format` of the first line.
pub const PROFILE_FORMAT: &str = "swprep-profile/1";
/// What the first line says to people.
pub(super) const HOLDS: &str = "the answers, exams and settings of one learner; keep it private";
/// The most bytes of a file that is read in: the log of several lives.
const MOST: u64 = 512 << 20;

/// What is to be done with a file that is not what its first line says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damaged {
    /// It is refused.
    Refuse,
    /// What is whole of it is used.
    UseTheRest,
}

/// What reading an export in has done.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// What became of its entries.
    pub merged: Merged,
    /// What could not be used, with the reason.
    pub faults: Vec<String>,
}

impl Store {
    /// Writes the whole profile as lines of JSON, without what is damaged, and tells what the log holds. The log is read
    /// twice, because the first line says what follows.
    ///
    /// # Errors
    /// The log can't be read, and nothing was written; or the lines can't be written.
    pub fn export(&self, out: &mut dyn Write) -> anyhow::Result<Census> {
        // Both readings see the same state, whatever another window writes meanwhile.
        let snapshot = self.connection.unchecked_transaction()?;
        let mut sum = Sum::default();
        let (census, items) = self.lines(|line| {
            sum.line(line.as_bytes());
            Ok(())
        })?;
        let (events, sha256) = (census.whole, sum.finish());
        let manifest = Manifest { format: PROFILE_FORMAT.into(), holds: HOLDS.into(), events, items, sha256 };
        writeln!(out, "{}", serde_json::to_string(&manifest)?)?;
        self.lines(|line| Ok(writeln!(out, "{line}")?))?;
        snapshot.finish()?;
        Ok(census)
    }

    /// Hands over the lines of an export, and gives the count of the log's entries and the number of items.
    fn lines(&self, mut take: impl FnMut(&str) -> anyhow::Result<()>) -> anyhow::Result<(Census, u64)> {
        let (mut census, mut items) = (Census::default(), 0);
        let mut select = self.connection.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY rowid"))?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let row = Row::read(row);
            census.count(row.as_ref().map(|row| &row.head));
            // A damaged entry is left out: written down anew it would look sound.
            if let Some(row) = row {
                take(&line::of_row(&merge::under(&row, merge::original(row.head.device)))?)?;
            }
        }
        let census = census.close(&self.connection)?;
        let mut select = self.connection.prepare("SELECT hash, body FROM item_copy ORDER BY hash")?;
        let mut rows = select.query([])?;
        while let Some(row) = rows.next()? {
            let (hash, body): (String, String) = (row.get(0)?, row.get(1)?);
            if Self::item_of(body.as_bytes(), &hash).is_some() {
                take(&line::of_item(hash, body)?)?;
                items += 1;
            }
        }
        Ok((census, items))
    }

    /// Reads an export in, in one transaction, after a backup if it holds anything new. Nothing is written before the file was
    /// read to its end and found to be what its first line says.
    ///
    /// # Errors
    /// The file is no export of a profile or not whole, or the events can't be written. Nothing was changed then.
    pub fn import(&mut self, file: impl Read, damaged: Damaged, at: Stamp) -> anyhow::Result<Imported> {
        let mut bytes = vec![];
        file.take(MOST + 1).read_to_end(&mut bytes)?;
        ensure!(bytes.len() as u64 <= MOST, "it is larger than {} MB", MOST >> 20);
        let mut lines = match line::read(PROFILE_FORMAT, &bytes) {
            Ok(lines) => lines,
            Err(cause) => bail!("{cause}; export a profile with `swprep export` and import that file"),
        };
        let faults = std::mem::take(&mut lines.faults);
        if let (Damaged::Refuse, Some(fault)) = (damaged, faults.last()) {
            bail!("it is not whole ({fault}); export it anew, or add --damaged to use the lines that are whole");
        }
        Ok(Imported { merged: self.merge_safely(&[lines], at, Why::Import)?, faults })
    }
}

/// Hands over the rows of a log that are whole, device by device, each in its own order.
pub(super) fn each_row(
    connection: &rusqlite::Connection,
    mut take: impl FnMut(Row) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    let mut select = connection.prepare(&format!("SELECT {COLUMNS} FROM event ORDER BY device, seq"))?;
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        if let Some(row) = Row::read(row) {
            take(row)?;
        }
    }
    Ok(())
}
