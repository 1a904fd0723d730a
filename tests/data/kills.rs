//! Sittings that are killed at any moment: what the program called saved is there, and nothing is there twice.

use crate::learner::{events, folder};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::time::Duration;
use swprep::core::event::Fact;
use swprep::store::{Store, StoreError};

/// So many kills are done to one profile; then another begins, so that logs stay short.
const TO_ONE_PROFILE: u64 = 100;

/// What was counted.
#[derive(Clone, Copy, Debug, Default)]
pub struct Told {
    /// Kills done.
    pub kills: u64,
    /// Answers that the program called saved.
    pub acknowledged: u64,
    /// Answers that were there without having been called saved: the kill came between.
    pub unacknowledged: u64,
}

/// Kills sittings of the real program.
pub fn answers(program: &Path, kills: u64, seed: u64) -> Told {
    let mut chance = ChaCha8Rng::seed_from_u64(seed);
    let mut told = Told::default();
    while told.kills < kills {
        let data = tempfile::tempdir().unwrap();
        let script = data.path().join("script");
        fs::write(&script, "a\ns\n".repeat(2000)).unwrap();
        let mut there = 0;
        for _ in 0..TO_ONE_PROFILE.min(kills - told.kills) {
            let answers = chance.random_range(0..12);
            let said = sitting(program, data.path(), &script, answers, chance.random_range(0..30_000));
            let acknowledged = said.matches("Saved.").count() as u64;
            let now = answers_in(data.path());
            assert!(now >= there + acknowledged, "{} answers of {} are lost", there + acknowledged - now, acknowledged);
            assert!(now <= there + acknowledged + 1, "{now} answers of {there} and {acknowledged}");
            told.kills += 1;
            told.acknowledged += acknowledged;
            told.unacknowledged += now - there - acknowledged;
            there = now;
        }
    }
    told
}

/// One sitting, killed some microseconds after so many answers were called saved; gives what it said.
fn sitting(program: &Path, data: &Path, script: &Path, answers: usize, after: u64) -> String {
    let mut child = Command::new(program)
        .args(["--plain", "study", "--only", "any", "--items", "500", "--data-dir"])
        .arg(data)
        .stdin(File::open(script).unwrap())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut output = child.stdout.take().unwrap();
    let (send, heard) = channel();
    let listener = std::thread::spawn(move || {
        let mut buffer = [0; 4096];
        while let Ok(n @ 1..) = output.read(&mut buffer) {
            send.send(buffer[..n].to_vec()).unwrap();
        }
    });
    let mut said = vec![];
    while saved(&said) < answers {
        let Ok(more) = heard.recv() else { break };
        said.extend(more);
    }
    std::thread::sleep(Duration::from_micros(after));
    child.kill().unwrap();
    child.wait().unwrap();
    said.extend(heard.iter().flatten());
    listener.join().unwrap();
    String::from_utf8_lossy(&said).into_owned()
}

fn saved(said: &[u8]) -> usize {
    String::from_utf8_lossy(said).matches("Saved.").count()
}

fn answers_in(data: &Path) -> u64 {
    if matches!(Store::read_only(&folder(data)), Err(StoreError::NoProfile(_))) {
        return 0;
    }
    let events = events(&folder(data));
    let mut answers: Vec<_> = events.iter().filter(|e| matches!(e.fact, Fact::Answered(_))).collect();
    let count = answers.len();
    answers.sort_by_key(|e| e.id);
    answers.dedup_by_key(|e| e.id);
    assert_eq!(answers.len(), count, "an answer stands twice");
    count as u64
}
