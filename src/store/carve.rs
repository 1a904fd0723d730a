//! Finding rows of the log in the bytes of a damaged file, without asking SQLite.
//!
//! Rows are never changed or removed, so any row whose checksum is right is right, wherever it was found: in a page that
//! nothing points to any more, or in the write-ahead log. The layout is that of <https://sqlite.org/fileformat2.html>.

use super::row::{Head, Row};
use crate::core::calendar::Stamp;
use std::collections::HashMap;
use uuid::Uuid;

/// The serial type of a column with sixteen bytes: an identity.
const IDENTITY: u8 = 44;
/// A record's header: its length, nine columns of one byte each, or of up to three for the two texts.
const HEADERS: std::ops::RangeInclusive<u8> = 10..=14;
/// The longest body that is put together, as a bound against a damaged length.
const LONGEST: usize = 1 << 20;

const WAL_HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// The pages of a file and of its write-ahead log.
struct Pages<'a> {
    main: &'a [u8],
    /// The newest committed version of each page in the write-ahead log.
    ahead: HashMap<usize, &'a [u8]>,
    size: usize,
}

impl<'a> Pages<'a> {
    fn new(main: &'a [u8], wal: &'a [u8]) -> Self {
        let named = number(main, 16, 2).filter(|n| n.is_power_of_two() && *n >= 512);
        let named = named.or_else(|| number(wal, 8, 4).filter(|n| n.is_power_of_two() && (512..=65536).contains(n)));
        let size = named.unwrap_or(4096);
        let mut ahead = HashMap::new();
        let mut fresh = vec![];
        let frames = wal.get(WAL_HEADER..).unwrap_or_default();
        for frame in frames.chunks_exact(FRAME_HEADER + size) {
            // A frame of an older run has other salts; what follows it was written before, too.
            if frame.get(8..16) != wal.get(16..24) {
                break;
            }
            fresh.push((number(frame, 0, 4).unwrap_or(0), &frame[FRAME_HEADER..]));
            // A frame that says how long the file is ends a transaction; what follows the last one was never saved.
            if number(frame, 4, 4) != Some(0) {
                ahead.extend(fresh.drain(..));
            }
        }
        Self { main, ahead, size }
    }

    /// A page as it is now; they are numbered from 1.
    fn page(&self, place: usize) -> Option<&'a [u8]> {
        let from_main = || self.main.get(place.checked_sub(1)?.checked_mul(self.size)?..)?.get(..self.size);
        self.ahead.get(&place).copied().or_else(from_main)
    }

    fn all(&self) -> impl Iterator<Item = &'a [u8]> {
        self.main.chunks(self.size).chain(self.ahead.values().copied())
    }

    /// A record that begins at a place of a page, put together from there and from the pages that it overflows to.
    fn record(&self, page: &'a [u8], start: usize, length: usize) -> Option<Vec<u8>> {
        let most = self.size - 35;
        if length <= most {
            return Some(page.get(start..start + length)?.to_vec());
        }
        let least = (self.size - 12) * 32 / 255 - 23;
        let here = least + (length - least) % (self.size - 4);
        let here = if here > most { least } else { here };
        let mut record = page.get(start..start + here)?.to_vec();
        let mut next = number(page, start + here, 4)?;
        while record.len() < length {
            let page = self.page(next)?;
            next = number(page, 0, 4)?;
            let rest = (length - record.len()).min(self.size - 4);
            record.extend_from_slice(page.get(4..4 + rest)?);
        }
        Some(record)
    }

    /// The row whose record may begin at a place of a page.
    fn row(&self, page: &'a [u8], start: usize) -> Option<Row> {
        let header = usize::from(page[start]);
        let mut types = vec![];
        let mut at = start + 1;
        while at < start + header {
            let (kind, length) = varint(page.get(at..)?)?;
            types.push(kind);
            at += length;
        }
        let types: [usize; 9] = (at == start + header).then_some(types)?.try_into().ok()?;
        let lengths = types.map(width);
        let length = lengths.iter().try_fold(header, |sum, length| sum.checked_add((*length)?))?;
        let record = (length <= LONGEST).then(|| self.record(page, start, length))??;
        let mut from = header;
        let mut columns = [&record[..0]; 9];
        for (column, length) in columns.iter_mut().zip(lengths) {
            *column = record.get(from..from + length?)?;
            from += length?;
        }
        let [id, device, seq, ms, offset, kind, form, body, sum] = columns;
        let whole = |n: usize, bytes| integer(types[n], bytes);
        (whole(6, form)? == 1).then_some(())?;
        let head = Head {
            id: Uuid::from_slice(id).ok()?,
            device: Uuid::from_slice(device).ok()?,
            seq: whole(2, seq)?,
            at: Stamp { ms: whole(3, ms)?, offset_min: whole(4, offset)?.try_into().ok()? },
            sum: sum.try_into().ok()?,
        };
        Row::whole(head, kind, body)
    }
}

