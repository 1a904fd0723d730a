//! A picture in few bytes, for slow lines.
//!
//! A new page shares many single letters with the old one, by chance; jumping over them costs more than writing them
//! again. And what is blank to the end of a row is wiped, not written.

use ratatui::backend::{Backend, ClearType, CrosstermBackend, WindowSize};
use ratatui::buffer::Cell;
use ratatui::crossterm::cursor::MoveTo;
use ratatui::crossterm::queue;
use ratatui::crossterm::terminal::{Clear, ClearType as Wipe};
use ratatui::layout::{Position, Size};
use std::collections::BTreeSet;
use std::io::{self, Write};
use unicode_width::UnicodeWidthStr;

/// A jump of the cursor costs about so many bytes; shorter ways are written.
const JUMP: u16 = 8;
/// So many cells that become blank at the end of a row are worth a wipe.
const WIPE: u16 = 12;

/// Draws on a terminal, knowing what stands there.
#[derive(Debug)]
pub struct Thrifty<W: Write> {
    line: CrosstermBackend<W>,
    /// What stands where, by rows; `None` where it is not known, and in the second half of a wide character.
    shown: Vec<Vec<Option<Cell>>>,
    blank: bool,
    /// Whether the cursor is to be seen; `None` where it is not known.
    cursor: Option<bool>,
}

impl<W: Write> Thrifty<W> {
    /// Draws on what the writer leads to.
    pub fn new(writer: W) -> Self {
        Self { line: CrosstermBackend::new(writer), shown: vec![], blank: false, cursor: None }
    }

    /// Notes a cell, and gives what stood there.
    fn note(&mut self, x: u16, y: u16, cell: Option<Cell>) -> Option<Cell> {
        let (x, y) = (usize::from(x), usize::from(y));
        let unseen = if self.blank { Some(Cell::EMPTY) } else { None };
        if self.shown.len() <= y {
            self.shown.resize(y + 1, vec![]);
        }
        let row = &mut self.shown[y];
        if row.len() <= x {
            row.resize(x + 1, unseen);
        }
        std::mem::replace(&mut row[x], cell)
    }

    /// Where the blank end of a row begins.
    fn blank_from(&self, y: u16) -> u16 {
        let row = self.shown.get(usize::from(y)).map_or(&[][..], Vec::as_slice);
        let written = row.iter().rposition(|c| c.as_ref() != Some(&Cell::EMPTY));
        written.map_or(0, |x| x as u16 + 1)
    }

    /// The cells between two of a row, where writing them again is cheaper than a jump over them.
    fn bridge(&self, from: u16, to: u16, y: u16, cell: &Cell) -> Option<Vec<(u16, u16, Cell)>> {
        if to <= from || to - from >= JUMP {
            return None;
        }
        let row = self.shown.get(usize::from(y))?;
        (from..to)
            .map(|x| {
                let between = row.get(usize::from(x))?.as_ref()?;
                let alike = between.symbol().is_ascii() && between.style() == cell.style();
                alike.then(|| (x, y, between.clone()))
            })
            .collect()
    }
}

impl<W: Write> Write for Thrifty<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        Write::write(&mut self.line, bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Write::flush(&mut self.line)
    }
}

impl<W: Write> Backend for Thrifty<W> {
    type Error = io::Error;

