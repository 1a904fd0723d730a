//! Entries from elsewhere that are whole and strange: each is understood in one way, or told.

use super::learner::{events, folder};
use super::seal::sealed;
use super::typed::{learner, run, words};
use std::fs;
use std::path::Path;
use swprep::store::transfer::line::{self, Manifest};
use tempfile::TempDir;

/// An export of the learner, its lines changed and sealed anew.
fn export(data: &TempDir, change: impl Fn(Vec<String>) -> Vec<String>) -> std::path::PathBuf {
    let file = data.path().join("me.jsonl");
    assert!(run(data.path(), &["export", file.to_str().unwrap()]).status.success());
    let text = fs::read_to_string(&file).unwrap();
    let mut lines = text.lines();
    let mut manifest: Manifest = serde_json::from_str(lines.next().unwrap()).unwrap();
    let rest = change(lines.map(str::to_owned).collect()).iter().map(|line| sealed(line)).collect::<Vec<_>>().join("\n");
    let read =
        line::read(&manifest.format, format!("{}\n{rest}", serde_json::to_string(&manifest).unwrap()).as_bytes());
    let read = read.unwrap();
    (manifest.events, manifest.items, manifest.sha256) =
        (read.rows.len() as u64, read.items.len() as u64, read.sha256);
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
