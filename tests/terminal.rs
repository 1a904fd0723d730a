//! The real program in a pseudo-terminal: what a person does, to the end.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it waits by the clock"
)]

mod support;

use assert_cmd::Command;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::io::Read;
use std::sync::mpsc::channel;
use std::time::Duration;
use support::{ENTER, ESC, Pty, json, welcome};
use tempfile::TempDir;

fn data_dir() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// Answers study questions, all with the first option and "leaning".
fn study(p: &mut Pty, answers: usize) {
    p.send("s").until(" 1/");
    for n in 1..=answers {
        p.gone("saved").send("a").until("How sure").send("l").until("saved");
        if n < answers {
            p.send(ENTER);
        }
    }
}

/// Begins a mini exam from the first screen.
fn mini(p: &mut Pty) {
    p.until("Mock exam")
        .send("m")
        .until("Mini")
        .send("jjjjjj")
        .send("kkkk")
        .send(ENTER)
        .until("begins")
        .send(ENTER)
        .until("1/30");
}

/// The whole path of a first evening, and what the commands say of it afterwards.
#[test]
fn first_run_ten_answers_and_a_mini_exam_to_its_report() {
    let dir = data_dir();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    study(&mut p, 10);
    p.send(ESC).until("Done:").send(ESC).until("Settings");
    mini(&mut p);
    for n in 1..=30 {
        p.until(&format!(" {n}/30")).send("b").until("●");
        if n < 30 {
            p.send(ENTER);
        }
    }
    p.send("s").until("30 of 30 answered").send("y").until("Report").until("of 30");
    p.send(ENTER)
        .until("A second look?")
        .send("n")
        .until("1/30")
        .send(ESC)
        .until("Report")
        .send(ESC)
        .until("Settings")
        .send("q");
    assert_eq!(p.end(), 0);

    let stats = json(&dir, &["stats", "--json"]);
    assert_eq!(stats["answers"]["of"], 40);
    assert_eq!(
        stats["calibration"].as_array().unwrap().iter().map(|c| c["share"]["of"].as_u64().unwrap()).sum::<u64>(),
        10
    );
    let exams = json(&dir, &["history", "--json"]);
    assert_eq!(exams.as_array().unwrap().len(), 1);
    let exam = &exams[0];
    assert_eq!((exam["complete"].as_bool(), exam["unanswered"].as_u64()), (Some(true), Some(0)));
    let answers = exam["answers"].as_array().unwrap();
    assert_eq!(answers.len(), 30);
    let right = answers.iter().filter(|a| a["choice"] == a["key"]).count() as u64;
    assert_eq!(exam["score"]["right"].as_u64(), Some(right));
    for answer in answers {
        // She always pressed b: the second option as it was shown.
        assert_eq!(answer["choice"], answer["order"][1]);
    }
}

#[test]
fn an_exam_that_was_killed_goes_on_at_the_same_item_with_the_same_time() {
    let dir = data_dir();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    mini(&mut p);
    p.send("a")
        .until("●")
        .send(ENTER)
        .until("2/30")
        .send("c")
        .until("●")
        .send("f")
        .until("flagged")
        .send(ENTER)
        .until("3/30");
    let stem = p.text().lines().nth(2).unwrap().to_owned();
    let before = clock(&p.text());
    p.kill();
    let mut p = Pty::start(dir.path(), &[], &[]);
    p.until("An exam waits").until("2 of 30 answered").send(ENTER).until("3/30").until(&stem);
    let after = clock(&p.text());
    assert!(after + 1 >= before && after <= before + 5, "{before} s were left, now {after} s");
    p.send("p").until("2/30").until("flagged").until("●");
    p.send("s").until("2 of 30 answered").send("y").until("Report");
}

/// The clock in the first line, in seconds.
fn clock(screen: &str) -> u64 {
    let text = screen.lines().next().unwrap().split_whitespace().last().unwrap();
    text.split(':').fold(0, |sum, part| sum * 60 + part.parse::<u64>().unwrap())
}

#[test]
fn a_second_window_is_told_and_a_reader_is_let_in() {
    let dir = data_dir();
    let mut first = Pty::start(dir.path(), &[], &[]);
    welcome(&mut first);
    let mut second = Pty::start(dir.path(), &[], &[]);
    assert_eq!(second.end(), 1);
    assert!(second.text().contains("another window"), "{}", second.text());
    assert_eq!(json(&dir, &["stats", "--json"])["answers"]["of"], 0);
}

#[test]
fn no_color_keeps_bold_and_reverse_and_sets_no_colour() {
    let dir = data_dir();
    let mut p = Pty::start(dir.path(), &[], &[("NO_COLOR", "1")]);
    welcome(&mut p);
    let text = String::from_utf8_lossy(&p.bytes).into_owned();
    assert!(text.contains("\x1b[1m") && text.contains("\x1b[7m"), "bold and reverse are used");
    for colour in ["\x1b[31", "\x1b[32", "\x1b[36", "\x1b[38;", "\x1b[48;"] {
        assert!(!text.contains(colour), "{colour:?} was sent");
    }
}

#[test]
fn the_terminal_is_left_as_it_was() {
    let dir = data_dir();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    p.send("q");
    assert_eq!(p.end(), 0);
    let text = String::from_utf8_lossy(&p.bytes).into_owned();
    assert_eq!(text.matches("\x1b[?1049h").count(), text.matches("\x1b[?1049l").count());
    assert!(text.rfind("\x1b[?25h") > text.rfind("\x1b[?25l"), "the cursor is shown again");
}

#[cfg(unix)]
#[test]
fn a_signal_ends_it_with_the_terminal_restored() {
    for signal in ["TERM", "HUP", "INT"] {
        let dir = data_dir();
        let mut p = Pty::start(dir.path(), &[], &[]);
        welcome(&mut p);
        Command::new("kill").args([&format!("-{signal}"), &p.pid().to_string()]).assert().success();
        assert_ne!(p.end(), 0, "{signal}");
        let text = String::from_utf8_lossy(&p.bytes).into_owned();
        assert!(text.contains("\x1b[?1049l"), "{signal}");
    }
}

/// A terminal that is not the controlling one sends no signal when it goes. The program must not wait for it for ever.
#[cfg(unix)]
#[test]
fn a_terminal_that_goes_without_a_signal_ends_the_program() {
    let dir = data_dir();
    let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_swprep"));
    command.env("TERM", "xterm-256color");
    command.env("SWPREP_DATA_DIR", dir.path());
    command.set_controlling_tty(false);
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    // The last word of its first picture; from then on it waits for keys.
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut shown = String::new();
    while !shown.contains("help") {
        let mut buffer = [0; 4096];
        let count = reader.read(&mut buffer).unwrap();
        shown += &String::from_utf8_lossy(&buffer[..count]);
    }
    drop((reader, pair.master));
    let mut killer = child.clone_killer();
    let (send, ended) = channel();
    std::thread::spawn(move || send.send(child.wait().is_ok()));
    let in_time = ended.recv_timeout(Duration::from_mins(1));
    let _ = killer.kill();
    assert_eq!(in_time, Ok(true), "it still runs");
}

#[test]
fn every_size_can_be_lived_with() {
    let dir = data_dir();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    p.resize(18, 4).until("too small").resize(40, 12).until("Study").send("s").until("1/").resize(120, 40).until("1/");
    p.send(ESC).until("Settings").send("q");
    assert_eq!(p.end(), 0);
}