    fn draw<'a, I>(&mut self, content: I) -> io::Result<()>
    where
        I: Iterator<Item = (u16, u16, &'a Cell)>,
    {
        let mut cells = vec![];
        for (x, y, cell) in content {
            self.note(x, y, Some(cell.clone()));
            for covered in 1..cell.symbol().width() as u16 {
                self.note(x + covered, y, None);
            }
            cells.push((x, y, cell.clone()));
        }
        let rows: BTreeSet<u16> = cells.iter().map(|(_, y, _)| *y).collect();
        for y in rows {
            let from = self.blank_from(y);
            let ends = |(x, row, _): &(u16, u16, Cell)| *row == y && *x >= from;
            let ending = cells.iter().filter(|cell| ends(cell)).count();
            if ending >= usize::from(WIPE) {
                cells.retain(|cell| !ends(cell));
                queue!(self.line, MoveTo(from, y), Clear(Wipe::UntilNewLine))?;
            }
        }
        let mut all: Vec<(u16, u16, Cell)> = Vec::with_capacity(cells.len());
        for (x, y, cell) in cells {
            let bridge = all
                .last()
                .filter(|last| last.1 == y)
                .and_then(|(before, _, last)| self.bridge(before + last.symbol().width().max(1) as u16, x, y, last));
            all.extend(bridge.unwrap_or_default());
            all.push((x, y, cell));
        }
        if all.is_empty() {
            return Ok(());
        }
        self.line.draw(all.iter().map(|(x, y, cell)| (*x, *y, cell)))
    }

    fn hide_cursor(&mut self) -> io::Result<()> {
        if self.cursor.replace(false) == Some(false) { Ok(()) } else { self.line.hide_cursor() }
    }

    fn show_cursor(&mut self) -> io::Result<()> {
        if self.cursor.replace(true) == Some(true) { Ok(()) } else { self.line.show_cursor() }
    }

    fn get_cursor_position(&mut self) -> io::Result<Position> {
        self.line.get_cursor_position()
    }

    fn set_cursor_position<P: Into<Position>>(&mut self, position: P) -> io::Result<()> {
        self.line.set_cursor_position(position)
    }

    fn clear(&mut self) -> io::Result<()> {
        self.clear_region(ClearType::All)
    }

    fn clear_region(&mut self, clear_type: ClearType) -> io::Result<()> {
        self.shown.clear();
        self.blank = clear_type == ClearType::All;
        self.cursor = None;
        self.line.clear_region(clear_type)
    }

    fn size(&self) -> io::Result<Size> {
        self.line.size()
    }

    fn window_size(&mut self) -> io::Result<WindowSize> {
        self.line.window_size()
    }

    fn flush(&mut self) -> io::Result<()> {
        Backend::flush(&mut self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use ratatui::layout::Rect;
    use ratatui::style::{Color, Modifier, Style};
    use ratatui::{Terminal, TerminalOptions, Viewport};
    use std::sync::{Arc, Mutex};

    const SIZE: Rect = Rect { x: 0, y: 0, width: 40, height: 6 };

    /// Keeps what is written, for the terminal that reads it.
    #[derive(Clone, Default)]
    struct Sent(Arc<Mutex<Vec<u8>>>);

    impl Sent {
        fn take(&self) -> String {
            String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
        }
    }

    impl Write for Sent {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    /// A text somewhere, in one of some styles.
    type Stroke = (u16, u16, String, usize);

    fn stroke() -> impl Strategy<Value = Stroke> {
        (0..40_u16, 0..6_u16, "[a-c 日é]{0,30}", 0..4_usize)
    }

    fn style(n: usize) -> Style {
        let styles = [
            Style::new(),
            Style::new().add_modifier(Modifier::BOLD),
            Style::new().fg(Color::Red),
            Style::new().bg(Color::Blue),
        ];
        styles[n]
    }

    /// What the terminal shows: letters, and styles in short.
    fn look(terminal: &avt::Terminal) -> Vec<String> {
        let style = |pen: &avt::Pen| match (pen.is_bold(), pen.foreground(), pen.background()) {
            (true, ..) => 'b',
            (_, Some(_), _) => 'f',
            (.., Some(_)) => 'g',
            _ => '.',
        };
        let cells = |line: &avt::Line| {
            line.cells().iter().flat_map(|cell| [cell.char(), style(cell.pen())]).collect::<String>()
        };
        terminal.screen().visible_lines().map(cells).collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        /// Whatever is drawn after whatever, the terminal shows what it would show if nothing were saved.
        #[test]
        fn what_is_saved_is_not_missed(pictures in prop::collection::vec(prop::collection::vec(stroke(), 0..6), 1..6)) {
            let [few, all] = [Sent::default(), Sent::default()];
            let options = || TerminalOptions { viewport: Viewport::Fixed(SIZE) };
            let mut thrifty = Terminal::with_options(Thrifty::new(few.clone()), options()).unwrap();
            let mut plain = Terminal::with_options(CrosstermBackend::new(all.clone()), options()).unwrap();
            let [mut shown, mut wanted] = [(); 2].map(|()| avt::Terminal::new(40, 6).unwrap());
            for strokes in pictures {
                let paint = |frame: &mut ratatui::Frame<'_>| {
                    for (x, y, text, n) in &strokes {
                        frame.buffer_mut().set_stringn(*x, *y, text, usize::from(40 - x), style(*n));
                    }
                };
                thrifty.draw(paint).unwrap();
                plain.draw(paint).unwrap();
                shown.feed(few.take());
                wanted.feed(all.take());
                prop_assert_eq!(look(&shown), look(&wanted));
            }
        }
    }
}
