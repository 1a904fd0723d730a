//! Terminals that are none, that are very small or very simple; and no network anywhere.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it waits by the clock"
)]

mod support;

use assert_cmd::Command;
use std::path::Path;
use std::time::Duration;
use support::{ENTER, ESC, Pty, json, welcome};

fn swprep(data_dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::cargo_bin("swprep").unwrap();
    command.args(args).arg("--data-dir").arg(data_dir).env("SWPREP_SEED", "4").env("TERM", "xterm");
    command
}

#[test]
fn where_there_is_no_terminal_it_says_how_to_go_on() {
    let dir = tempfile::tempdir().unwrap();
    for args in [&[][..], &["study"], &["exam"]] {
        let output = swprep(dir.path(), args).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(1));
        assert!(told.contains("this is not a terminal") && told.contains("--plain"), "{told}");
        assert!(output.stdout.is_empty(), "nothing is drawn");
    }
}

#[test]
fn a_simple_terminal_gets_lines() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &["study", "--items", "2"], &[("TERM", "dumb")]);
    p.until("Answer a to c").send("a\r").until("sure").send("l\r");
    while !p.has_ended() {
        p.send("q\r");
    }
    p.end();
    assert!(!p.bytes.contains(&0x1b), "an escape was sent");
}

/// The end of the input is no fault: what was answered is saved.
#[test]
fn lines_that_end_leave_everything_saved() {
    let dir = tempfile::tempdir().unwrap();
    let output = swprep(dir.path(), &["--plain", "study", "--items", "3"]).write_stdin("a\nl\n").output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(json(&dir, &["stats", "--json"])["answers"]["of"], 1);
}

/// In the smallest window everything is still done: a question scrolls, its number and the clock stand in one line.
#[test]
fn a_window_of_twenty_by_five_is_enough_for_an_exam() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    p.send("q").end();
    let mut p = Pty::start(dir.path(), &["exam", "--length", "2"], &[]);
    p.until("begins").resize(20, 5).send(ENTER).until("1/2");
    let first = p.text().lines().next().unwrap().to_owned();
    assert!(first.contains("1/2") && first.trim_end().ends_with(|c: char| c.is_ascii_digit()), "{first:?}");
    // Reading on: other lines of the question come into sight.
    let lines = |p: &Pty| p.text().lines().skip(1).take(3).map(str::to_owned).collect::<Vec<_>>();
    while lines(&p).concat().is_empty() {
        p.see("never on the screen", Duration::from_millis(20));
    }
    let before = lines(&p);
    p.send("\x1b[6~").gone(before.iter().find(|line| !line.is_empty()).unwrap());
    p.send("b").send(ENTER).until("2/2").resize(19, 4).until("small").send("c").resize(20, 5).until("2/2");
    p.send("s").until("Hand in").send("y").gone("2/2").resize(80, 24).until("Report").send(ESC);
    p.try_leave();
    let exam = &json(&dir, &["history", "--json"])[0];
    assert_eq!(exam["unanswered"], 0, "what was answered in small windows counts");
}

/// Nothing leaves the computer: no socket that could is ever opened.
#[cfg(target_os = "linux")]
#[test]
fn no_socket_to_anywhere_is_opened() {
    let dir = tempfile::tempdir().unwrap();
    let trace = dir.path().join("trace");
    let mut strace = std::process::Command::new("strace");
    strace.args(["-f", "-e", "trace=network", "-o"]).arg(&trace).arg(env!("CARGO_BIN_EXE_swprep"));
    strace.args(["--plain", "exam", "--length", "3", "--data-dir"]).arg(dir.path()).stdin(std::process::Stdio::piped());
    // Where there is no strace, the test of the sources and of what they are built on has to do.
    let Ok(child) = strace.stdout(std::process::Stdio::null()).spawn() else { return };
    std::io::Write::write_all(&mut child.stdin.as_ref().unwrap(), b"a\nb\nc\nh\ny\n\n").unwrap();
    assert!(child.wait_with_output().unwrap().status.success());
    let calls = std::fs::read_to_string(trace).unwrap();
    assert!(calls.contains("exited with 0"), "{calls}");
    for word in ["AF_INET", "AF_PACKET", "AF_NETLINK", "connect("] {
        assert!(!calls.contains(word), "{calls}");
    }
}

/// A terminal may report a mouse that nobody asked for, from a place that there is not.
#[test]
fn a_mouse_before_the_first_column_is_not_heard() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &[], &[]);
    p.until("Which exam").send("\x1b[M \x1f\x1f").send(ENTER).until("When");
    p.try_leave();
}
