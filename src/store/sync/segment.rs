//! A segment: a file of entries of one device, written once. Its name says whose they are, which numbers they have, and
//! the beginning of their checksum: `swprep-DEVICE-FIRST-LAST-CHECKSUM.jsonl`.

use crate::store::error::failed;
use crate::store::row::Row;
use crate::store::transfer::HOLDS;
use crate::store::transfer::line::{self, Lines, Manifest, Sum};
use crate::store::{StoreError, place};
use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;
use uuid::Uuid;

/// How the name of each file of ours begins.
pub const PREFIX: &str = "swprep-";
/// The `format` of the first line.
pub const FORMAT: &str = "swprep-segment/1";
const ENDING: &str = ".jsonl";
/// How a file is named until it is whole. Services leave files alone that begin with a dot, or carry them in vain.
const UNFINISHED: &str = ".swprep-unfinished-";
/// The most bytes of a segment that is read.
const MOST: u64 = 16 << 20;
/// Digits of the checksum in a name.
const DIGITS: usize = 16;
/// So many names are tried where a damaged file has the right one.
const NAMES: u32 = 100;

/// What the name of a segment says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// Whose entries it holds.
    pub device: Uuid,
    /// The number of the first; 0 where it holds none, but copies of questions.
    pub first: i64,
    /// The number of the last.
    pub last: i64,
    /// The first digits of its checksum.
    pub sum: String,
    /// From 2 where a damaged file stands under the name before.
    pub copy: u32,
}

impl Name {
    /// Reads a name; `None` for any that this version would not give.
    pub fn parse(file: &str) -> Option<Self> {
        let parts: Vec<&str> = file.strip_prefix(PREFIX)?.strip_suffix(ENDING)?.split('-').collect();
        let (device, first, last, sum, copy) = match parts[..] {
            [device, first, last, sum] => (device, first, last, sum, "1"),
            [device, first, last, sum, copy] => (device, first, last, sum, copy),
            _ => return None,
        };
        let name = Self {
            device: Uuid::try_parse(device).ok()?,
            first: first.parse().ok()?,
            last: last.parse().ok()?,
            sum: sum.into(),
            copy: copy.parse().ok()?,
        };
        (name.to_string() == file && sum.len() == DIGITS).then_some(name)
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{PREFIX}{}-{}-{}-{}", self.device.simple(), self.first, self.last, self.sum)?;
        if self.copy > 1 {
            write!(f, "-{}", self.copy)?;
        }
        f.write_str(ENDING)
    }
}

/// The segment of which a service named a second version or a part: Syncthing, Dropbox, OneDrive, rclone and others put
/// their marks behind the name, or between it and its ending.
pub fn carried_copy(file: &str) -> Option<Name> {
    let sum = file.strip_prefix(PREFIX)?.match_indices('-').nth(2)?.0 + PREFIX.len() + 1;
    Name::parse(&format!("{}{ENDING}", file.get(..sum + DIGITS)?))
}

/// A segment that is about to be written.
#[derive(Debug, Default)]
pub struct Segment {
    /// Its entries.
    pub events: u64,
    items: u64,
    device: Uuid,
    first: i64,
    last: i64,
    text: String,
    sum: Sum,
}

impl Segment {
    /// Bytes of its lines.
    pub fn bytes(&self) -> usize {
        self.text.len()
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    /// Adds an entry; all are of one device, the lower numbers first.
    ///
    /// # Errors
    /// Its body is no JSON.
    pub fn row(&mut self, row: &Row) -> Result<(), StoreError> {
        if self.events == 0 {
            (self.device, self.first) = (row.head.device, row.head.seq);
        }
        self.last = row.head.seq;
        self.events += 1;
        self.line(&line::of_row(row)?);
        Ok(())
    }

    /// Adds the line of a copied question.
    pub fn item(&mut self, device: Uuid, line: &str) {
        self.device = device;
        self.items += 1;
        self.line(line);
    }

    fn line(&mut self, line: &str) {
        self.sum.line(line.as_bytes());
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// Writes it under a name for the time being, and gives it its own only when it is whole and on disk. A file that
    /// is there is never written over.
    ///
    /// # Errors
    /// The disk refused; nothing with a name of a segment was left.
    pub fn put(self, folder: &Path, writer: Uuid) -> Result<(), StoreError> {
        let sha256 = self.sum.finish();
        let mut name =
            Name { device: self.device, first: self.first, last: self.last, sum: sha256[..DIGITS].to_owned(), copy: 1 };
        let manifest =
            Manifest { format: FORMAT.into(), holds: HOLDS.into(), events: self.events, items: self.items, sha256 };
        let text = format!("{}\n{}", serde_json::to_string(&manifest)?, self.text);
        while fs::symlink_metadata(folder.join(name.to_string())).is_ok() {
            if read(&folder.join(name.to_string()), &name).is_ok() || name.copy == NAMES {
                return Ok(());
            }
            name.copy += 1;
        }
        let unfinished = folder.join(format!("{UNFINISHED}{}", writer.simple()));
        let path = folder.join(name.to_string());
        place::create(&unfinished, |file| file.write_all(text.as_bytes())).map_err(|e| failed(&path, &e))?;
        let named = place::rename(&unfinished, &path);
        if named.is_err() {
            let _ = fs::remove_file(&unfinished);
        }
        named
    }
}

/// Removes what a sync of this device that was cut off has left.
pub fn tidy(folder: &Path, writer: Uuid) {
    let _ = fs::remove_file(folder.join(format!("{UNFINISHED}{}", writer.simple())));
}

/// Reads a segment, which must be all that its name and first line say.
///
/// # Errors
/// It is not, or can't be read; the words say why.
pub fn read(path: &Path, name: &Name) -> Result<Lines, String> {
    let what = fs::symlink_metadata(path).map_err(|e| words(&e))?;
    if !what.is_file() {
        return Err("it is no file".into());
    }
    let mut bytes = vec![];
    File::open(path).and_then(|file| file.take(MOST + 1).read_to_end(&mut bytes)).map_err(|e| words(&e))?;
    if bytes.len() as u64 > MOST {
        return Err(format!("it is larger than {} MB", MOST >> 20));
    }
    if bytes.is_empty() {
        return Err("it is empty, as if it had not been carried here yet".into());
    }
    parse(name, &bytes)
}

fn words(cause: &std::io::Error) -> String {
    if cause.kind() == ErrorKind::NotFound { "it is gone".into() } else { cause.to_string() }
}

/// Reads the bytes of a segment of that name.
///
/// # Errors
/// They are not what the name and the first line say.
pub fn parse(name: &Name, bytes: &[u8]) -> Result<Lines, String> {
    let lines = line::read(FORMAT, bytes)?;
    if let Some(fault) = lines.faults.last() {
        return Err(format!("it is not whole: {fault}"));
    }
    let numbers = |row: &Row| row.head.seq;
    let ends = (lines.rows.first().map_or(0, numbers), lines.rows.last().map_or(0, numbers));
    let rising = lines.rows.is_sorted_by(|a, b| a.head.seq < b.head.seq);
    let one = lines.rows.iter().all(|row| row.head.device == name.device);
    if !lines.sha256.starts_with(&name.sum) || ends != (name.first, name.last) || !rising || !one {
        return Err("its name says something else than its lines".into());
    }
    Ok(lines)
}
