//! Files from elsewhere that are anything at all: an export and a segment are read to a word or to whole entries, and
//! what is read leaves a log that is whole.

use crate::learner::{AT, answer, dice};
use crate::seal::sealed;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs;
use std::path::Path;
use swprep::core::calendar::Stamp;
use swprep::store::Store;
use swprep::store::sync::segment::{self, Name};
use swprep::store::transfer::Damaged;
use swprep::store::transfer::line;

/// How it went.
#[derive(Debug, Default)]
pub struct Told {
    /// Files that were read.
    pub files: u64,
    /// Those that were refused as a whole.
    pub refused: u64,
    /// Those of which some entry was whole.
    pub used: u64,
    /// Entries that were new to a log.
    pub entries: u64,
}

/// Pieces that a line may hold in the wrong place.
const PIECES: [&str; 26] = [
    ",\"kind\":\"from.the.future\"",
    "\"kind\":\"exam.started\",",
    "\"choice\":255",
    "4000",
    ",{}",
    "00",
    "{",
    "}",
    "[",
    "]",
    "\"",
    "\\",
    "\n",
    "\r\n",
    "\u{feff}",
    "\u{0}",
    "null",
    "-1",
    "9223372036854775807",
    "1e999",
    "\\ud800",
    "\"seq\":",
    "\"format\":\"swprep-segment/1\"",
    "\"format\":\"swprep-profile/1\"",
    "\u{202e}",
    "\u{1b}]52;c;aGk=\u{7}",
];

fn seeds() -> [Vec<u8>; 2] {
    let mut store = Store::in_memory(dice(5)).unwrap();
    for n in 0..8 {
        store.append(Stamp { ms: AT.ms + n * 1000, ..AT }, vec![answer(n as usize)]).unwrap();
    }
    let mut export = vec![];
    store.export(&mut export).unwrap();
    let folder = tempfile::tempdir().unwrap();
    store.sync(folder.path(), AT, false).unwrap();
    let file = fs::read_dir(folder.path()).unwrap().next().unwrap().unwrap().path();
    [export, fs::read(file).unwrap()]
}

fn harm(bytes: &mut Vec<u8>, chance: &mut ChaCha8Rng) {
    for _ in 0..chance.random_range(1..6) {
        let place = chance.random_range(0..=bytes.len());
        let end = (place + chance.random_range(0..200)).min(bytes.len());
        match chance.random_range(0..8) {
            0 => bytes.truncate(place),
            1 => {
                bytes.drain(place..end);
            }
            2 => {
                let again = bytes[place..end].to_vec();
                let to = chance.random_range(0..=bytes.len());
                bytes.splice(to..to, again);
            }
            3 => bytes.insert(place, b'['),
            4 if place < bytes.len() => bytes[place] ^= 1 << chance.random_range(0..8),
            5 if place < bytes.len() => bytes[place] = chance.next_u32() as u8,
            6 if place < bytes.len() && bytes[place].is_ascii_digit() => bytes[place] = b'9',
            _ => {
                let piece = PIECES[chance.random_range(0..PIECES.len())];
                bytes.splice(place..place, piece.bytes());
            }
        }
    }
}

/// Makes the checksums fit, so that what follows is looked at as well.
fn amend(bytes: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (first, rest) = text.split_once('\n')?;
    let mut manifest: line::Manifest = serde_json::from_str(first).ok()?;
    let rest = rest.split('\n').map(sealed).collect::<Vec<_>>().join("\n");
    let lines = line::read(&manifest.format, format!("{first}\n{rest}").as_bytes()).ok()?;
    (manifest.events, manifest.items) = (lines.rows.len() as u64, lines.items.len() as u64);
    manifest.sha256 = lines.sha256;
    Some(format!("{}\n{rest}", serde_json::to_string(&manifest).ok()?).into_bytes())
}

