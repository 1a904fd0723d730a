//! A line that is typed in.

use super::keys::Key;
use super::layout::dialog;
use super::text::paragraph;
use super::theme::Theme;
use crate::text::sanitize::unwanted;
use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::{Line, Span};
use ratatui::widgets::Paragraph;
use unicode_width::UnicodeWidthStr;

/// The text typed so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextField {
    /// The text.
    pub text: String,
    /// The longest that it can become, in characters.
    longest: usize,
}

impl TextField {
    /// A field that holds a text already, or none.
    pub fn holding(text: &str, longest: usize) -> Self {
        Self { text: text.to_owned(), longest }
    }

    /// Types or deletes a letter; tells whether the key was one for the text.
    pub fn press(&mut self, key: Key) -> bool {
        match key {
            Key::Char(c) => {
                if !unwanted(c) && self.text.chars().count() < self.longest {
                    self.text.push(c);
                }
            }
            Key::Backspace => {
                self.text.pop();
            }
            _ => return false,
        }
        true
    }

    /// Draws a label and as much of the text's end as there is room for; gives the column behind it.
    pub fn draw(&self, label: &'static str, frame: &mut Frame<'_>, area: Rect, theme: &Theme) -> u16 {
        if area.height == 0 {
            return area.x;
        }
        let room = (area.width as usize).saturating_sub(label.width() + 1);
        let text = self.end(room);
        let x = (label.width() + text.width()).min((area.width as usize).saturating_sub(1));
        let line = Line::from(vec![Span::styled(label, theme.title), Span::styled(text.to_owned(), theme.strong)]);
        frame.render_widget(Paragraph::new(line), area);
        area.x + x as u16
    }

    /// Draws a box in the middle of the screen with the whole text, the cursor at its end, and below it what becomes of
    /// it.
    pub fn draw_box(&self, title: &str, words: &str, frame: &mut Frame<'_>, area: Rect, theme: &Theme) {
        let width = (area.width as usize).saturating_sub(6).min(60);
        // The mark keeps spaces at the end of the text, and the place for the next letter, in sight.
        let mut lines = paragraph(&format!("{}▏", self.text), width, theme.strong);
        let (row, column) = (lines.len() - 1, lines.last().map_or(0, Line::width).saturating_sub(1));
        lines.push(Line::default());
        lines.extend(paragraph(words, width, theme.quiet));
        let scroll = (lines.len() + 2).saturating_sub(area.height as usize);
        let place = dialog(frame, area, title, lines, scroll as u16, theme);
        frame.set_cursor_position((place.x + 2 + column as u16, place.y + 1 + row.saturating_sub(scroll) as u16));
    }

    fn end(&self, room: usize) -> &str {
        let mut text = self.text.as_str();
        while text.width() > room {
            let mut rest = text.chars();
            rest.next();
            text = rest.as_str();
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_takes_what_fits_and_shows_its_end() {
        let mut field = TextField::holding("", 5);
        for c in "an\u{7}o\u{202e}te!".chars() {
            assert!(field.press(Key::Char(c)));
        }
        assert_eq!((field.text.as_str(), field.end(3)), ("anote", "ote"));
        assert!(field.press(Key::Backspace) && !field.press(Key::Enter));
        assert_eq!(field.text, "anot");
    }
}
