//! Over a slow line: how many bytes a key costs, that none are sent while nothing happens, and that waiting keys are
//! answered by one picture.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a failing test should say where; it waits by the clock"
)]

mod support;

use ratatui::crossterm::style::force_color_output;
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};
use std::cell::Cell;
use std::io::{self, Write};
use std::rc::Rc;
use std::time::Duration;
use support::{Pty, welcome};
use swprep::banks::shipped::shipped_library;
use swprep::core::calendar::{Moment, Stamp};
use swprep::core::event::Fact;
use swprep::core::settings::Setting;
use swprep::desk::Desk;
use swprep::env;
use swprep::store::Store;
use swprep::tui::app::App;
use swprep::tui::keys::Key;
use swprep::tui::thrifty::Thrifty;

/// The most bytes that a key may cost in a window of 80 by 24.
const KEY: usize = 1024;
/// The most bytes for a whole new page: its 1,920 cells and a fifth for styles and jumps.
const PAGE: usize = 2304;
/// The most bytes that a second of a running clock may cost: 38, and 41 where a minute changes.
const TICK: usize = 41;

/// Counts what is written.
#[derive(Clone, Default)]
struct Counter(Rc<Cell<usize>>);

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The program in a window of 80 by 24, with what its line carries.
struct Line {
    app: App,
    screen: Terminal<Thrifty<Counter>>,
    sent: Counter,
    now: Moment,
}

impl Line {
    fn new() -> Self {
        force_color_output(true);
        let at = Stamp { ms: 1_795_565_100_000, offset_min: -300 };
        let mut store = Store::in_memory(env::dice(Some(1))).unwrap();
        store.append(at, vec![Fact::Set(Setting::Welcomed)]).unwrap();
        let desk = Desk::new(store, shipped_library(), env::dice(Some(2))).unwrap();
        let sent = Counter::default();
        let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
        let screen = Terminal::with_options(Thrifty::new(sent.clone()), TerminalOptions { viewport }).unwrap();
        let now = Moment { wall: at, mono: Duration::from_secs(1) };
        let mut line = Self { app: App::new(desk, None), screen, sent, now };
        line.draw();
        line
    }

    /// Draws, and gives the bytes that it took.
    fn draw(&mut self) -> usize {
        self.sent.0.set(0);
        self.screen.draw(|frame| self.app.draw(frame, self.now)).unwrap();
        self.sent.0.get()
    }

    fn second(&mut self) {
        self.now.mono += Duration::from_secs(1);
        self.now.wall.ms += 1000;
    }

    /// Presses a key a second after the last one, and gives the bytes of the new picture.
    fn press(&mut self, key: Key) -> usize {
        self.second();
        self.app.press(key, self.now);
        self.draw()
    }
}

fn key(letter: char) -> Key {
    match letter {
        '\n' => Key::Enter,
        '\u{1b}' => Key::Esc,
        letter => Key::Char(letter),
    }
}

#[test]
fn a_key_costs_at_most_a_kilobyte_and_a_page_its_own_letters() {
    // What stands between bars is work on a page, and from question to question in an exam; the rest turns pages.
    let ways = [
        "?\u{1b}s|xasb|\n|asS|\n|m|\u{1b}\u{1b}",
        "g|llllll1|2345|jj|\u{1b}",
        // Each letter of a search brings another page of rules.
        "l|jjj|\n|jjj|\u{1b}\u{1b}|/|consent\n\n\u{1b}\u{1b}\u{1b}",
        "m\n\n|b\nc\nfdl\njjwnote\nc\nc\nc\n|gjjj\u{1b}rr|c\nc\nc|sy\n\u{1b}",
    ];
    let mut seen = 0;
    for way in ways {
        let mut line = Line::new();
        let mut working = false;
        for (n, letter) in way.chars().enumerate() {
            if letter == '|' {
                working = !working;
                continue;
            }
            let bytes = line.press(key(letter));
            let most = if working { KEY } else { PAGE };
            assert!(bytes <= most, "{bytes} bytes for {letter:?}, sign {n} of {way:?}");
            seen = seen.max(bytes);
        }
    }
    assert!(seen > KEY, "pages are drawn");
}

#[test]
fn a_second_of_a_running_clock_costs_forty_bytes() {
    let mut line = Line::new();
    for letter in "m\n\nb".chars() {
        line.press(key(letter));
    }
    let mut changes = 0;
    for n in 1..=180 {
        line.second();
        let wanted = line.app.wake_in(line.now).is_some();
        line.app.tick(line.now);
        let bytes = line.draw();
        assert!(wanted && bytes <= TICK, "{bytes} bytes in second {n}");
        changes += usize::from(bytes > 0);
    }
    assert!(changes >= 180, "the clock stood still in {} seconds", 180 - changes);
}

/// The program looks at its clock once a second, and says nothing about it.
#[test]
fn nothing_is_sent_while_nothing_happens() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    for keys in ["", "s"] {
        p.send(keys).until(if keys.is_empty() { "Settings" } else { " 1/" });
        p.see("never on the screen", Duration::from_millis(200));
        let before = p.bytes.len();
        p.see("never on the screen", Duration::from_millis(2200));
        assert_eq!(p.bytes.len(), before, "something was drawn");
    }
}

/// Keys that wait already are answered by one picture: a slow line is not filled with pictures of the past.
#[test]
fn keys_that_wait_are_drawn_once() {
    let dir = tempfile::tempdir().unwrap();
    let mut p = Pty::start(dir.path(), &[], &[]);
    welcome(&mut p);
    p.send("g").gone("Mock exam");
    let before = p.bytes.len();
    p.send(&"lh".repeat(400)).send("\x1b").until("Settings");
    let sent = p.bytes.len() - before;
    assert!(sent < 3000, "{sent} bytes for 800 keys");
}