/// Reads so many files of all kinds.
pub fn files(count: u64, seed: u64) -> Told {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let seeds = seeds();
    let mut told = Told::default();
    let mut store = Store::in_memory(dice(6)).unwrap();
    for n in 0..count {
        if n % 500 == 0 {
            // One log takes in several files, so that they also meet each other.
            store = Store::in_memory(dice(6 + n)).unwrap();
        }
        let mut bytes = seeds[chance.random_range(0..2)].clone();
        if chance.random_ratio(1, 20) {
            bytes = (0..chance.random_range(0..300)).map(|_| chance.next_u32() as u8).collect();
        }
        harm(&mut bytes, &mut chance);
        if chance.random_bool(0.5) {
            bytes = amend(&bytes).unwrap_or(bytes);
        }
        if n == 0 {
            // What is not harmed stays whole by that.
            assert_eq!(line::read("swprep-profile/1", &amend(&seeds[0]).unwrap()).unwrap().rows.len(), 8);
        }
        told.files += 1;
        match store.import(bytes.as_slice(), Damaged::UseTheRest, AT) {
            Ok(imported) => {
                let merged = imported.merged;
                told.used += u64::from(merged.added + merged.known + merged.contradicting > 0);
                told.entries += merged.added;
            }
            Err(_) => told.refused += 1,
        }
        let name = format!("swprep-{:032x}-1-8-0123456789abcdef.jsonl", chance.next_u64());
        if let Some(name) = Name::parse(&name) {
            assert!(segment::parse(&name, &bytes).is_err(), "what is not of that name was taken for it");
        }
        let _ = line::read(segment::FORMAT, &bytes);
        let census = store.pages(|page| page.events().for_each(drop)).unwrap();
        assert!(census.is_whole(), "after file {n} of seed {seed}: {census:?}");
    }
    told
}

/// Puts so many harmed segments into a folder, one after the other, and syncs.
pub fn folders(count: u64, seed: u64) -> Told {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut told = Told::default();
    let home = tempfile::tempdir().unwrap();
    let sound = tempfile::tempdir().unwrap();
    let mut store = Store::in_memory(dice(5)).unwrap();
    store.append(AT, (0..30).map(answer).collect()).unwrap();
    store.sync(sound.path(), AT, false).unwrap();
    let file = fs::read_dir(sound.path()).unwrap().next().unwrap().unwrap();
    let (name, whole) = (file.file_name(), fs::read(file.path()).unwrap());
    for n in 0..count {
        let shared = tempfile::tempdir_in(home.path()).unwrap();
        let mut bytes = whole.clone();
        harm(&mut bytes, &mut chance);
        let path = shared.path().join(&name);
        fs::write(&path, &bytes).unwrap();
        let mut other = Store::in_memory(dice(100 + n)).unwrap();
        let synced = other.sync(shared.path(), AT, false).unwrap();
        told.files += 1;
        // All of it, or nothing with a word.
        assert_eq!(
            (synced.merged.added == 30, synced.merged.added == 0),
            (synced.skipped.is_empty(), synced.skipped.len() == 1)
        );
        told.refused += synced.skipped.len() as u64;
        told.entries += synced.merged.added;
        // The one who wrote it puts it there again, under another name, and leaves what is there as it is.
        store.sync(shared.path(), AT, false).unwrap();
        assert_eq!(fs::read(&path).unwrap(), bytes);
        assert_eq!(other.sync(shared.path(), AT, false).unwrap().merged.added, 30 - synced.merged.added);
    }
    told
}

/// Names are read back as they were written, and nothing else is one.
pub fn names(path: &Path) {
    for entry in fs::read_dir(path).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        assert_eq!(Name::parse(&file).unwrap().to_string(), file);
        for other in [file.to_uppercase(), format!("{file}~"), file.replace('-', "_"), file.replace("-1-", "-01-")] {
            assert!(Name::parse(&other).is_none(), "{other}");
        }
    }
}
