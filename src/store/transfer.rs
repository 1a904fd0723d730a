//! A whole profile as lines of JSON, out and in.
//!
//! The first line says what the file holds, how much of it, and its checksum; then one line for each event, then one for
//! each kept item. Reading it in is harmless to repeat, and the files of several machines may come in any order.

pub mod gaps;
pub mod line;
pub mod merge;

use super::backup::Why;
use super::check::Census;
use super::row::{COLUMNS, Row};
use super::{Store, StoreError, copies, place};
use crate::core::calendar::Stamp;
use anyhow::{bail, ensure};
use line::{Manifest, Sum};
use merge::Merged;
use std::io::{BufWriter, Read, Write};
use std::path::Path;

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

/// What an export holds and does not hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exported {
    /// The entries of the log; those that are damaged or missing were left out.
    pub census: Census,
    /// Copies of questions that were left out, because they are damaged.
    pub damaged_copies: u64,
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
    /// Writes the whole profile as lines of JSON, without what is damaged, and tells what it holds. The log is read
    /// twice, because the first line says what follows.
    ///
    /// # Errors
    /// The log can't be read (a [`StoreError`]), and nothing was written; or the lines can't be written.
    pub fn export(&self, out: &mut dyn Write) -> anyhow::Result<Exported> {
        // Both readings see the same state, whatever another window writes meanwhile.
        let snapshot = self.connection.unchecked_transaction().map_err(StoreError::from)?;
        let mut sum = Sum::default();
        let mut items = 0;
        let exported = self.lines(|line, is_copy| {
            sum.line(line.as_bytes());
            items += u64::from(is_copy);
            Ok(())
        })?;
        let (events, sha256) = (exported.census.whole, sum.finish());
        let manifest = Manifest { format: PROFILE_FORMAT.into(), holds: HOLDS.into(), events, items, sha256 };
        writeln!(out, "{}", serde_json::to_string(&manifest)?)?;
        self.lines(|line, _| Ok(writeln!(out, "{line}")?))?;
        snapshot.finish().map_err(StoreError::from)?;
        Ok(exported)
    }

    /// Writes the same into a new file, which only its owner can read.
    ///
    /// # Errors
    /// As [`Self::export`], or there is a file of that name. Half a file is no export, and none is left.
    pub fn export_to(&self, path: &Path) -> anyhow::Result<Exported> {
        place::create(path, |file| {
            let mut file = BufWriter::new(file);
            let exported = self.export(&mut file)?;
            file.flush()?;
            Ok(exported)
        })
    }

    /// Hands over the lines of an export, each with whether it is the copy of a question.
    fn lines(&self, mut take: impl FnMut(&str, bool) -> anyhow::Result<()>) -> anyhow::Result<Exported> {
        let mut census = Census::default();
        let select = format!("SELECT {COLUMNS} FROM event ORDER BY rowid");
        let mut select = self.connection.prepare(&select).map_err(StoreError::from)?;
        let mut rows = select.query([]).map_err(StoreError::from)?;
        while let Some(row) = rows.next().map_err(StoreError::from)? {
            let row = Row::read(row);
            census.count(row.as_ref().map(|row| &row.head));
            // A damaged entry is left out: written down anew it would look sound.
            if let Some(row) = row {
                take(&line::of_row(&merge::under(&row, merge::original(row.head.device)))?, false)?;
            }
        }
        let census = census.close(&self.connection)?;
        let damaged_copies =
            copies::each_whole(&self.connection, |hash, body| take(&line::of_item(hash, body)?, true))?;
        Ok(Exported { census, damaged_copies })
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
        Ok(Imported { merged: self.merge(&[lines], at, Why::Import)?, faults })
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
