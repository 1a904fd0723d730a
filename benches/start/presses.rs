//! How long a key press takes, from the key to the finished picture, on the screens that read the most.

use crate::learner;
use crate::table::{ms, row};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use std::path::Path;
use std::time::{Duration, Instant};
use swprep::core::calendar::Moment;
use swprep::core::library::Library;
use swprep::desk::Desk;
use swprep::env;
use swprep::tui::app::App;
use swprep::tui::keys::Key;
use swprep::tui::screen::Later;

/// A picture at sixty a second.
const FRAME_MS: f64 = 16.0;

/// Each screen, the keys that lead to it from the first screen, and the keys that are measured there.
const SCREENS: [(&str, &str, &str); 6] = [
    ("the first screen", "", "jjjjkkkk"),
    ("beginning to study", "", "s"),
    ("study, answers saved to the disk", "s", "xxas\nbl\ncg\naS\nm"),
    ("opening progress", "", "g"),
    ("progress, every page", "g", "llllllllll123456780"),
    ("library", "l", "jjj\njjj\u{1b}/consent"),
];

/// Measures all screens; the profile in the directory gets the answers that are given meanwhile.
pub fn measure(name: &str, data_dir: &Path, library: &Library) {
    for (screen, way, keys) in SCREENS {
        let desk = Desk::new(learner::open(data_dir), library.clone(), env::dice(Some(9))).unwrap();
        let mut app = App::new(desk, None);
        let mut terminal = Terminal::new(TestBackend::new(100, 30)).unwrap();
        let mut now = Moment { wall: learner::evening(), mono: Duration::from_secs(1) };
        let mut pieces = vec![];
        let mut press = |letter: char| {
            now.mono += Duration::from_secs(1);
            now.wall.ms += 1000;
            let start = Instant::now();
            app.press(key(letter), now);
            terminal.draw(|frame| app.draw(frame, now)).unwrap();
            let took = start.elapsed();
            loop {
                let start = Instant::now();
                if app.later(now) == Later::Nothing {
                    break;
                }
                pieces.push(start.elapsed());
            }
            took
        };
        for letter in way.chars() {
            press(letter);
        }
        let times = ms(keys.chars().map(press).collect());
        row(&format!("key to picture, {screen}: {name}"), "ms", &times.text, times.worst, FRAME_MS);
        if !pieces.is_empty() {
            let (count, times) = (pieces.len(), ms(pieces));
            row(&format!("  each of {count} pieces after it"), "ms", &times.text, times.worst, FRAME_MS);
        }
    }
}

fn key(letter: char) -> Key {
    match letter {
        '\n' => Key::Enter,
        '\u{1b}' => Key::Esc,
        letter => Key::Char(letter),
    }
}
