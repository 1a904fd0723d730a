//! Several windows and commands at once.

use super::learner::{answer, dice, events, folder, memory_dir};
use super::program;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};
use std::time::Duration;
use swprep::core::calendar::Stamp;
use swprep::store::Store;

const WRITERS: u64 = 4;
const ENTRIES: u64 = 300;

/// Names the folder and the seed to a process of [`one_writer`].
const FOLDER: &str = "SWPREP_TEST_WRITER";

/// What each of the four processes does; by itself it does nothing.
#[test]
fn one_writer() {
    let Ok(told) = std::env::var(FOLDER) else { return };
    let (seed, data) = told.split_once(' ').unwrap();
    let seed: u64 = seed.parse().unwrap();
    for n in 0..ENTRIES {
        let chance = dice(seed * 1_000_000 + n);
        let mut store = Store::open_patiently(&folder(data.as_ref()), chance, Duration::from_secs(30)).unwrap();
        store.append(Stamp::default(), vec![answer(n as usize)]).unwrap();
    }
}

#[test]
fn four_writers_at_once_lose_nothing() {
    let data = memory_dir();
    let start = |seed| {
        let mut command = Command::new(std::env::current_exe().unwrap());
        command.args(["--exact", "writers::one_writer"]).stdout(Stdio::null());
        command.env(FOLDER, format!("{seed} {}", data.path().display())).spawn().unwrap()
    };
    let writers: Vec<_> = (1..=WRITERS).map(start).collect();
    for mut writer in writers {
        assert!(writer.wait().unwrap().success());
    }
    assert_eq!(events(&folder(data.path())).len() as u64, WRITERS * ENTRIES);
}

#[test]
fn a_second_window_is_told_who_holds_the_profile_and_reading_goes_on() {
    let data = tempfile::tempdir().unwrap();
    let start = |args: &[&str]| {
        let mut command = Command::new(program());
        command.args(args).arg("--data-dir").arg(data.path());
        command
    };
    let mut first = start(&["--plain", "study"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    let mut said = BufReader::new(first.stdout.take().unwrap());
    let mut line = String::new();
    while !line.contains("Question 1") {
        line.clear();
        assert!(said.read_line(&mut line).unwrap() > 0);
    }
    let second = start(&["--plain", "study"]).stdin(Stdio::null()).output().unwrap();
    let words = String::from_utf8_lossy(&second.stderr).into_owned();
    assert_eq!(second.status.code(), Some(1));
    let holder = format!("(process {})", first.id());
    assert!(words.contains("open in another window") && words.contains(&holder), "{words}");
    assert!(words.contains("--profile") && words.contains("since 2"), "{words}");
    for reading in [["stats"], ["due"], ["doctor"]] {
        let output = start(&reading).output().unwrap();
        assert!(output.status.success(), "{reading:?}: {}", String::from_utf8_lossy(&output.stderr));
    }
    for writing in [vec!["doctor", "--fix"], vec!["restore"]] {
        // Neither is held up: there is nothing to mend, and the list only reads.
        assert!(start(&writing).output().unwrap().status.success(), "{writing:?}");
    }
    first.stdin.take().unwrap().write_all(b"q\n").unwrap();
    first.wait().unwrap();
    assert!(start(&["--plain", "study"]).stdin(Stdio::null()).output().unwrap().status.success());
}
