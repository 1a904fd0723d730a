//! Entries from elsewhere that are whole and strange: each is understood in one way, or told.

use super::learner::{events, folder, raw_log};
use super::seal::sealed;
use super::typed::{learner, run, segments, study, sync, words};
use std::fs;
use std::path::Path;
use std::process::Command;
use swprep::store::transfer::line::{self, Manifest};
use tempfile::{TempDir, tempdir};

/// An export of the learner, its lines changed and sealed anew.
fn export(data: &TempDir, change: impl Fn(Vec<String>) -> Vec<String>) -> std::path::PathBuf {
    let file = data.path().join("me.jsonl");
    assert!(run(data.path(), &["export", file.to_str().unwrap()]).status.success());
    let text = fs::read_to_string(&file).unwrap();
    let mut lines = text.lines();
    let mut manifest: Manifest = serde_json::from_str(lines.next().unwrap()).unwrap();
    let rest =
        change(lines.map(str::to_owned).collect()).iter().map(|line| sealed(line)).collect::<Vec<_>>().join("\n");
    let read =
        line::read(&manifest.format, format!("{}\n{rest}", serde_json::to_string(&manifest).unwrap()).as_bytes());
    let read = read.unwrap();
    (manifest.events, manifest.items, manifest.sha256) = (read.rows.len() as u64, read.items.len() as u64, read.sha256);
    fs::write(&file, format!("{}\n{rest}\n", serde_json::to_string(&manifest).unwrap())).unwrap();
    file
}

fn import(data: &TempDir, file: &Path) -> String {
    let done = run(data.path(), &["import", file.to_str().unwrap()]);
    assert!(done.status.success(), "{}", words(&done));
    words(&done)
}

/// An invisible character in what is taken back: the start and the report must not read it in two ways.
#[test]
fn what_was_taken_back_with_an_invisible_character_is_taken_back_and_the_log_opens() {
    let (one, two) = (learner(6, 1), learner(0, 2));
    let taken = events(&folder(one.path()))[2].id;
    let file = export(&one, |mut lines| {
        let mut last: serde_json::Value = serde_json::from_str(lines.last().unwrap()).unwrap();
        last["kind"] = "event.retracted".into();
        last["body"] = serde_json::json!({ "event": format!("\u{200b}{}", taken.0) });
        *lines.last_mut().unwrap() = last.to_string();
        lines
    });
    let told = import(&two, &file);
    assert!(!told.contains("newer version"), "it is understood: {told}");
    assert_eq!(run(two.path(), &["doctor"]).status.code(), Some(0));
    let stats = run(two.path(), &["stats", "--json"]);
    assert!(stats.status.success() && stats.stderr.is_empty(), "{}", words(&stats));
    let stats: serde_json::Value = serde_json::from_slice(&stats.stdout).unwrap();
    assert_eq!(stats["answers"]["of"], 4, "five answers came, and one of them is taken back");
}

/// What the database says of a fault comes with a next step, in an export too.
#[test]
fn an_export_that_the_database_refuses_says_what_to_do() {
    let one = learner(3, 1);
    let raw = raw_log(one.path());
    raw.execute_batch("DROP TABLE item_copy; PRAGMA wal_checkpoint(TRUNCATE)").unwrap();
    drop(raw);
    let file = one.path().join("me.jsonl");
    for args in [&["export"][..], &["export", file.to_str().unwrap()]] {
        let refused = run(one.path(), args);
        assert_eq!(refused.status.code(), Some(1));
        assert!(words(&refused).contains("`swprep doctor` looks closer"), "{}", words(&refused));
    }
    assert!(!file.exists(), "half an export is none");
}