/// Every row with a right checksum in the bytes of a file and of its write-ahead log; one that stands in several places
/// is found several times.
pub fn carve(main: &[u8], wal: &[u8]) -> Vec<Row> {
    let pages = Pages::new(main, wal);
    let mut rows = vec![];
    for page in pages.all() {
        for start in 0..page.len().saturating_sub(12) {
            if HEADERS.contains(&page[start]) && page[start + 1] == IDENTITY && page[start + 2] == IDENTITY {
                rows.extend(pages.row(page, start));
            }
        }
    }
    rows
}

/// A big-endian number of so many bytes.
fn number(bytes: &[u8], from: usize, length: usize) -> Option<usize> {
    Some(bytes.get(from..from + length)?.iter().fold(0, |sum, byte| sum << 8 | usize::from(*byte)))
}

/// A number of SQLite's variable length, of which three bytes are enough here, and how many it took.
fn varint(bytes: &[u8]) -> Option<(usize, usize)> {
    let mut value = 0;
    for (n, byte) in bytes.iter().take(3).enumerate() {
        value = value << 7 | usize::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some((value, n + 1));
        }
    }
    None
}

/// The bytes that a column of a serial type takes.
fn width(serial: usize) -> Option<usize> {
    Some(match serial {
        0 | 8 | 9 => 0,
        1..=4 => serial,
        5 => 6,
        6 | 7 => 8,
        10 | 11 => return None,
        _ => (serial - 12) / 2,
    })
}

fn integer(serial: usize, bytes: &[u8]) -> Option<i64> {
    match serial {
        8 => Some(0),
        9 => Some(1),
        1..=6 => {
            let sign = if bytes.first()? & 0x80 == 0 { 0 } else { -1_i64 };
            Some(bytes.iter().fold(sign, |sum, byte| sum << 8 | i64::from(*byte)))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::event::{Fact, ItemNoted};
    use crate::store::{DATABASE, Store};
    use std::collections::BTreeSet;
    use std::fs;

    /// Long rows go over several pages, and the newest lie in the write-ahead log only.
    #[test]
    fn rows_of_every_length_are_found_in_a_file_and_its_write_ahead_log() {
        let folder = tempfile::tempdir().unwrap();
        let mut dice = 0;
        let mut store = Store::open(
            folder.path(),
            Box::new(move || {
                dice += 1;
                dice
            }),
        )
        .unwrap();
        let lengths = [0, 10, 1500, 3900, 4000, 4061, 4062, 4100, 8000, 8190, 30_000, 200_000];
        for (n, length) in lengths.into_iter().enumerate() {
            let text = "\u{e4}".repeat(length / 2);
            let at = Stamp { ms: -1 << n, offset_min: -300 };
            store.append(at, vec![Fact::ItemNoted(ItemNoted { item: "t-0001".into(), text })]).unwrap();
        }
        let bytes = |ending: &str| fs::read(folder.path().join(format!("{DATABASE}{ending}"))).unwrap();
        let (main, wal) = (bytes(""), bytes("-wal"));
        let found =
            |main: &[u8], wal: &[u8]| -> BTreeSet<i64> { carve(main, wal).iter().map(|r| r.head.seq).collect() };
        let all: BTreeSet<i64> = (1..=lengths.len() as i64).collect();
        assert_eq!(found(&main, &wal), all);
        assert_ne!(found(&main, &[]), all, "the test is of no use if nothing lies ahead");
        drop(store);
        assert_eq!(found(&bytes(""), &[]), all);
        // Without a header nothing but the usual size of a page is known, and that is enough.
        let mut headless = bytes("");
        headless[..100].fill(0xff);
        assert_eq!(found(&headless, &[]), all);
    }

    #[test]
    fn noise_is_no_row_and_no_panic() {
        assert!(carve(&[], &[]).is_empty());
        for seed in 0..50_u8 {
            let noise: Vec<u8> =
                (0..20_000_u32).map(|n| if n % 3 == 0 { 44 } else { (n * 7 + u32::from(seed)) as u8 & 15 }).collect();
            assert!(carve(&noise, &noise).is_empty());
        }
    }
}
