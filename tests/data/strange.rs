//! Entries from elsewhere that are whole and strange: each is understood in one way, or told.

use super::learner::{events, folder};
use super::seal::sealed;
use super::typed::{learner, run, words};
use std::fs;
use std::path::Path;
use std::process::Command;
use swprep::store::DATABASE;
use swprep::store::transfer::line::{self, Manifest};
use tempfile::TempDir;

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
    let raw = rusqlite::Connection::open(folder(one.path()).join(DATABASE)).unwrap();
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
