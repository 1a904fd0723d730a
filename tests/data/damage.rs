//! Damaged files: no panic, no wrong number without a word, and everything that a backup holds comes back.

use crate::learner::{AT, answer, copy, copy_to, dice, folder, ids, memory_dir, write};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::Duration;
use swprep::core::event::EventId;
use swprep::core::library::Library;
use swprep::desk::Desk;
use swprep::store::doctor::{self, Level};
use swprep::store::{DATABASE, Store, backup, salvage};
use tempfile::TempDir;

const ENTRIES: usize = 400;
const BACKED_UP: usize = 300;
const PAGE: usize = 4096;

/// A log before it is damaged.
struct Sound {
    data: TempDir,
    /// The folder by which other devices wrote in it; it still holds all of the log.
    shared: Option<TempDir>,
    bytes: Vec<u8>,
    want: BTreeSet<EventId>,
    backed_up: BTreeSet<EventId>,
    truth: (usize, usize, usize),
}

impl Sound {
    /// One device has written it.
    fn alone() -> Self {
        let data = tempfile::tempdir().unwrap();
        write(data.path(), ENTRIES, BACKED_UP);
        let sound = Self::new(data, None);
        assert_eq!(sound.backed_up.len(), BACKED_UP);
        sound
    }

    /// Three have, two of them under one name; the first entries of the third have not come.
    fn merged() -> Self {
        let (data, other, shared) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir());
        let shared = shared.unwrap();
        let live = |data: &TempDir, entries: usize, seed: u64| {
            let mut store = Store::open(&folder(data.path()), dice(seed)).unwrap();
            store.append(AT, (0..entries).map(answer).collect()).unwrap();
            store.sync(shared.path(), AT, true).unwrap();
        };
        write(data.path(), 150, 0);
        let twin = copy(data.path());
        for (data, entries, seed) in [(&data, 60, 11), (&twin, 50, 12), (&other, 30, 13), (&other, 60, 14)] {
            live(data, entries, seed);
        }
        let files = fs::read_dir(shared.path()).unwrap().map(|e| e.unwrap().path());
        let first = files.filter(|file| file.to_string_lossy().contains("-1-30-")).collect::<Vec<_>>();
        assert_eq!(first.len(), 1);
        fs::remove_file(&first[0]).unwrap();
        for (data, entries, seed) in [(&data, 40, 15), (&other, 40, 16)] {
            live(data, entries, seed);
        }
        // What the other one sent again, because it was gone.
        for file in fs::read_dir(shared.path()).unwrap().map(|e| e.unwrap().path()) {
            if file.to_string_lossy().contains("-1-30-") {
                fs::remove_file(file).unwrap();
            }
        }
        live(&data, 0, 17);
        Self::new(data, Some(shared))
    }

    fn new(data: TempDir, shared: Option<TempDir>) -> Self {
        let folder = folder(data.path());
        let (want, truth) = (ids(&folder), says(&desk(&folder).unwrap()));
        for companion in ["progress.db-wal", "progress.db-shm"] {
            let _ = fs::remove_file(folder.join(companion));
        }
        let bytes = fs::read(folder.join(DATABASE)).unwrap();
        let backup = backup::list(&folder).remove(0).open_checked().unwrap();
        let mut select = backup.prepare("SELECT id FROM event").unwrap();
        let backed_up = select.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        let backed_up =
            backed_up.map(|id| EventId(id.unwrap().try_into().map(uuid::Uuid::from_bytes).unwrap())).collect();
        Self { data, shared, bytes, want, backed_up, truth }
    }
}

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// Damaged files.
    pub files: u64,
    /// Of these, the files whose log could not be read as it was written.
    pub harmed: u64,
    /// Of the harmed ones, those that `doctor` found; all must be.
    pub found: u64,
    /// Files in which one entry of the log itself was hit, and those of them that `doctor` found.
    pub hits: u64,
    /// Hits that `doctor` found.
    pub hits_found: u64,
    /// Entries that a repair brought back from files without a backup of them, and how many there were.
    pub saved: u64,
    /// Entries that only the damaged file held.
    pub only_there: u64,
}

