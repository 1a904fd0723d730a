//! A walk through questions that are read one after the other: which one is open, and how far down it is read.

use super::keys::{Key, moved};
use super::layout::scrolled;
use super::theme::Theme;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;
use std::cell::Cell;

/// Where a walk stands.
#[derive(Debug, Default)]
pub struct Walk {
    place: usize,
    scroll: usize,
    /// How far down the last drawing could be scrolled; drawing is the only place where the height is known.
    deepest: Cell<usize>,
}

impl Walk {
    /// The open question's place, from 0.
    pub fn place(&self) -> usize {
        self.place
    }

    /// Answers a key in a walk through `len` questions: opens the next or the one before, or scrolls. Space reads on, at
    /// the end of a question into the next.
    pub fn act(&mut self, key: Key, len: usize) {
        match key {
            Key::Char('n') | Key::Right | Key::Enter => self.turn(1, len),
            Key::Char('p') | Key::Left => self.turn(-1, len),
            Key::Char(' ') if self.scroll >= self.deepest.get() => self.turn(1, len),
            key => self.scroll = key.scrolled(self.scroll, self.deepest.get()),
        }
    }

    fn turn(&mut self, by: isize, len: usize) {
        self.place = moved(self.place, by, len);
        self.scroll = 0;
    }

    /// Draws the open question's lines as far down as they are read.
    pub fn draw(&self, frame: &mut Frame<'_>, area: Rect, lines: Vec<Line<'static>>, theme: &Theme) {
        let deepest = lines.len().saturating_sub(area.height as usize);
        self.deepest.set(deepest);
        // A window that has grown may hold more than is left below.
        let scroll = self.scroll.min(deepest);
        scrolled(frame, area, lines, scroll, Some(scroll), theme);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::settings::ThemeName;
    use ratatui::Terminal;
    use ratatui::backend::TestBackend;

    /// The first row of twelve lines in a window, and the row of the cursor.
    fn drawn(walk: &Walk, height: u16) -> (String, u16) {
        let mut terminal = Terminal::new(TestBackend::new(20, height)).unwrap();
        let lines = (0..12).map(|n| Line::from(format!("{n}"))).collect();
        terminal.draw(|frame| walk.draw(frame, frame.area(), lines, &Theme::of(ThemeName::Mono))).unwrap();
        let backend = terminal.backend();
        (
            (0..20).map(|x| backend.buffer()[(x, 0)].symbol()).collect::<String>().trim().into(),
            backend.cursor_position().y,
        )
    }

    #[test]
    fn space_reads_to_the_end_and_then_opens_the_next_from_its_top() {
        let mut walk = Walk::default();
        let mut seen = vec![];
        for _ in 0..4 {
            seen.push((walk.place(), drawn(&walk, 3).0));
            walk.act(Key::Char(' '), 2);
        }
        assert_eq!(seen, [(0, "0".into()), (0, "8".into()), (0, "9".into()), (1, "0".into())]);
    }

    #[test]
    fn the_walk_stops_at_both_ends() {
        let mut walk = Walk::default();
        walk.act(Key::Left, 2);
        assert_eq!(walk.place(), 0);
        for _ in 0..3 {
            walk.act(Key::Enter, 2);
        }
        assert_eq!(walk.place(), 1);
        walk.act(Key::Char('n'), 0);
        assert_eq!(walk.place(), 0, "nothing to walk through");
    }

    #[test]
    fn in_a_window_that_has_grown_the_cursor_stays_on_the_first_row() {
        let mut walk = Walk::default();
        drawn(&walk, 3);
        walk.act(Key::End, 1);
        assert_eq!(drawn(&walk, 3), ("9".into(), 0));
        assert_eq!(drawn(&walk, 8), ("4".into(), 0));
    }
}
