//! The commands as they are typed, and what they say.

use super::learner::{AT, answer, dice, folder};
use super::program;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use swprep::store::Store;
use tempfile::{TempDir, tempdir};

/// Runs the program on a data directory.
pub fn run(data: &Path, args: &[&str]) -> Output {
    let mut command = Command::new(program());
    command.args(args).arg("--data-dir").arg(data).env("SWPREP_NOW", "2026-11-26T19:05:00-05:00");
    command.output().unwrap()
}

/// All that was said, the complaints last.
pub fn words(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

/// Syncs, which must succeed.
pub fn sync(data: &TempDir, shared: &Path, more: &[&str]) -> serde_json::Value {
    let args = [&["sync", shared.to_str().unwrap(), "--json"], more].concat();
    let output = run(data.path(), &args);
    assert!(output.status.success(), "{}", words(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A learner with so many answers.
pub fn learner(answers: usize, seed: u64) -> TempDir {
    let data = tempdir().unwrap();
    study(&data, answers, seed);
    data
}

/// So many answers more. The chance must be another one each time.
pub fn study(data: &TempDir, answers: usize, seed: u64) {
    let mut store = Store::open(&folder(data.path()), dice(seed)).unwrap();
    store.append(AT, (0..answers).map(answer).collect()).unwrap();
}

/// All files of a sync folder.
pub fn segments(shared: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(shared).unwrap().map(|e| e.unwrap().path()).collect();
    files.sort();
    files
}