/// What a log says, as far as a number on a screen can tell.
fn says(desk: &Desk) -> (usize, usize, usize) {
    let progress = &desk.progress;
    (progress.answers.len(), progress.answers.iter().filter(|a| a.right).count(), progress.objectives().len())
}

fn desk(folder: &Path) -> Result<Desk, swprep::store::StoreError> {
    Desk::new(Store::read_only(folder)?, Library::default(), dice(0))
}

/// Damages so many files, each in another way.
pub fn files(program: &Path, count: u64, seed: u64) -> Told {
    let sounds = [Sound::alone(), Sound::merged()];
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut told = Told::default();
    for n in 0..count {
        // Four of each in turn.
        let sound = &sounds[(n / 4 % 2) as usize];
        let Sound { bytes, want, truth, .. } = sound;
        let data = copy_to(sound.data.path(), memory_dir());
        let folder = folder(data.path());
        let hit = n % 4 == 0;
        let harmed = if hit { hit_entry(bytes, want, &mut chance) } else { harm(bytes, n, &mut chance) };
        fs::write(folder.join(DATABASE), &harmed).unwrap();
        let examined = doctor::examine(&folder, AT.ms);
        let found = examined.worst() == Some(Level::Damage);
        // What a screen would show: the truth, or a word that it may not be.
        let is_true = match desk(&folder) {
            Ok(desk) => {
                let right = says(&desk) == *truth;
                let words = desk.troubles.len();
                assert!(right || words > 0, "{n}: {:?} is shown for {truth:?} without a word", says(&desk));
                assert_eq!(words > 0, desk.progress.left_out > 0, "{n}");
                right && words == 0
            }
            Err(_) => false,
        };
        assert!(is_true || found, "{n}: doctor says nothing of a log that can't be relied on: {examined:?}");
        told.files += 1;
        told.harmed += u64::from(!is_true);
        told.found += u64::from(!is_true && found);
        if hit {
            told.hits += 1;
            told.hits_found += u64::from(found);
        }
        if n % 10 == 0 {
            commands(program, data.path(), found, truth.0, n);
        }
        if found {
            mend(&folder, sound, &mut told, n);
        }
    }
    assert!(told.hits_found * 100 >= told.hits * 99, "{told:?}");
    told
}

/// After a repair the log is whole and holds all that the backup holds, and what could be read besides.
fn mend(folder: &Path, sound: &Sound, told: &mut Told, n: u64) {
    let before = fs::read(folder.join(DATABASE)).unwrap();
    let repaired = salvage::repair(folder, AT.ms).unwrap();
    assert_eq!(fs::read(repaired.kept.join(DATABASE)).unwrap(), before, "{n}: the damaged bytes are kept");
    let after = ids(folder);
    assert!(after.is_subset(&sound.want), "{n}: there is something that never was");
    assert!(
        after.is_superset(&sound.backed_up),
        "{n}: {} entries, and not all of the backup: {repaired:?}",
        after.len()
    );
    assert_eq!(after.len() as u64, repaired.readable_after, "{n}");
    assert_ne!(doctor::examine(folder, AT.ms).worst(), Some(Level::Damage), "{n}: it is still damaged");
    assert!(desk(folder).unwrap().troubles.is_empty(), "{n}: what is known to be lost is told once only");
    assert!(
        repaired.lost <= (sound.want.len() - after.len()) as u64,
        "{n}: what was never here is called lost: {repaired:?}"
    );
    told.saved += (after.len() - sound.backed_up.len()) as u64;
    told.only_there += (sound.want.len() - sound.backed_up.len()) as u64;
    // It can be written to again, under numbers that were never given.
    let mut store = Store::open_patiently(folder, dice(9000 + n), Duration::from_secs(5)).unwrap();
    store.append(AT, vec![answer(1)]).unwrap();
    if let Some(shared) = &sound.shared {
        // Everything comes back from the folder, and nothing that was written since is lost.
        let shared = copy_to(shared.path(), memory_dir());
        store.sync(shared.path(), AT, false).unwrap();
        drop(store);
        let synced = ids(folder);
        assert!(synced.is_superset(&sound.want) && synced.len() == sound.want.len() + 1, "{n}: {}", synced.len());
        assert_ne!(doctor::examine(folder, AT.ms).worst(), Some(Level::Damage), "{n}: after the sync");
    }
}

