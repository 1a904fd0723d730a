//! Pictures for tests: what a person would see after a script of keys, with styles and cursor in words.

use super::app::App;
use super::keys::Key;
use super::screen::Later;
use crate::core::calendar::{Moment, Stamp};
use crate::core::event::Fact;
use crate::core::library::Library;
use crate::core::sample;
use crate::core::settings::{Setting, ThemeName};
use crate::desk::Desk;
use crate::store::{Dice, Store};
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Position;
use ratatui::style::{Color, Modifier};
use std::collections::HashMap;
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;
use unicode_width::UnicodeWidthStr;

/// Tuesday, 24 November 2026, 19:05 in New York.
pub const EVENING: Stamp = Stamp { ms: 1_795_565_100_000, offset_min: -300 };

/// The program on a log in memory, with a clock that moves only when told to.
pub struct Script {
    /// The program.
    pub app: App,
    now: Moment,
}

impl Script {
    /// A learner who has been welcomed, with the sample library.
    pub fn new() -> Self {
        Self::with(sample::library(), &[Setting::Welcomed, Setting::Reserve(0)], None)
    }

    /// A learner with settings and a library, in a theme or in the one that the settings name.
    pub fn with(library: Library, settings: &[Setting], theme: Option<ThemeName>) -> Self {
        let mut store = Store::in_memory(dice(1)).unwrap();
        store.append(EVENING, settings.iter().cloned().map(Fact::Set).collect()).unwrap();
        Self::over(store, library, theme)
    }

    /// A learner whose log can be read and not written.
    pub fn without_saving(folder: &Path) -> Self {
        let mut store = Store::open(folder, dice(1)).unwrap();
        store.append(EVENING, vec![Fact::Set(Setting::Welcomed), Fact::Set(Setting::Reserve(0))]).unwrap();
        drop(store);
        Self::over(Store::read_only(folder).unwrap(), sample::library(), None)
    }

    fn over(store: Store, library: Library, theme: Option<ThemeName>) -> Self {
        let desk = Desk::new(store, library, dice(2)).unwrap();
        Self { app: App::new(desk, theme), now: Moment { wall: EVENING, mono: Duration::from_secs(1) } }.settled()
    }

    /// Presses keys, one second apart: letters stand for themselves, `<enter>` `<esc>` `<down>` … for the others.
    pub fn keys(mut self, keys: &str) -> Self {
        for word in keys.split_whitespace() {
            self = self.pass(1);
            self.app.press(key(word), self.now);
            self = self.settled();
        }
        self.settled()
    }

    /// Lets the screen work out what its first picture could do without, as the loop would.
    fn settled(mut self) -> Self {
        while self.app.later(self.now) != Later::Nothing {}
        self
    }

    /// Lets seconds pass, one by one, as the loop would.
    pub fn pass(mut self, seconds: u64) -> Self {
        for _ in 0..seconds {
            self.now.mono += Duration::from_secs(1);
            self.now.wall.ms += 1000;
            self.app.tick(self.now);
        }
        self
    }

    /// Lets days pass with the program closed, or open and idle.
    pub fn days(mut self, days: i64) -> Self {
        self.now.wall.ms += days * crate::core::calendar::DAY_MS;
        self.settled()
    }

    /// The cells of a window of that size.
    pub fn buffer(&self, width: u16, height: u16) -> Buffer {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame, self.now)).unwrap();
        terminal.backend().buffer().clone()
    }

    /// What is to be seen in a window of that size.
    pub fn picture(&self, width: u16, height: u16) -> String {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame, self.now)).unwrap();
        let backend = terminal.backend();
        picture(backend.buffer(), backend.cursor_visible().then(|| backend.cursor_position()))
    }

    /// The same in each of the themes: the text once, since no theme may change it, then each one's styles.
    pub fn in_themes(&mut self, themes: &[ThemeName], width: u16, height: u16) -> String {
        let mut all = String::new();
        for theme in themes {
            self.app.force_theme(*theme);
            let picture = self.picture(width, height);
            let (text, styles) = picture.split_once("\n~~~ styles").unwrap();
            if all.is_empty() {
                all.push_str(text);
            }
            assert!(all.starts_with(text), "the theme {theme:?} changes the text");
            let _ = write!(all, "\n~~~ {} styles{styles}", theme.id());
        }
        all
    }

    /// The text alone, without styles.
    pub fn text(&self, width: u16, height: u16) -> String {
        let picture = self.picture(width, height);
        picture.split("\n~~~ ").next().unwrap_or_default().to_owned()
    }

    /// The cursor, if it is to be seen.
    pub fn cursor(&self, width: u16, height: u16) -> Option<Position> {
        let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
        terminal.draw(|frame| self.app.draw(frame, self.now)).unwrap();
        terminal.backend().cursor_visible().then(|| terminal.backend().cursor_position())
    }
}

