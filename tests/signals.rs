//! However the program ends or is stopped, the terminal is as it was before; and it goes on where it stopped.

#![cfg(unix)]
#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it waits by the clock, and one program is made to break"
)]

mod support;

use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use std::fs;
use std::io::{Read, Write};
use std::path::Path;
use std::process::Command;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};
use support::{ENTER, Pty, welcome};
use swprep::tui::terminal::Guard;

/// Names the helper programs below to themselves.
const HELPER: &str = "SWPREP_TEST_HELPER";

#[test]
fn signals_at_any_moment_leave_the_terminal_clean() {
    assert_eq!(support::storm::signals(24, 5).len(), 24);
}

/// How a new terminal treats lines.
fn plain_mode() -> String {
    let pair = native_pty_system().openpty(PtySize::default()).unwrap();
    format!("{:?}", pair.master.get_termios().unwrap())
}

/// A line that takes no byte any more, such as a frozen connection: the program is not stuck with it.
#[test]
fn a_signal_ends_the_program_where_the_terminal_takes_nothing_more() {
    let dir = tempfile::tempdir().unwrap();
    let pair = native_pty_system().openpty(PtySize { rows: 50, cols: 200, ..PtySize::default() }).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_swprep"));
    command.env("TERM", "xterm-256color");
    command.env("SWPREP_DATA_DIR", dir.path());
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let (mut reader, mut writer) = (pair.master.try_clone_reader().unwrap(), pair.master.take_writer().unwrap());
    let mut shown = String::new();
    while !shown.contains("help") {
        let mut buffer = [0; 4096];
        let count = reader.read(&mut buffer).unwrap();
        shown += &String::from_utf8_lossy(&buffer[..count]);
    }
    // From here on nobody reads. Whole pictures are asked for until the line is full.
    let pid = child.process_id().unwrap();
    while is_drawn_within(pid, Duration::from_millis(500), || writer.write_all(b"\x0c").unwrap()) {}
    Command::new("kill").args(["-TERM", &pid.to_string()]).status().unwrap();
    let mut killer = child.clone_killer();
    let (send, ended) = channel();
    std::thread::spawn(move || send.send(child.wait().unwrap()));
    let how = ended.recv_timeout(Duration::from_secs(20));
    let _ = killer.kill();
    assert!(how.is_ok(), "it still runs");
    let mode = format!("{:?}", pair.master.get_termios().unwrap());
    assert_eq!(mode, plain_mode(), "lines and echo are as before, though no byte could be sent");
}

/// Whether the program writes something after the deed.
fn is_drawn_within(pid: u32, patience: Duration, deed: impl FnOnce()) -> bool {
    let before = written(pid);
    deed();
    let start = Instant::now();
    while start.elapsed() < patience {
        if written(pid) > before {
            return true;
        }
        std::thread::yield_now();
    }
    false
}

fn written(pid: u32) -> u64 {
    let io = fs::read_to_string(format!("/proc/{pid}/io")).unwrap();
    io.lines().find_map(|l| l.strip_prefix("wchar: ")).unwrap().parse().unwrap()
}

#[test]
fn it_sleeps_and_wakes_with_the_terminal_clean_between() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    let raw = p.mode();
    // Control and Z, and the same from outside.
    for stop in ["\x1a", "TSTP"] {
        let left = |p: &Pty| String::from_utf8_lossy(&p.bytes).matches("\x1b[?1049l").count();
        let before = left(&p);
        if stop.len() == 1 {
            p.send(stop);
        } else {
            p.signal(stop);
        }
        let start = Instant::now();
        while !is_stopped(p.pid()) || left(&p) == before {
            assert!(start.elapsed() < Duration::from_secs(20), "it does not stop, or does not leave the screen");
            p.see("never on the screen", Duration::from_millis(10));
        }
        p.assert_left_clean();
        p.signal("CONT").until("Mock exam");
        assert_eq!(p.mode(), raw);
        p.send("g").gone("Mock exam").send("\x1b").until("Mock exam");
    }
    // A stop that the program does not see; the shell sets the terminal up for itself meanwhile.
    p.signal("STOP").signal("CONT").send("g").gone("Mock exam");
    assert_eq!(p.mode(), raw);
    p.send("q");
    assert_eq!(p.end(), 0);
    p.assert_left_clean();
}

fn is_stopped(pid: u32) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap();
    stat.rsplit_once(") ").unwrap().1.starts_with('T')
}