/// On some disks nothing can be waited for; an export there is whole all the same.
#[test]
fn an_export_to_a_disk_that_can_not_be_waited_for_is_no_failure() {
    if !super::moments::calls_can_be_seen() {
        println!("skipped: there is no strace here that may stop a program at its calls");
        return;
    }
    let one = learner(3, 1);
    let file = one.path().join("me.jsonl");
    let mut traced = Command::new("strace");
    traced.args(["-f", "-o", "/dev/null", "-e", "trace=fsync", "-e", "inject=fsync:error=EINVAL"]);
    let done =
        traced.arg(super::program()).arg("export").arg(&file).arg("--data-dir").arg(one.path()).output().unwrap();
    assert!(done.status.success() && fs::read_to_string(&file).unwrap().lines().count() == 4, "{}", words(&done));
}

fn assert_told(words: &str, told: &str) {
    assert!(words.contains(told), "{told:?} is not in: {words}");
    let long = words.split(|c: char| !c.is_ascii_hexdigit()).any(|word| word.len() == 32);
    assert!(!long, "nobody can make anything of 32 digits: {words}");
}

#[test]
fn one_entry_is_told_as_one_and_with_a_next_step() {
    let (one, two, shared) = (learner(1, 1), learner(0, 2), tempdir().unwrap());
    let words_of_sync = |data: &TempDir| words(&run(data.path(), &["sync", shared.path().to_str().unwrap()]));
    assert_told(&words_of_sync(&one), "0 entries came from other devices, 1 went to the folder.");
    let early = segments(shared.path()).remove(0);
    study(&one, 1, 3);
    sync(&one, shared.path(), &[]);
    fs::rename(&early, one.path().join("early")).unwrap();
    let told = words_of_sync(&two);
    assert_told(&told, "1 entry came from other devices, 0 went to the folder.");
    assert_told(&told, " has not come yet; it comes with a later sync");
    assert_told(&told, "There is nothing to do here");
    let device = early.file_name().unwrap().to_string_lossy()[7..11].to_owned();
    assert_told(&told, &format!("1 entry of device {device} has"));
    fs::rename(one.path().join("early"), &early).unwrap();
    assert!(!words_of_sync(&two).contains("not come"));
}

#[test]
fn an_entry_of_a_newer_version_is_told_with_a_next_step() {
    for (n, told) in [
        (1, "1 entry was made by a newer version of swprep; it is kept and counts once you use that version here"),
        (2, "2 entries were made by a newer version of swprep; they are kept and count once you use that version here"),
    ] {
        let (one, two) = (learner(3, 1), learner(0, 2));
        let file = export(&one, |lines| {
            let newer = |line: &String| line.replace("answer.given", "from.the.future");
            lines.iter().take(n).map(newer).chain(lines.iter().skip(n).cloned()).collect()
        });
        assert_told(&import(&two, &file), told);
    }
}

#[test]
fn an_entry_that_contradicts_what_is_here_is_left_out_and_told_with_a_next_step() {
    for (n, told) in [
        (
            1,
            "1 entry does not fit what is here and was left out; what is here was not changed, and there is nothing to do",
        ),
        (2, "2 entries do not fit what is here and were left out"),
    ] {
        let one = learner(3, 1);
        let before = events(&folder(one.path()));
        let file = export(&one, |lines| {
            let other = |line: &String| line.replace("1234", "1235");
            lines.iter().take(n).map(other).chain(lines.iter().skip(n).cloned()).collect()
        });
        assert_told(&import(&one, &file), told);
        assert_eq!(events(&folder(one.path())), before);
    }
}

#[test]
fn one_missing_entry_is_told_as_one() {
    let one = learner(5, 1);
    let raw = raw_log(one.path());
    raw.execute_batch("DROP TRIGGER event_keeps_rows; DELETE FROM event WHERE seq = 3").unwrap();
    drop(raw);
    assert_told(&words(&run(one.path(), &["doctor"])), "1 entry is missing.");
    let told = run(one.path(), &["export"]).stderr;
    assert_told(&String::from_utf8_lossy(&told), "left out: 1 entry, missing");
}