/// The real commands: no panic, the right exit code, words on the other channel.
fn commands(program: &Path, data: &Path, found: bool, answers: usize, n: u64) {
    let run = |args: &[&str]| Command::new(program).args(args).arg("--data-dir").arg(data).output().unwrap();
    let doctor = run(&["doctor", "--json"]);
    assert_eq!(doctor.status.code() == Some(2), found, "{n}");
    let stats = run(&["stats", "--json"]);
    for output in [&doctor, &stats, &run(&["history"])] {
        let words = String::from_utf8_lossy(&output.stderr);
        assert!(!words.contains("panicked") && output.status.code().is_some_and(|c| c <= 2), "{n}: {words}");
    }
    if found && stats.status.success() {
        let right = serde_json::from_slice::<serde_json::Value>(&stats.stdout).unwrap()["answers"]["of"] == answers;
        assert!(right || !stats.stderr.is_empty(), "{n}: numbers without a word");
    }
}

/// One bit of one entry of the log.
fn hit_entry(bytes: &[u8], want: &BTreeSet<EventId>, chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    loop {
        let id = want.iter().nth(chance.random_range(0..want.len())).unwrap();
        // The identity stands in the row and in an index; the row goes on with more than a hundred bytes of text.
        let places: Vec<usize> =
            bytes.windows(16).enumerate().filter(|(_, w)| *w == id.0.as_bytes()).map(|(n, _)| n).collect();
        let row = places.into_iter().find(|place| {
            // A page of rows; what else looks like one is left over from when the table was small.
            bytes[place / PAGE * PAGE] == 0x0d
                && bytes.get(place + 32..place + 80).is_some_and(|rest| rest.windows(12).any(|w| w == b"answer.given"))
        });
        if let Some(row) = row {
            let place = row + chance.random_range(0..200);
            bytes[place] ^= 1 << chance.random_range(0..8);
            return bytes;
        }
    }
}

/// Harm of another kind for each number.
fn harm(bytes: &[u8], kind: u64, chance: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let pages = bytes.len() / PAGE;
    let page = |n: usize| n * PAGE..(n + 1) * PAGE;
    match kind % 9 {
        0 => {
            let place = chance.random_range(0..bytes.len());
            bytes[place] ^= 1 << chance.random_range(0..8);
        }
        1 => {
            for _ in 0..100 {
                let place = chance.random_range(0..bytes.len());
                bytes[place] = chance.random();
            }
        }
        2 => bytes.truncate(chance.random_range(0..bytes.len())),
        3 => bytes[page(chance.random_range(0..pages))].fill(0),
        4 => {
            let (one, other) = (chance.random_range(0..pages), chance.random_range(0..pages));
            let kept = bytes[page(one)].to_vec();
            bytes.copy_within(page(other), one * PAGE);
            bytes[page(other)].copy_from_slice(&kept);
        }
        5 => bytes.clear(),
        6 => bytes.fill_with(|| chance.random()),
        7 => {
            // The header alone.
            for byte in &mut bytes[..100] {
                *byte = chance.random();
            }
        }
        _ => {
            let from = chance.random_range(0..bytes.len());
            let to = (from + chance.random_range(1..20_000)).min(bytes.len());
            bytes[from..to].fill(chance.random());
        }
    }
    bytes
}