/// Runs one of the helper tests below in a terminal of its own.
fn helper(name: &str) -> Pty {
    let dir = tempfile::tempdir().unwrap();
    let this = std::env::current_exe().unwrap();
    let mut p = Pty::start_other(&this, dir.path(), &["--exact", name, "--nocapture"], &[(HELPER, name)]);
    p.end();
    p
}

#[test]
fn a_panic_leaves_the_terminal_clean_and_tells_what_broke() {
    let p = helper("breaks_on_the_screen");
    p.assert_left_clean();
    let text = String::from_utf8_lossy(&p.bytes);
    let (left, told) = (text.rfind("\x1b[?1049l").unwrap(), text.find("it broke here").unwrap());
    assert!(left < told, "the message comes after the other screen was left");
}

#[test]
fn a_panic_beside_the_screen_does_not_take_the_screen_away() {
    let p = helper("breaks_beside_the_screen");
    p.assert_left_clean();
    let text = String::from_utf8_lossy(&p.bytes);
    let told = text.find("it broke there").unwrap();
    let before = &text[..told];
    assert!(before.rfind("\x1b[?1049l") > before.rfind("\x1b[?1049h"), "it is told on the screen that stays");
    assert!(text[told..].contains("\x1b[?1049h"), "the program's screen comes back");
    assert!(text.contains("raw again: true"));
}

/// The monkey has found it: who leaves just as the program wakes must not be left on the program's screen.
#[test]
fn leaving_while_it_wakes_leaves_the_terminal_clean() {
    let dir = tempfile::tempdir().unwrap();
    let this = std::env::current_exe().unwrap();
    let name = "leaves_while_it_wakes";
    let mut p = Pty::start_other(&this, dir.path(), &["--exact", name, "--nocapture"], &[(HELPER, name)]);
    let start = Instant::now();
    while !p.has_ended_after(Duration::from_millis(1)) {
        assert!(start.elapsed() < Duration::from_secs(30), "it does not end");
        p.signal_if_alive("CONT");
    }
    p.end();
    p.assert_left_clean();
    assert!(String::from_utf8_lossy(&p.bytes).matches("\x1b[?1049l").count() >= 80);
}

fn pass(time: Duration) {
    let start = Instant::now();
    while start.elapsed() < time {
        std::thread::yield_now();
    }
}

/// No test by itself: the program that is put to sleep and leaves.
#[test]
fn leaves_while_it_wakes() {
    if std::env::var(HELPER).is_ok() {
        for n in 0..80 {
            let guard = Guard::enter().unwrap();
            swprep::tui::terminal::suspend();
            pass(Duration::from_micros(n * 25));
            drop(guard);
        }
        // What still wakes does so now.
        pass(Duration::from_millis(50));
    }
}

/// No test by itself: the program that breaks while it holds the terminal.
#[test]
fn breaks_on_the_screen() {
    if std::env::var(HELPER).is_ok() {
        let _guard = Guard::enter().unwrap();
        swprep::tui::terminal::expect_text(true).unwrap();
        panic!("it broke here");
    }
}

/// No test by itself: the program whose other thread breaks while it holds the terminal.
#[test]
fn breaks_beside_the_screen() {
    if std::env::var(HELPER).is_ok() {
        let guard = Guard::enter().unwrap();
        assert!(std::thread::spawn(|| panic!("it broke there")).join().is_err());
        let raw = ratatui::crossterm::terminal::is_raw_mode_enabled().unwrap();
        drop(guard);
        println!("raw again: {raw}");
    }
}

/// A text that is pasted into a field is one piece: its ends of lines hand nothing in, its letters answer nothing.
#[test]
fn a_paste_is_typed_into_a_field_and_nowhere_else() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &["exam", "--length", "mini"], &[]);
    p.until("begins").send(ENTER).until("1/30");
    assert!(!expects_paste(&p));
    p.send("w").until("Note");
    while !expects_paste(&p) {
        p.see("never on the screen", Duration::from_millis(10));
    }
    p.send("\x1b[200~first line\r\nb\x07\nq\x1b[201~").until("first line b q").send(ENTER).gone("▏");
    assert!(!p.text().contains('●'), "nothing was answered");
    while expects_paste(&p) {
        p.see("never on the screen", Duration::from_millis(10));
    }
    p.send("b").until("●").signal("TERM").status();
    p.assert_left_clean();
    assert!(Path::new(&dir.path().join("profiles/default/progress.db")).exists());
}

fn expects_paste(p: &Pty) -> bool {
    let text = String::from_utf8_lossy(&p.bytes);
    text.rfind("\x1b[?2004h") > text.rfind("\x1b[?2004l")
}