/// Numbers that look like chance and are the same in every run.
fn dice(seed: u64) -> Dice {
    let mut n = seed;
    Box::new(move || {
        n = n.wrapping_mul(0x5851_f42d_4c95_7f2d).wrapping_add(0x1405_7b7e_f767_814f);
        n ^ (n >> 29)
    })
}

fn key(word: &str) -> Key {
    match word {
        "<enter>" => Key::Enter,
        "<esc>" => Key::Esc,
        "<tab>" => Key::Tab,
        "<up>" => Key::Up,
        "<down>" => Key::Down,
        "<left>" => Key::Left,
        "<right>" => Key::Right,
        "<pgup>" => Key::PageUp,
        "<pgdn>" => Key::PageDown,
        "<home>" => Key::Home,
        "<end>" => Key::End,
        "<back>" => Key::Backspace,
        "<space>" => Key::Char(' '),
        "<ctrl-c>" => Key::Interrupt,
        word => {
            let mut letters = word.chars();
            let (Some(letter), None) = (letters.next(), letters.next()) else { panic!("no such key: {word}") };
            Key::Char(letter)
        }
    }
}

/// The text of a buffer, then its styles and the cursor in words: `row:from-to style`, all counted from 1.
///
/// The ink and paper that most cells have are told once, as `ground`.
pub fn picture(buffer: &Buffer, cursor: Option<Position>) -> String {
    let area = buffer.area;
    let mut text = String::new();
    let mut styles = String::new();
    let ground = most_frequent(buffer);
    if ground != (Color::Reset, Color::Reset) {
        writeln!(styles, "ground {} on {}", ground.0, ground.1).unwrap();
    }
    for y in 0..area.height {
        let mut line = String::new();
        let mut skip = 0;
        let mut runs: Vec<(u16, u16, String)> = vec![];
        for x in 0..area.width {
            let cell = &buffer[(x, y)];
            if skip > 0 {
                // The right half of a wide letter looks like its left half.
                skip -= 1;
                if let Some((_, to, _)) = runs.last_mut() {
                    *to = x + 1;
                }
                continue;
            }
            line += cell.symbol();
            skip = cell.symbol().width().max(1) - 1;
            let style = words(cell, ground);
            match runs.last_mut() {
                Some((_, to, last)) if *last == style && *to == x => *to = x + 1,
                _ => runs.push((x, x + 1, style)),
            }
        }
        text += line.trim_end();
        text.push('\n');
        for (from, to, style) in runs.iter().filter(|(.., style)| !style.is_empty()) {
            writeln!(styles, "{}:{}-{to}{style}", y + 1, from + 1).unwrap();
        }
    }
    let cursor = cursor.map_or("hidden".to_owned(), |p| format!("{}:{}", p.y + 1, p.x + 1));
    format!("{text}~~~ styles\n{styles}~~~ cursor {cursor}")
}

/// The ink and paper that most cells have.
fn most_frequent(buffer: &Buffer) -> (Color, Color) {
    let mut counts: HashMap<(Color, Color), usize> = HashMap::new();
    for cell in &buffer.content {
        *counts.entry((cell.fg, cell.bg)).or_default() += 1;
    }
    counts.into_iter().max_by_key(|(_, n)| *n).map_or((Color::Reset, Color::Reset), |(colors, _)| colors)
}

fn words(cell: &Cell, ground: (Color, Color)) -> String {
    let mut words = String::new();
    for (color, usual, on) in [(cell.fg, ground.0, ""), (cell.bg, ground.1, "on ")] {
        if color != usual {
            write!(words, " {on}{}", color.to_string().to_lowercase()).unwrap();
        }
    }
    for (name, _) in cell.modifier.iter_names() {
        write!(words, " {}", name.to_lowercase()).unwrap();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use ratatui::style::Style;

    #[test]
    fn a_picture_tells_text_styles_and_cursor() {
        let mut buffer = Buffer::empty(ratatui::layout::Rect::new(0, 0, 8, 2));
        buffer.set_string(1, 0, "日本 a", Style::new().fg(Color::Red).add_modifier(Modifier::BOLD));
        assert_eq!(
            picture(&buffer, Some(Position { x: 1, y: 0 })),
            " 日本 a\n\n~~~ styles\n1:2-7 red bold\n~~~ cursor 1:2"
        );
    }
}
