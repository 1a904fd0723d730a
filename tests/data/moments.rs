//! Kills inside a migration, a backup, a restore, a repair, an import and a sync: what is there afterwards is what was there before, or what
//! was to be there, and never anything between.

use crate::learner::{AT, answer, backups_are_whole, copy, copy_to, dice, folder, ids, make_old, memory_dir, write};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};
use swprep::core::event::EventId;
use swprep::store::{DATABASE, Store, backup};

/// Entries of the log that is harmed, and those of its backup.
const ENTRIES: usize = 3000;
const BACKED_UP: usize = 2000;

fn command(program: &Path, data: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(program);
    command.args(inside(data, args)).arg("--data-dir").arg(data);
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    command
}

/// The words of a command, where a path that begins with `@/` lies in the data directory.
fn inside(data: &Path, args: &[&str]) -> Vec<PathBuf> {
    args.iter().map(|arg| arg.strip_prefix("@/").map_or_else(|| PathBuf::from(arg), |path| data.join(path))).collect()
}

/// When the program is killed.
pub enum Kills<'a> {
    /// So many times, after any part of the time that it takes; by this seed.
    AtRandom(&'a Path, u64, u64),
    /// Before each of its calls that change a file or wait for the disk, one after the other.
    AtEachCall(&'a Path),
}

/// The calls of the system that change files or wait for the disk, and how many are passed over between two kills.
const CALLS: [(&str, usize); 7] =
    [("rename", 1), ("unlink", 1), ("fsync", 1), ("fdatasync", 1), ("ftruncate", 1), ("mkdir", 1), ("pwrite64", 97)];

/// Whether the calls of a program can be seen here.
pub fn calls_can_be_seen() -> bool {
    let seen = Command::new("strace").args(["-o", "/dev/null", "true"]).stderr(Stdio::null()).status();
    seen.is_ok_and(|status| status.success())
}

/// Runs a command on fresh copies and kills it; then looks at what is left. Gives how often the kill came before its end.
fn kill(how: &Kills<'_>, template: &Path, args: &[&str], look: impl Fn(&Path)) -> u64 {
    match how {
        Kills::AtRandom(program, rounds, seed) => at_random(program, template, args, *rounds, *seed, look),
        Kills::AtEachCall(program) => CALLS.iter().map(|call| at_each(program, template, args, *call, &look)).sum(),
    }
}

fn at_each(program: &Path, template: &Path, args: &[&str], call: (&str, usize), look: &impl Fn(&Path)) -> u64 {
    let mut early = 0;
    for when in (1..).step_by(call.1) {
        let data = copy_to(template, memory_dir());
        let mut traced = Command::new("strace");
        traced.args(["-f", "-o", "/dev/null", "-e", &format!("trace={}", call.0), "-e"]);
        traced.arg(format!("inject={}:signal=SIGKILL:when={when}", call.0)).arg(program);
        traced.args(inside(data.path(), args)).arg("--data-dir").arg(data.path());
        traced.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        // The tracer ends as what it traced did.
        let ended = traced.status().unwrap().code().is_some();
        look(data.path());
        if ended {
            break;
        }
        early += 1;
    }
    early
}

fn at_random(program: &Path, template: &Path, args: &[&str], rounds: u64, seed: u64, look: impl Fn(&Path)) -> u64 {
    let whole = copy(template);
    let start = Instant::now();
    command(program, whole.path(), args).status().unwrap();
    let takes = start.elapsed();
    look(whole.path());
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut early = 0;
    for _ in 0..rounds {
        let data = copy(template);
        let mut child = command(program, data.path(), args).spawn().unwrap();
        std::thread::sleep(takes.mul_f64(chance.random_range(0.0..1.0)).max(Duration::from_micros(200)));
        early += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        look(data.path());
    }
    early
}

/// Kills in a migration.
pub fn migration(how: &Kills<'_>) -> u64 {
    let old = tempfile::tempdir().unwrap();
    write(old.path(), ENTRIES, 0);
    let want = ids(&folder(old.path()));
    make_old(old.path());
    kill(how, old.path(), &["backup"], |data| {
        backups_are_whole(&folder(data));
        drop(Store::open(&folder(data), Box::new(|| 3)).unwrap());
        assert_eq!(ids(&folder(data)), want);
        let before = backup::list(&folder(data));
        assert!(before.iter().any(|b| b.why == backup::Why::Schema), "nothing was kept of the old form");
        backups_are_whole(&folder(data));
    })
}

/// Kills in a backup.
pub fn backup(how: &Kills<'_>) -> u64 {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), ENTRIES, BACKED_UP);
    let want = ids(&folder(data.path()));
    kill(how, data.path(), &["backup"], |data| {
        assert!(!backup::list(&folder(data)).is_empty());
        backups_are_whole(&folder(data));
        assert_eq!(ids(&folder(data)), want);
    })
}

/// Kills in a restore.
pub fn restore(how: &Kills<'_>) -> u64 {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), ENTRIES, BACKED_UP);
    kill(how, data.path(), &["restore", "1", "--yes"], |data| {
        backups_are_whole(&folder(data));
        drop(Store::open(&folder(data), Box::new(|| 3)).unwrap());
        let entries = ids(&folder(data)).len();
        assert!([ENTRIES, BACKED_UP].contains(&entries), "{entries} entries are neither the old nor the new state");
        let kept = backup::list(&folder(data)).into_iter().any(|b| b.events == ENTRIES as u64);
        assert!(kept || entries == ENTRIES, "what was there before is not kept");
    })
}

/// Kills in a repair.
pub fn repair(how: &Kills<'_>) -> u64 {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), ENTRIES, BACKED_UP);
    let want = ids(&folder(data.path()));
    // Pages of the first half, which the backup holds as well.
    let file: PathBuf = folder(data.path()).join(DATABASE);
    let mut bytes = fs::read(&file).unwrap();
    let page = bytes.len() / 4 / 4096 * 4096;
    bytes[page..page + 3 * 4096].fill(0);
    fs::write(&file, &bytes).unwrap();
    let log = data.path().to_owned();
    kill(how, &log, &["doctor", "--fix"], |data| {
        backups_are_whole(&folder(data));
        let (Kills::AtRandom(program, ..) | Kills::AtEachCall(program)) = how;
        let end = command(program, data, &["doctor", "--fix"]).status().unwrap();
        assert!(end.code().is_some_and(|code| code < 2), "{end:?}");
        assert!(ids(&folder(data)).is_superset(&want), "a repair that was cut off has lost something");
    })
}

/// Entries that another device has sent.
const SENT: usize = 1000;
/// Entries of the log itself: enough for two segments.
const HELD: usize = 1500;

/// A profile, and beside it a log of another device: as a folder that both use, and as a file.
fn two_devices() -> (tempfile::TempDir, BTreeSet<EventId>) {
    let data = tempfile::tempdir().unwrap();
    write(data.path(), HELD, 0);
    let shared = data.path().join("shared");
    fs::create_dir(&shared).unwrap();
    let mut other = Store::in_memory(dice(77)).unwrap();
    other.append(AT, (0..SENT).map(answer).collect()).unwrap();
    other.sync(&shared, AT, false).unwrap();
    other.export(&mut fs::File::create(data.path().join("other.jsonl")).unwrap()).unwrap();
    let mut all = ids(&folder(data.path()));
    other.pages(|page| all.extend(page.events().map(|e| e.unwrap().id))).unwrap();
    (data, all)
}

/// What must hold of a profile into which something was being read: all of it came, or nothing, after a backup.
fn old_or_new(data: &Path, all: &BTreeSet<EventId>) {
    backups_are_whole(&folder(data));
    let now = ids(&folder(data));
    assert!(now.len() == HELD || now == *all, "{} entries are neither the old nor the new state", now.len());
    let kept = backup::list(&folder(data)).into_iter().any(|b| b.events == HELD as u64);
    assert!(kept || now.len() == HELD, "what was there before is not kept");
}

/// Kills in an import.
pub fn import(how: &Kills<'_>) -> u64 {
    let (log, all) = two_devices();
    let args = ["import", "@/other.jsonl"];
    kill(how, log.path(), &args, |data| {
        old_or_new(data, &all);
        let (Kills::AtRandom(program, ..) | Kills::AtEachCall(program)) = how;
        assert!(command(program, data, &args).status().unwrap().success());
        assert_eq!(ids(&folder(data)), all);
    })
}

/// Kills in a sync.
pub fn sync(how: &Kills<'_>) -> u64 {
    let (log, all) = two_devices();
    let shared = |data: &Path| -> BTreeMap<PathBuf, Vec<u8>> {
        let files = fs::read_dir(data.join("shared")).unwrap().map(|e| e.unwrap().path());
        let files = files.filter(|path| path.extension().is_some_and(|e| e == "jsonl"));
        files.map(|path| (path.strip_prefix(data).unwrap().to_owned(), fs::read(&path).unwrap())).collect()
    };
    let before = shared(log.path());
    let args = ["sync", "@/shared", "--join"];
    kill(how, log.path(), &args, |data| {
        old_or_new(data, &all);
        let left = shared(data);
        // Whatever the moment, another device finds whole files only.
        let mut third = Store::in_memory(dice(78)).unwrap();
        let found = third.sync(&data.join("shared"), AT, false).unwrap();
        assert!(found.skipped.is_empty() && found.merged.added >= SENT as u64, "{found:?}");
        let (Kills::AtRandom(program, ..) | Kills::AtEachCall(program)) = how;
        assert!(command(program, data, &args).status().unwrap().success());
        assert_eq!(ids(&folder(data)), all);
        let after = shared(data);
        assert!(before.iter().chain(&left).all(|(path, bytes)| after.get(path) == Some(bytes)), "a file was changed");
        let end = third.sync(&data.join("shared"), AT, false).unwrap();
        assert_eq!((found.merged.added + end.merged.added, end.sent), (all.len() as u64, 0));
        let names = fs::read_dir(data.join("shared")).unwrap().map(|e| e.unwrap().file_name());
        assert!(!names.into_iter().any(|name| name.to_string_lossy().starts_with('.')), "something unfinished stayed");
    })
}
